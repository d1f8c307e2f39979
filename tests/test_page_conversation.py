import pytest

from rag.page.conversation import Exchange, advance, begin, citations, fail, history, stop
from rag.types import (
    AnswerEvent,
    AnswerFinished,
    EvidenceFound,
    Sentence,
    SentenceChecked,
    TextWritten,
    Turn,
    Waiting,
)
from tests.page_values import PORT, cite, make_answer, proved, quote

WALKED = proved("Dockers walked out.", cite(PORT, "Dockers in Harrow walked out on Monday."))
PAY = proved("They want pay.", cite(PORT, "They want more pay."))
UNPROVED = Sentence("The king came.", False, reason="no article says it")


def test_questions_are_numbered_and_trimmed() -> None:
    first = begin((), "  Who? ")
    assert (first.number, first.question) == (1, "Who?")
    assert begin((first,), "Where?").number == 2


def test_evidence_comes_before_any_text() -> None:
    evidence = (quote(PORT, "They want more pay."),)
    exchange = advance(begin((), "Who?"), [EvidenceFound(evidence, ())])
    assert exchange == Exchange(1, "Who?", evidence=evidence)


def test_what_was_searched_for_and_how_many_come_first_are_kept() -> None:
    events: list[AnswerEvent] = [
        EvidenceFound((), (), "Where did Blinken go?"),
        Waiting(2),
        Waiting(1),
    ]
    exchange = advance(begin((), "Where?"), events)
    assert (exchange.searched, exchange.before) == ("Where did Blinken go?", 1)


@pytest.mark.parametrize(
    ("pieces", "unchecked"),
    [
        pytest.param(["Dockers walked out. They want"], " They want", id="the-next-has-begun"),
        pytest.param(
            ["Dockers ", "walked out [1]. ", "They"], " They", id="with-a-mark-of-its-own"
        ),
        pytest.param(["Dockers walked out."], "", id="nothing-follows"),
    ],
)
def test_a_checked_sentence_takes_the_place_of_its_text(pieces: list[str], unchecked: str) -> None:
    events: list[AnswerEvent] = [TextWritten(piece) for piece in pieces]
    exchange = advance(begin((), "Who?"), [*events, SentenceChecked(WALKED)])
    assert (exchange.checked, exchange.unchecked) == ((WALKED,), unchecked)


def test_the_finished_answer_takes_the_place_of_all_text() -> None:
    answer = make_answer(WALKED, UNPROVED)
    exchange = advance(begin((), "Who?"), [TextWritten("Dockers"), AnswerFinished(answer)])
    assert exchange.unchecked == ""
    assert exchange.answer == answer
    assert exchange.left_out == (UNPROVED,)
    assert exchange.has_ended


def test_stopping_keeps_what_was_written() -> None:
    exchange = stop(advance(begin((), "Who?"), [TextWritten("Dockers")]))
    assert (exchange.stopped, exchange.unchecked, exchange.has_ended) == (True, "Dockers", True)


def test_what_has_ended_neither_stops_nor_fails() -> None:
    ended = advance(begin((), "Who?"), [AnswerFinished(make_answer(WALKED))])
    assert stop(ended) is ended
    assert fail(ended, "too late") is ended


def test_a_failure_ends_the_exchange_with_its_sentence() -> None:
    exchange = fail(begin((), "Who?"), "the model failed")
    assert (exchange.error, exchange.has_ended) == ("the model failed", True)


def test_only_answered_questions_are_history() -> None:
    answered = advance(begin((), "Who?"), [AnswerFinished(make_answer(WALKED))])
    failed = fail(begin((answered,), "Where?"), "the model failed")
    assert history((answered, failed)) == [Turn("Who?", "Dockers walked out.")]


def test_citations_are_known_while_the_answer_is_written() -> None:
    exchange = advance(begin((), "Who?"), [SentenceChecked(WALKED), SentenceChecked(PAY)])
    assert citations(exchange) == [*WALKED.citations, *PAY.citations]


def test_a_citation_used_twice_is_known_once() -> None:
    answer = make_answer(WALKED, WALKED)
    assert citations(advance(begin((), "Who?"), [AnswerFinished(answer)])) == [*WALKED.citations]
