"""Words that name a day -> that day: `June 14`, `Wednesday`, `yesterday`."""

import re
from datetime import date, timedelta

from rag.dating.context import CLAUSE_ENDS, after, is_lower_or_first, is_weekday
from rag.dating.spans import WEEK, DaySpan, day_span, week_span
from rag.dating.tense import DatedText, choose, choose_nearest, year_of
from rag.dating.words import (
    DUAL,
    FAMOUS_DAYS,
    NAMED_DAY_AFTER,
    NEAR_DAYS,
    ORDINALS,
    month_number,
    weekday_number,
)
from rag.publication import make_date, read_date


def read_full_date(found: re.Match[str], text: DatedText) -> DaySpan | None:
    day = read_date(found[0], date.max)
    return day_span(day) if isinstance(day, date) else None


def read_month_and_day(found: re.Match[str], text: DatedText) -> DaySpan | None:
    """Read `June 14`, `14 June 2023`, `June 5-7`."""
    month, first = found["month"], _figures(found["day"])
    last = _figures(found["last_day"]) if found["last_day"] else first
    number = month_number(month)
    if year := year_of(found, text):
        return _days(year, number, first=first, last=last)
    is_verb = month in DUAL and not CLAUSE_ENDS.match(after(found))
    is_name = text.is_careful and (number, first) in FAMOUS_DAYS
    if is_verb or is_name or NAMED_DAY_AFTER.match(after(found)):
        return None
    years = (text.today.year + shift for shift in (-1, 0, 1))
    spans = [span for year in years if (span := _days(year, number, first=first, last=last))]
    return (choose_nearest if text.is_careful else choose)(spans, found, text)


def read_weekday(found: re.Match[str], text: DatedText) -> DaySpan | None:
    """Read `on Wednesday`, and `last Wednesday` as that of the week before."""
    if not is_weekday(found):
        return None
    number, today = weekday_number(found["weekday"]), text.today
    of_this_week = week_span(today).first + timedelta(days=number)
    coming = today + timedelta(days=(number - today.weekday()) % 7)
    match " ".join((found["which"] or "").lower().split()):
        case "this":
            return day_span(of_this_week)
        case "this coming" | "the coming":
            return day_span(coming)
        case "last":
            is_unsure = text.is_careful and of_this_week < today
            return None if is_unsure else day_span(of_this_week - WEEK)
        case "next":
            is_unsure = text.is_careful and of_this_week > today
            return None if is_unsure else day_span(of_this_week + WEEK)
    passed = coming if coming == today else coming - WEEK
    return choose([day_span(passed), day_span(coming)], found, text)


def read_near_day(found: re.Match[str], text: DatedText) -> DaySpan | None:
    """Read `yesterday`, `this morning`, `the day after tomorrow`."""
    if not is_lower_or_first(found):
        return None
    words = " ".join(found[0].lower().split())
    days = next((days for name, days in NEAR_DAYS.items() if name in words), 0)
    return day_span(text.today + timedelta(days=days))


def _days(year: int, month: int, *, first: int, last: int) -> DaySpan | None:
    start, end = make_date(year, month, first), make_date(year, month, last)
    return DaySpan(start, end) if start and end and start <= end else None


def _figures(written: str) -> int:
    return ORDINALS.get(written.lower()) or int(re.sub(r"\D", "", written))
