import pytest

from rag.statements import asked_speaker, is_statement

MINISTRY = asked_speaker("What did the Chinese foreign ministry say?")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        pytest.param("What did the Chinese foreign ministry say?", "Chinese foreign ministry"),
        pytest.param("How did Qin Gang respond to the visit?", "Qin Gang"),
        pytest.param("What has the port authority announced?", "port authority"),
        pytest.param("According to Dorrit Vane, who started it?", "Dorrit Vane"),
        pytest.param("What did the fire destroy?", ""),
        pytest.param("Why did the trip end?", ""),
    ],
)
def test_whose_statement_is_asked_for(question: str, named: str) -> None:
    assert asked_speaker(question) == asked_speaker(f"According to {named}, what?" if named else "")


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        pytest.param("China's foreign ministry said the visit was welcome.", True, id="before"),
        pytest.param("“It is welcome,” said the Chinese foreign ministry.", True, id="behind"),
        pytest.param(
            "The balloon is a civilian one, according to the Chinese foreign ministry.",
            True,
            id="according",
        ),
        pytest.param(
            "The Chinese foreign ministry was told of the visit.", False, id="told-to-them"
        ),
        pytest.param(
            "A senator said that nobody in the room believed any of the polite and very long words "
            "that the Chinese foreign ministry had for the visit.",
            False,
            id="of-them",
        ),
        pytest.param("The Chinese foreign ministry stands on a square.", False, id="not-said"),
    ],
)
def test_a_statement_has_the_speaker_say_it(sentence: str, states: bool) -> None:
    assert is_statement(sentence, MINISTRY) == states


def test_nobody_states_nothing() -> None:
    assert not is_statement("The mayor said so.", frozenset())
