"""Limits as people write them: days, months, years and publishers; and as people read them."""

import calendar
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rag.errors import RagError
from rag.publication import MONTH, MONTHS, make_date, read_date
from rag.types import Limits

YEAR = re.compile(r"(\d{4})")
MONTH_OF_YEAR = re.compile(r"(\d{4})[-/.](\d{1,2})")
NAMED_MONTH = re.compile(rf"({MONTH})\s+(\d{{4}})", re.IGNORECASE)


class LimitsError(RagError):
    """A limit is no date, or no article can be within the limits."""


@dataclass(frozen=True, slots=True)
class WrittenLimits:
    """What a person has written; empty where nothing is limited."""

    published_from: str = ""
    published_to: str = ""
    publishers: Sequence[str] = ()


def read_limits(written: WrittenLimits) -> Limits:
    """Return the limits; a month or a year begins with its first day and ends with its last.

    Raises:
        LimitsError: one is no date, or the last day lies before the first.
    """
    first = _read_days(written.published_from)
    last = _read_days(written.published_to)
    limits = Limits(
        first[0] if first else None,
        last[1] if last else None,
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
            f"nothing lies between {day(first)} and {day(last)}; exchange the two dates"
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
        days = [f"of {day(first)}"]
    else:
        days = [f"from {day(first)}"] if first else []
        days += [f"until {day(last)}"] if last else []
    return [*days, *limits.publishers]


def day(value: date) -> str:
    return f"{value.day} {value:%B} {value.year}"


def _read_days(text: str) -> tuple[date, date] | None:
    """Return the first and last day of what a text names; None where it is empty.

    Raises:
        LimitsError: it names none.
    """
    text = " ".join(text.split())
    if not text:
        return None
    found = _read_year(text) or _read_month(text) or _read_day(text)
    if found is None:
        raise LimitsError(
            f"{text[:60]!r} is no date that can be read; write 2023, 2023-08 or 14 August 2023"
        )
    return found


def _read_year(text: str) -> tuple[date, date] | None:
    match = YEAR.fullmatch(text)
    year = make_date(int(match[1]), 1, 1) if match else None
    return (year, year.replace(month=12, day=31)) if year else None


def _read_month(text: str) -> tuple[date, date] | None:
    if match := MONTH_OF_YEAR.fullmatch(text):
        first = make_date(int(match[1]), int(match[2]), 1)
    elif match := NAMED_MONTH.fullmatch(text):
        first = make_date(int(match[2]), MONTHS.index(match[1][:3].lower()) + 1, 1)
    else:
        first = None
    if first is None:
        return None
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _read_day(text: str) -> tuple[date, date] | None:
    found = read_date(text, date.max)
    if found is None:
        return None
    one = found.date() if isinstance(found, datetime) else found
    return one, one
