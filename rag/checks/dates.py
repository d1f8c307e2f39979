"""Dates of a written sentence: each must be a day, a month or a year that its quotes tell."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rag.checks.statements import Statement, read_statement
from rag.dating.spans import DaySpan, month_span, week_span, year_span
from rag.dating.written import read_dates
from rag.relative_dates import ResolvedDate, dates_in
from rag.types import Quote, Span

QUOTES_KEPT = 512  # a quote keeps its article
A_WEEK = timedelta(days=6)  # from its first day to its last
A_DATE, A_MONTH = 7, 92  # days that a span has at most to be one; seasons count as months
PUBLISHED = re.compile(r"\b(?:report\w*|publish\w*|article|wrote|news\w*)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asking:
    """The dates that a question has, in small letters: they count from the day it is asked."""

    dates: frozenset[str]
    today: date


@dataclass(frozen=True, slots=True)
class Told:
    """The dates that a quote tells."""

    quote: Quote
    dates: Sequence[ResolvedDate]
    asking: Asking | None


def unproved_date(
    claim: Statement, quotes: Sequence[Quote], asking: Asking | None = None
) -> str | None:
    """Return, as written, the first date that no quote tells, be it by the name of a weekday.

    The day of publication proves no day of what is told, but the week, month or year where no date
    is told.
    """
    if not claim.dates:
        return None
    told = [Told(each, _dates_told(each), asking) for each in quotes]
    for span in claim.dates:
        if not (
            any(_tells(each, claim, span) for each in told)
            and not _is_of_another(claim, span, told[0])
        ) and not _is_of_publication(claim, span, told):
            return claim.text[span.start : span.end]
    return None


@lru_cache(maxsize=QUOTES_KEPT)
def _dates_told(quote: Quote) -> tuple[ResolvedDate, ...]:
    if not read_statement(quote.text).dates:
        return ()
    return tuple(dates_in(quote.article, quote.start, quote.end))


def _meaning(claim: Statement, span: Span, told: Told) -> DaySpan | None:
    """Return the days that the words mean beside the quote; None where they need its day."""
    asking, published = told.asking, told.quote.article.published_on
    is_asked = asking and claim.text[span.start : span.end].lower() in asking.dates
    if asking and is_asked:
        published = asking.today
    named = read_dates(claim.text, published)
    found = next((each for each in named if (each.start, each.end) == (span.start, span.end)), None)
    if found is None or not (published or found.has_year):
        return None
    return _with_days_before(found.days, asking.today) if asking and is_asked else found.days


def _with_days_before(days: DaySpan, today: date) -> DaySpan:
    """Return "this week" from a week ago on: on Monday people mean the last days too."""
    is_this_week = days == week_span(today)
    return DaySpan(min(days.first, today - A_WEEK), days.last) if is_this_week else days


def _tells(told: Told, claim: Statement, span: Span) -> bool:
    """Whether the quote tells the date, or has it in the very words."""
    days = _meaning(claim, span, told)
    if days and any(_is(days, each.days) for each in told.dates):
        return True
    written = claim.text[span.start : span.end]
    if re.search(rf"(?<!\w){re.escape(written)}(?!\w)", told.quote.text, re.IGNORECASE):
        return True
    said = read_statement(told.quote.text)
    return written.isdigit() and any(said.words[at].key == f"#{written}" for at in said.chain)


def _is(claimed: DaySpan, told: DaySpan) -> bool:
    """Whether a date is the one told, or the month or year in which that is."""
    if claimed == told:
        return True
    is_years = (
        told == year_span(told.first.year, told.last.year) and told.first.year < told.last.year
    )
    if is_years and claimed in (year_span(told.first.year), year_span(told.last.year)):
        return True  # "from 1957 to 1963" of "1957-63"
    return claimed.first <= told.first and told.last <= claimed.last and _is_whole(claimed)


def _is_whole(span: DaySpan) -> bool:
    """Whether it is a year, a month, a week, or "this week" with days before it."""
    first = span.first
    if span in (month_span(first.year, first.month), year_span(first.year)):
        return True
    last_week = week_span(span.last)
    return span.last == last_week.last and first <= last_week.first <= first + A_WEEK


def _is_of_another(claim: Statement, span: Span, first: Told) -> bool:
    """Whether the first quote tells another date, so that a second one's is of something else.

    Of several, the one meant is the one nearest to the word that has it in the sentence.
    """
    if _tells(first, claim, span):
        return _is_of_another_word(claim, span, first)
    days = _meaning(claim, span, first)
    level = _level(days) if days else 0
    others = [each for each in first.dates if _level(each.days) <= level]
    is_unread = len(read_statement(first.quote.text).dates) > len(first.dates)
    return (is_unread or bool(others)) and not any(
        _tells(first, claim, each) for each in claim.dates
    )


def _is_of_another_word(claim: Statement, span: Span, told: Told) -> bool:
    days = _meaning(claim, span, told)
    if days is None:
        return False
    level = _level(days)
    meanings = (_meaning(claim, each, told) for each in claim.dates)
    if sum(each is not None and _level(each) == level for each in meanings) > 1:
        return False  # "between May 2007 and December 2022"
    near = [at for at in claim.chain if claim.words[at].start < span.start][-1:]
    said = read_statement(told.quote.text)
    places = [
        at for word in near or claim.chain[:1] for at in said.places.get(claim.words[word].key, ())
    ]
    dates = [each for each in told.dates if _level(each.days) == level]
    if len(places) != 1 or len(dates) < 2:
        return False
    start = told.quote.start + said.words[places[0]].start
    nearest = min(abs(each.start - start) for each in dates)
    return not any(_is(days, each.days) for each in dates if abs(each.start - start) == nearest)


def _level(days: DaySpan) -> int:
    """Return 0 for a date, 1 for a month or season, 2 for a year or more."""
    length = (days.last - days.first).days + 1
    return (length > A_DATE) + (length > A_MONTH)


def _is_of_publication(claim: Statement, span: Span, told: Iterable[Told]) -> bool:
    told = list(told)
    tells_none = not any(read_statement(each.quote.text).dates for each in told)
    for each in told:
        days, published = _meaning(claim, span, each), each.quote.article.published_on
        if days and published and days.first <= published <= days.last:
            is_long = days.last - days.first >= A_WEEK
            return tells_none if is_long else bool(PUBLISHED.search(claim.text))
    return False
