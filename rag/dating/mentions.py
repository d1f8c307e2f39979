"""Whether a passage names certain days, whenever it was published."""

import re
from datetime import timedelta
from functools import lru_cache

from rag.dating.spans import DaySpan
from rag.types import Passage

DAYS_NAMED, MONTHS_NAMED, YEARS_NAMED = 7, 3, 3  # a longer span is named by longer units
SAME_YEAR = timedelta(days=300)  # so long a month without its year is the last one of its name


def mentions(days: DaySpan, passage: Passage) -> bool:
    """Whether the passage names a day, a month or a year of a span, as its length asks for."""
    published = passage.article.published_on
    pattern = _names(days)
    if pattern is None or not pattern.search(passage.text):
        return False
    if published is not None and days.first <= published <= days.last + SAME_YEAR:
        return True
    return any(str(year) in passage.text for year in {days.first.year, days.last.year})


@lru_cache(maxsize=64)
def _names(span: DaySpan) -> re.Pattern[str] | None:
    """Return what finds the names of a span's days; None where it is too long to be named."""
    first, last = span
    length = (last - first).days + 1
    days = [first + timedelta(days=number) for number in range(min(length, 400))]
    months = dict.fromkeys((day.year, f"{day:%B}", f"{day:%b}") for day in days)
    if length <= DAYS_NAMED:
        named = [
            rf"(?:{day:%B}|{day:%b}\.?) {day.day}\b|\b{day.day} (?:{day:%B}|{day:%b}\b)"
            for day in days
        ]
    elif len(months) <= MONTHS_NAMED:
        named = [rf"(?:{name}\b|{short}\.)" for _, name, short in months]
    elif last.year - first.year < YEARS_NAMED:
        named = [rf"\b{year}\b" for year in range(first.year, last.year + 1)]
    else:
        return None
    return re.compile("|".join(named))
