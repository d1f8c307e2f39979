"""The question set on the sample archive: what it promises about itself."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TypedDict

import pytest

from rag.cleaning import clean
from rag.reading import read
from rag.types import FailedSource

HERE = Path(__file__).parent


class QuestionRecord(TypedDict, total=False):
    id: str
    question: str
    answers: list[str]
    answerable: bool
    kind: str
    articles: list[str]
    quotes: list[str]
    today: str
    history: list[list[str]]


LINES = (HERE / "questions" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
QUESTIONS: list[QuestionRecord] = [json.loads(line) for line in LINES]
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]
UNANSWERABLE = [question for question in QUESTIONS if not question["answerable"]]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    items = [
        item for item in read(str(HERE.parent / "articles")) if not isinstance(item, FailedSource)
    ]
    return {article.title: article.text for article in map(clean, items)}


def test_ids_are_unique() -> None:
    assert [id_ for id_, count in Counter(q["id"] for q in QUESTIONS).items() if count > 1] == []


def test_no_question_is_asked_twice_with_the_same_history_and_day() -> None:
    asked = [(q["question"], str(q.get("history")), q.get("today")) for q in QUESTIONS]
    assert [question for question, count in Counter(asked).items() if count > 1] == []


def test_every_kind_of_question_is_there_often_enough() -> None:
    counts = Counter(question["kind"] for question in QUESTIONS)
    wanted = {"follow-up": 40, "change-of-subject": 10, "own-pronoun": 10}
    wanted |= {"unanswerable": 20, "date-relative": 10, "several-articles": 8}
    wanted |= dict.fromkeys(("who", "what", "when", "where", "why", "number"), 8)
    wanted |= {"disagreement": 5, "date-period": 12}
    assert {kind: counts[kind] for kind in wanted if counts[kind] < wanted[kind]} == {}
    assert set(counts) == set(wanted)


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_answerable_question_names_articles_that_exist(
    question: QuestionRecord, texts: dict[str, str]
) -> None:
    assert question["articles"]
    assert [title for title in question["articles"] if title not in texts] == []


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_quotes_stand_word_for_word_in_the_named_articles(
    question: QuestionRecord, texts: dict[str, str]
) -> None:
    named = [texts[title] for title in question["articles"]]
    assert [q for q in question["quotes"] if not any(q in text for text in named)] == []
    assert [text for text in named if not any(q in text for q in question["quotes"])] == []


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_every_accepted_answer_stands_in_a_quote(question: QuestionRecord) -> None:
    assert question["answers"]
    missing = [a for a in question["answers"] if not any(a in q for q in question["quotes"])]
    assert missing == []


@pytest.mark.parametrize("question", UNANSWERABLE, ids=lambda question: question["id"])
def test_unanswerable_question_claims_no_answer(question: QuestionRecord) -> None:
    assert (question["answers"], question["articles"], question["quotes"]) == ([], [], [])
    assert question["kind"] == "unanswerable"


def test_questions_relative_to_a_date_say_the_date() -> None:
    relative = [question for question in QUESTIONS if question["kind"] == "date-relative"]
    days = [date.fromisoformat(question["today"]) for question in relative]
    assert min(days) >= date(2022, 11, 14)


def test_follow_up_questions_bring_their_earlier_turns_as_pairs() -> None:
    turns = [q["history"] for q in QUESTIONS if q["kind"] == "follow-up"]
    assert [history for history in turns if not history] == []
    assert [turn for history in turns for turn in history if len(turn) != 2] == []
