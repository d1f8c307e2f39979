"""Days, weeks, months and years as spans of days, and how people read them."""

import calendar
from datetime import date, timedelta
from typing import NamedTuple

WEEK = timedelta(days=7)
MONTHS_IN_YEAR = 12
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # their first months


class DaySpan(NamedTuple):
    """Both days included."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        return self.first == self.last


def day_span(day: date) -> DaySpan:
    return DaySpan(day, day)


def week_span(day: date) -> DaySpan:
    """Return the week from Monday to Sunday that has the day."""
    monday = day - timedelta(days=day.weekday())
    return DaySpan(monday, monday + timedelta(days=6))


def weekend_span(day: date) -> DaySpan:
    """Return the Saturday and Sunday of the day's week."""
    sunday = week_span(day).last
    return DaySpan(sunday - timedelta(days=1), sunday)


def month_span(year: int, month: int) -> DaySpan:
    """Return a month; those below 1 and above 12 are of the years before and after."""
    years, index = divmod(month - 1, MONTHS_IN_YEAR)
    year, month = year + years, index + 1
    return DaySpan(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def year_span(year: int, last_year: int | None = None) -> DaySpan:
    return DaySpan(date(year, 1, 1), date(last_year or year, 12, 31))


def season_span(season: str, year: int) -> DaySpan:
    """Return three whole months; a winter is of the year in which it ends."""
    first = SEASONS[season]
    in_year = year - 1 if season == "winter" else year
    return DaySpan(month_span(in_year, first).first, month_span(in_year, first + 2).last)


def quarter_span(year: int, quarter: int) -> DaySpan:
    """Return a quarter; those below 1 and above 4 are of the years before and after."""
    first = 3 * quarter - 2
    return DaySpan(month_span(year, first).first, month_span(year, first + 2).last)


def part_of(span: DaySpan, number: int, parts: int) -> DaySpan:
    """Return the part of that number, from 1, of a year or a season in equal parts of months.

    A third of a month is ten days, the last of them to its end.
    """
    months = (span.last.year - span.first.year) * MONTHS_IN_YEAR
    months += span.last.month - span.first.month + 1
    if months >= parts:
        start = span.first.month + (number - 1) * months // parts
        end = span.first.month + number * months // parts - 1
        return DaySpan(
            month_span(span.first.year, start).first, month_span(span.first.year, end).last
        )
    days = ((span.last - span.first).days + 1) // parts
    first = span.first + timedelta(days=days * (number - 1))
    return DaySpan(first, span.last if number == parts else first + timedelta(days=days - 1))


def written_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def written_span(span: DaySpan) -> str:
    """Return `14 June 2023`, `5 to 11 June 2023`, `June 2023`, `2023` and the like."""
    first, last = span
    if span.is_day:
        return written_day(first)
    if span == year_span(first.year, last.year):
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    if span == DaySpan(
        month_span(first.year, first.month).first, month_span(last.year, last.month).last
    ):
        month = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
        same = (first.year, first.month) == (last.year, last.month)
        return f"{last:%B %Y}" if same else f"{month} to {last:%B %Y}"
    if first.year != last.year:
        return f"{written_day(first)} to {written_day(last)}"
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{start} to {written_day(last)}"
