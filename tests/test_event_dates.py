"""Periods that events bound."""

from datetime import date

import pytest

from rag.dates import find_periods
from rag.dating.spans import DaySpan, day_span
from rag.event_dates import find_event_periods
from rag.timeline import Event, agreed_days
from rag.types import Article, Quote

SUMMIT = date(2022, 11, 14)
TODAY = date(2023, 6, 14)


def days_of(event: str) -> DaySpan | None:
    return day_span(SUMMIT) if "summit" in event else None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What has changed since the summit?", "2022-11-14.."),
        ("Who met before the Bali summit?", "..2022-11-14"),
        ("What happened after the summit in Bali?", "2022-11-14.."),
        ("What happened after the storm?", ""),
        ("Who will host the summit?", ""),
        ("Who climbed to the summit?", ""),
        ("What has changed since the 2021 summit?", "2022-11-14.."),
    ],
)
def test_an_event_bounds_a_period(question: str, expected: str) -> None:
    dated = find_periods("", TODAY)
    found = find_event_periods(question, dated, days_of)
    assert ", ".join(f"{each.first or ''}..{each.last or ''}" for each in found) == expected


def test_a_date_counts_before_an_event() -> None:
    question = "What has changed since the 2021 summit?"
    assert find_event_periods(question, find_periods(question, TODAY), days_of) == []


def told(day: date, score: float, *, is_stated: bool = True) -> Event:
    return Event(day_span(day), is_stated, Quote(Article("1", "", "x"), 0, 1, score))


def test_the_days_are_those_that_the_articles_agree_on() -> None:
    near, far = date(2022, 11, 20), date(2023, 5, 1)
    assert agreed_days([told(near, 0.5), told(SUMMIT, 0.9)]) == day_span(SUMMIT)
    assert agreed_days([told(far, 0.5), told(SUMMIT, 0.9)]) is None
    assert agreed_days([told(SUMMIT, 0.9, is_stated=False)]) is None
    assert agreed_days([]) is None
