import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rag.conversations import Feedback, Rating
from rag.evaluation.questions import Case, GoldQuote, read_questions, write_questions
from rag.page.conversation import Exchange
from rag.page.feedback import make_case
from rag.page.keeping import keep
from rag.types import Answer, Turn
from tests.page_values import FERRY, PORT, cite, make_answer, proved

PAY = cite(PORT, "They want more pay.")
ANSWER = make_answer(proved("Over pay.", PAY), proved("Pay!", PAY), text="Over pay [1]. Pay [1]!")
DECLINED = make_answer(text="The articles do not say.", abstained_because="nothing was found")


def rated(rating: Rating, answer: Answer = ANSWER) -> Feedback:
    exchange = Exchange(2, "Why did they?", evidence=(), answer=answer)
    form = json.loads(json.dumps(keep(exchange).form))
    before = (Turn("Who struck?", "Dockers [1]."),)
    return Feedback(7, rating, datetime(2026, 3, 1, 12, tzinfo=UTC), before, form)


def test_the_proof_of_a_good_answer_is_what_must_be_found_again() -> None:
    assert make_case(rated(Rating(True))) == Case(
        id="feedback-7",
        question="Why did they?",
        answers=(),
        answerable=True,
        history=(Turn("Who struck?", "Dockers [1]."),),
        articles=("port",),
        quotes=(GoldQuote("They want more pay.", "port", PAY.start, PAY.end),),
        today=date(2026, 3, 1),
        kind="thumbs-up",
    )


def test_each_article_is_named_once() -> None:
    two = make_answer(proved("Both.", PAY, cite(PORT, "The mayor"), cite(FERRY, "a fire", 2)))
    case = make_case(rated(Rating(True), two))
    assert case.articles == ("port", "ferry")
    assert [quote.text for quote in case.quotes] == ["They want more pay.", "The mayor", "a fire"]


def test_of_a_bad_answer_a_person_must_say_what_is_right() -> None:
    case = make_case(rated(Rating(False, "for {money}")))
    assert (case.answerable, case.answers, case.articles, case.quotes) == (None, (), (), ())
    assert case.kind == "thumbs-down"
    assert case.to_do == (
        "A person found the answer “Over pay [1]. Pay [1]!” bad (“for {money}”). Look into the "
        "articles: set answerable to true and write the accepted answers, or set it to false where "
        "the articles do not say."
    )


@pytest.mark.parametrize(("good", "answerable"), [(True, False), (False, None)])
def test_declining_may_be_right_or_wrong(good: bool, answerable: bool | None) -> None:
    case = make_case(rated(Rating(good), DECLINED))
    assert case.answerable is answerable
    assert case.quotes == ()


def test_the_cases_are_a_question_set(tmp_path: Path) -> None:
    cases = [
        make_case(rated(Rating(good), a)) for good in (True, False) for a in (ANSWER, DECLINED)
    ]
    numbered = [replace(case, id=str(n)) for n, case in enumerate(cases)]
    write_questions(tmp_path / "set.jsonl", numbered)
    assert read_questions(tmp_path / "set.jsonl") == numbered
