import pytest

from rag.followups import leans_on_history, stand_alone

HISTORY = [
    ("Who won the cup?", "Saltmere Rovers [1]."),
    ("Who did Raimondo meet in May?", "She met Wang Wentao [1]."),
]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Where?", id="one-word"),
        pytest.param("In May?", id="one-name"),
        pytest.param("And what did Beijing say afterwards about the trade talks?", id="and"),
        pytest.param("What about the export controls of the United States?", id="what-about"),
        pytest.param("Which ministry does he lead in the Chinese government?", id="pronoun"),
        pytest.param("What did THEIR talks in Washington lead to?", id="capitals"),
        pytest.param("When does the other round of trade talks begin?", id="the-other"),
        pytest.param("Why not a month earlier, after the summit in Bali?", id="why-not"),
        pytest.param("", id="empty"),
        pytest.param("???", id="punctuation"),
        pytest.param("😀", id="emoji"),
    ],
)
def test_a_question_that_leans_on_the_last_turn_is_searched_with_it(question: str) -> None:
    assert leans_on_history(question)
    assert stand_alone(question, HISTORY) == (
        f"Who did Raimondo meet in May? She met Wang Wentao. {question}"
    )


@pytest.mark.parametrize(
    "question",
    [
        "Why was the February trip of Antony Blinken cancelled?",
        "How many votes decided the election of Brannock's mayor?",
        "Which items were stolen from the Saltmere museum?",
        "Will it rain in Paris tomorrow?",
        "Who is Qin Gang?",
    ],
)
def test_a_question_with_facts_of_its_own_is_searched_as_it_is(question: str) -> None:
    assert stand_alone(question, HISTORY) == question


def test_without_turns_there_is_nothing_to_lean_on() -> None:
    assert stand_alone("Where?", []) == "Where?"
