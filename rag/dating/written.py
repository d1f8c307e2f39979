"""The dates of written sentences, of articles and answers alike: by the tense of their clauses."""

import re
from datetime import date
from functools import lru_cache, partial

from rag.dating.clauses import clause_tense
from rag.dating.named import NamedDays, find_named_days
from rag.dating.tense import DatedText, Tense
from rag.types import Span

TEXTS_KEPT = 4096
MAY_BE_DATED = re.compile(  # what has none of these names no day
    r"\d|day|night|morning|week|month|year|decade|quarter|tomorrow|spring|summer|autumn|fall|winter"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
    re.IGNORECASE,
)
ANY_DAY = date(2020, 6, 15)


def written_text(words: str, day: date | None, *, is_careful: bool = False) -> DatedText:
    """Return the words as they were written on a day; without it only full dates mean days."""
    return DatedText(words, day or date.min, partial(clause_tense, words), is_careful)


@lru_cache(maxsize=TEXTS_KEPT)
def read_dates(words: str, day: date | None) -> tuple[NamedDays, ...]:
    """Return the dates in order; those without their year mean nothing where `day` is None."""
    if not MAY_BE_DATED.search(words):
        return ()
    return tuple(find_named_days(written_text(words, day)))


@lru_cache(maxsize=TEXTS_KEPT)
def date_spans(words: str) -> tuple[Span, ...]:
    """Return where dates stand, which is the same on any day and in any tense."""
    if not MAY_BE_DATED.search(words):
        return ()
    named = find_named_days(DatedText(words, ANY_DAY, lambda _: Tense.PAST))
    return tuple(Span(each.start, each.end) for each in named)
