"""Which of several days a text means: the last one or the next, by the tense of its words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from rag.dating.spans import DaySpan

YEARS_AWAY = {"last": -1, "this": 0, "next": 1}
OPEN_NEARER = 3  # times nearer must be what comes to be meant rather than what was
DAYS_IN_SEASON = 90
SHORT = timedelta(days=3)  # a span of so few days is a date
SOON = 20  # times nearer than the same date a year ago; then even "was headed to" means it
# Farther away a day is rarely named without its year: where a verb tells on which side it lies, and
# where none does.
FAR, NEAR = timedelta(days=150), timedelta(days=60)


class Tense(Enum):
    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class DatedText:
    """Words, the day from which their dates are counted, and the tense at a position.

    `is_careful`: where a date could be one of two, it is none.
    """

    words: str
    today: date
    tense: Callable[[int], Tense]
    is_careful: bool = False


def choose(spans: Sequence[DaySpan], found: re.Match[str], text: DatedText) -> DaySpan | None:
    """Return which of the spans is meant.

    In the open tense what was is likelier than what will be, unless that is much nearer.
    """
    past = max((each for each in spans if each.first <= text.today), default=None)
    future = min((each for each in spans if each.last >= text.today), default=None)
    tense = text.tense(found.start())
    if past is None or future is None or tense is Tense.FUTURE:
        return past if tense is Tense.PAST else future if tense is Tense.FUTURE else None
    if text.is_careful:
        return past if tense is Tense.PAST else None
    gap, wait = (text.today - past.last).days, max((future.first - text.today).days, 0)
    is_date = future.last - future.first <= SHORT and gap > DAYS_IN_SEASON
    if tense is Tense.PAST:
        return future if is_date and SOON * wait < gap else past
    return future if OPEN_NEARER * wait < gap else past


def year_of(found: re.Match[str], text: DatedText) -> int | None:
    """Return the year that is named with a day, a month or a season."""
    if found["whose"]:
        return text.today.year + YEARS_AWAY[found["whose"].lower()]
    return int(found["year"]) if found["year"] else None


def choose_nearest(
    spans: Sequence[DaySpan], found: re.Match[str], text: DatedText
) -> DaySpan | None:
    """Return the nearest of the spans, where the tense agrees and it is near enough."""
    span = min(spans, key=lambda each: abs(each.first - text.today), default=None)
    tense = text.tense(found.start())
    limit = NEAR if tense is Tense.OPEN else FAR
    if span is None or abs(span.first - text.today) > limit:
        return None
    if tense is Tense.PAST and span.first > text.today:
        return None
    return None if tense is Tense.FUTURE and span.last < text.today else span
