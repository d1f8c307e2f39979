import pytest

from rag.expectation import AnswerKind, expected_kind, offers


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who met Wang Wentao?", AnswerKind.PERSON),
        ("Which US official visited China last week?", AnswerKind.PERSON),
        ("Where did they meet?", AnswerKind.PLACE),
        ("In which city did they meet?", AnswerKind.PLACE),
        ("When was the balloon shot down?", AnswerKind.TIME),
        ("On what day does he return?", AnswerKind.TIME),
        ("How many people were hurt?", AnswerKind.NUMBER),
        ("How long will the bridge be closed?", AnswerKind.NUMBER),
        ("Why was the trip cancelled?", AnswerKind.REASON),
        ("What caused the fire?", AnswerKind.REASON),
        ("What did Qin ask for?", AnswerKind.OTHER),
        ("", AnswerKind.OTHER),
    ],
)
def test_the_kind_of_answer_is_read_off_the_question(question: str, kind: AnswerKind) -> None:
    assert expected_kind(question) is kind


@pytest.mark.parametrize(
    ("kind", "sentence", "offered"),
    [
        pytest.param(AnswerKind.PERSON, "She met Wang Wentao in May.", True, id="a-new-name"),
        pytest.param(AnswerKind.PERSON, "Raimondo was there.", False, id="the-question's-own-name"),
        pytest.param(AnswerKind.NUMBER, "Twelve people were hurt.", True, id="a-number-in-words"),
        pytest.param(AnswerKind.NUMBER, "Some people were hurt.", False, id="no-number"),
        pytest.param(AnswerKind.TIME, "They met on Monday.", True, id="a-day"),
        pytest.param(AnswerKind.TIME, "They met in May.", False, id="the-question's-own-month"),
        pytest.param(AnswerKind.REASON, "It closed after an engine fire.", True, id="after"),
        pytest.param(AnswerKind.REASON, "It closed and stayed closed.", False, id="no-reason"),
        pytest.param(AnswerKind.OTHER, "Anything.", True, id="anything-goes"),
    ],
)
def test_a_sentence_offers_what_the_question_does_not_say(
    kind: AnswerKind, sentence: str, offered: bool
) -> None:
    assert offers(kind, sentence, "Who did Raimondo meet in May?") is offered
