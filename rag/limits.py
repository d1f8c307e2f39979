"""Limits as people write them: days, months, years and publishers; and as people read them."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rag.dates import find_periods
from rag.dating.spans import DaySpan, day_span, month_span, written_day, year_span
from rag.errors import RagError
from rag.publication import LONGEST_DATE, make_date, read_date
from rag.types import Limits

YEAR_AND_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?")


class LimitsError(RagError):
    """A limit is no date, or no article can be within the limits."""


@dataclass(frozen=True, slots=True)
class WrittenLimits:
    """What a person has written; empty where nothing is limited."""

    published_from: str = ""
    published_to: str = ""
    publishers: Sequence[str] = ()


def read_limits(written: WrittenLimits, *, today: date | None = None) -> Limits:
    """Return the limits; a month or a year begins with its first day and ends with its last.

    `today` is what "last week" is counted from, by default the present day.

    Raises:
        LimitsError: one is no date, or the last day lies before the first.
    """
    today = today or datetime.now().astimezone().date()
    first = _read_days(written.published_from, today)
    last = _read_days(written.published_to, today)
    limits = Limits(
        first.first if first else None,
        last.last if last else None,
        tuple(name.strip() for name in written.publishers if name.strip()),
    )
    check_order(limits)
    return limits


def check_order(limits: Limits) -> None:
    """Refuse limits between which no day lies.

    Raises:
        LimitsError: the last day lies before the first.
    """
    first, last = limits.published_from, limits.published_to
    if first and last and first > last:
        raise LimitsError(
            f"nothing lies between {written_day(first)} and {written_day(last)}; exchange the two "
            "dates"
        )


def check_publishers(limits: Limits, known: Iterable[str]) -> None:
    """Refuse publishers that have no article, naming the nearest that has.

    Raises:
        LimitsError: there is one.
    """
    by_folded = {name.casefold(): name for name in known}
    for publisher in limits.publishers:
        if publisher.casefold() not in by_folded:
            nearest = difflib.get_close_matches(publisher.casefold(), by_folded, n=1, cutoff=0.5)
            what = (
                f"did you mean {by_folded[nearest[0]]}?"
                if nearest
                else f"there are: {', '.join(sorted(by_folded.values())[:20]) or 'none'}"
            )
            raise LimitsError(f"no article has the publisher {publisher!r}; {what}")


def describe_limits(limits: Limits) -> list[str]:
    """Return each limit in words: the days, then each publisher."""
    first, last = limits.published_from, limits.published_to
    if first and first == last:
        days = [f"of {written_day(first)}"]
    else:
        days = [f"from {written_day(first)}"] if first else []
        days += [f"until {written_day(last)}"] if last else []
    return [*days, *limits.publishers]


def _read_days(text: str, today: date) -> DaySpan | None:
    """Return the days that a text names; None where it is empty.

    Raises:
        LimitsError: it names none.
    """
    text = " ".join(text.split())
    if not text:
        return None
    found = _read_numbers(text) or _read_day(text) or _read_words(text, today)
    if found is None:
        raise LimitsError(
            f"{text[:60]!r} is no date that can be read; write 2023, 2023-08 or 14 August 2023"
        )
    return found


def _read_numbers(text: str) -> DaySpan | None:
    """Read a year, or a month in numbers."""
    match = YEAR_AND_MONTH.fullmatch(text)
    if not match or not make_date(int(match[1]), int(match[2] or 1), 1):
        return None
    return month_span(int(match[1]), int(match[2])) if match[2] else year_span(int(match[1]))


def _read_day(text: str) -> DaySpan | None:
    found = read_date(text, date.max)
    if found is None:
        return None
    return day_span(found.date() if isinstance(found, datetime) else found)


def _read_words(text: str, today: date) -> DaySpan | None:
    """Read what questions say too: August 2023, last week, the summer of 2022."""
    if len(text) > LONGEST_DATE:
        return None
    for period in find_periods(text, today):
        if period.first and period.last and text[period.start : period.end] == text:
            return DaySpan(period.first, period.last)
    return None
