"""Dates and periods in questions."""

import pytest

from rag.dates import Meaning, Period, asks_for_latest, find_periods
from tests.question_periods import ASKED_ON, LATEST, NOT_LATEST, PERIODS, PUBLISHED


def written(periods: list[Period]) -> str:
    return ", ".join(f"{each.first or ''}..{each.last or ''}" for each in periods)


@pytest.mark.parametrize(("question", "expected"), PERIODS, ids=[each for each, _ in PERIODS])
def test_a_question_means_these_days(question: str, expected: str) -> None:
    assert written(find_periods(question, ASKED_ON)) == expected


@pytest.mark.parametrize("question", LATEST)
def test_a_question_asks_for_what_is_newest(question: str) -> None:
    assert asks_for_latest(question, find_periods(question, ASKED_ON))


@pytest.mark.parametrize("question", NOT_LATEST)
def test_other_questions_do_not(question: str) -> None:
    assert not asks_for_latest(question, find_periods(question, ASKED_ON))


@pytest.mark.parametrize(("question", "expected"), PUBLISHED)
def test_articles_of_a_time_are_those_published_then(question: str, expected: str) -> None:
    found = find_periods(question, ASKED_ON)
    assert written(found) == expected
    assert [each.meaning for each in found] == [Meaning.PUBLISHED]
