"""Dates and periods in questions."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.dates import Meaning, Period, asks_for_latest, find_periods
from rag.timing import read_timing
from rag.types import Question
from tests.question_periods import ASKED_ON, LATEST, NOT_LATEST, PERIODS, PUBLISHED


def written(periods: list[Period]) -> str:
    return ", ".join(f"{each.first or ''}..{each.last or ''}" for each in periods)


@pytest.mark.parametrize(("question", "expected"), PERIODS, ids=[each for each, _ in PERIODS])
def test_a_question_means_these_days(question: str, expected: str) -> None:
    assert written(find_periods(question, ASKED_ON)) == expected


WORDS = re.findall(
    r"\S+",
    """
    in on since until before after between from to and the of by early late end last next this past
    May march 31 June 30 Feb. 29 2023 2024-02-29 9999-12-31 1st 0 999 years months weeks ago days
    hundred Sunday , ? summer winter Q4 2022-23 1990s yesterday weekend half quarter second week
    """,
)


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.dates())
def test_whatever_is_written_can_be_read(words: list[str], today: date) -> None:
    question = Question(" ".join(words), today=today)
    timing = read_timing(question, today=today, newest=today)
    for period in timing.periods:
        assert period.first is None or period.last is None or period.first <= period.last
        assert question.text[period.start : period.end].strip()
    assert len(timing.windows) <= len(timing.periods) + 1
    assert all(timing.notes)


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
