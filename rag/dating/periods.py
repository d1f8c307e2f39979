"""Words that name weeks, months, seasons and years -> their days."""

import re
from datetime import date, timedelta

from rag.dating.context import before, is_lower_or_first, is_month, is_season, is_year
from rag.dating.spans import (
    WEEK,
    DaySpan,
    day_span,
    month_span,
    quarter_span,
    season_span,
    week_span,
    weekend_span,
    year_span,
)
from rag.dating.tense import DatedText, choose, year_of
from rag.dating.words import DAYS_IN, FEW, month_number, number_of

FARTHEST_YEARS = 10  # ahead; a later year is more often part of a name
MIDDLE_OF_SEASON = 45  # days after its first
ROUGHLY = re.compile(
    r"\b(?:about|almost|around|nearly|over|some|roughly|than|at least)\s+$", re.IGNORECASE
)
PART_BEFORE = re.compile(r"\b(?:beginning|start|middle|end|half|quarter|rest)\s+of\s+the\s+$", re.I)
BACKWARD = ("last", "past", "previous")
FORWARD = ("next", "coming")


def read_unit(found: re.Match[str], text: DatedText) -> DaySpan | None:
    """Read `last week`, `this year`; `the past week` is the seven days to today."""
    which, unit = found["which"].lower(), found["unit"].lower()
    if not is_lower_or_first(found):
        return None
    if found["the"] and which in BACKWARD and unit in DAYS_IN:
        return _until_today(text.today, 1, unit)
    steps = -1 if which in BACKWARD else 1 if which in FORWARD else 0
    return _shifted(unit, steps, text.today)


def read_this_unit(found: re.Match[str], text: DatedText) -> DaySpan | None:
    """Read the year of `the end of the year`, which that of "person of the year" is not."""
    if not PART_BEFORE.search(before(found)):
        return None
    return _shifted(found["unit"].lower(), 0, text.today)


def read_part_of_unit(found: re.Match[str], text: DatedText) -> DaySpan | None:
    """Read `earlier this year`, `later this week`, `earlier today`."""
    if found["unit"].lower() == "today":
        return day_span(text.today)
    span = _shifted(found["unit"].lower(), 0, text.today)
    if found["part"].lower() == "earlier":
        return DaySpan(span.first, text.today)
    return DaySpan(text.today, span.last)


def read_weekend(found: re.Match[str], text: DatedText) -> DaySpan | None:
    """Read `at the weekend`."""
    weekends = [weekend_span(text.today + shift * WEEK) for shift in (-1, 0, 1)]
    return choose(weekends, found, text)


def read_ago(found: re.Match[str], text: DatedText) -> DaySpan | None:
    """Read `two weeks ago` as that whole week, `ten years ago` as that year."""
    if text.is_careful and ROUGHLY.search(before(found)):
        return None
    number, unit = number_of(found["number"]), found["unit"].lower()
    if unit == "hour":
        return _until_today(text.today, number, unit)
    return None if unit == "decade" else _shifted(unit, -number, text.today)


def read_until_today(found: re.Match[str], text: DatedText) -> DaySpan | None:
    """Read `the last ten days`, `the past few weeks`."""
    few = found["number"].lower() in ("few", "several")
    number = FEW if few else number_of(found["number"])
    return _until_today(text.today, number, found["unit"].lower())


def read_month(found: re.Match[str], text: DatedText) -> DaySpan | None:
    number = month_number(found["month"])
    if year := year_of(found, text):
        return month_span(year, number)
    if not is_month(found):
        return None
    months = [month_span(text.today.year + shift, number) for shift in (-1, 0, 1)]
    match (found["which"] or "").lower():
        case "this":
            return months[1]
        case "last":
            return max(each for each in months if each.last < text.today)
        case "next":
            return min(each for each in months if each.first > text.today)
    return choose(months, found, text)


def read_season(found: re.Match[str], text: DatedText) -> DaySpan | None:
    season, which = found["season"].lower(), (found["which"] or "").lower()
    if year := year_of(found, text):
        return season_span(season, year)
    if not (is_season(found) or (which and is_lower_or_first(found))):
        return None
    seasons = [season_span(season, text.today.year + shift) for shift in (-1, 0, 1, 2)]
    if which in BACKWARD:
        return max(each for each in seasons if each.last < text.today)
    if which in FORWARD:
        return min(each for each in seasons if each.first > text.today)
    if which:
        middle = text.today - timedelta(days=MIDDLE_OF_SEASON)
        return min(seasons, key=lambda each: abs(each.first - middle))
    return choose(seasons, found, text)


def read_quarter(found: re.Match[str], text: DatedText) -> DaySpan | None:
    """Read `Q3 2022`."""
    return quarter_span(int(found["year"]), int(found["quarter"]))


def read_years(found: re.Match[str], text: DatedText) -> DaySpan | None:
    """Read `2019-2021`, `2022/23`."""
    first, written = int(found["year"]), found["last_year"]
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    return year_span(first, last) if first < last else None


def read_decade(found: re.Match[str], text: DatedText) -> DaySpan | None:
    return year_span(int(found["year"]), int(found["year"]) + 9)


def read_year(found: re.Match[str], text: DatedText) -> DaySpan | None:
    year = int(found["year"])
    if year > text.today.year + FARTHEST_YEARS or not is_year(found):
        return None
    return year_span(year)


def _shifted(unit: str, steps: int, today: date) -> DaySpan:
    """Return the calendar's unit so many steps from today's."""
    match unit:
        case "day":
            return day_span(today + timedelta(days=steps))
        case "week":
            return week_span(today + steps * WEEK)
        case "weekend":
            return weekend_span(today + steps * WEEK)
        case "month":
            return month_span(today.year, today.month + steps)
        case "quarter":
            return quarter_span(today.year, (today.month + 2) // 3 + steps)
        case "decade":
            first = today.year // 10 * 10 + 10 * steps
            return year_span(first, first + 9)
    return year_span(today.year + steps)


def _until_today(today: date, number: int, unit: str) -> DaySpan:
    if unit == "month":
        month = month_span(today.year, today.month - number)
        return DaySpan(month.first.replace(day=min(today.day, month.last.day)), today)
    return DaySpan(today - timedelta(days=max(1, round(number * DAYS_IN[unit]))), today)
