"""Dates and periods in questions: what days are meant, and whether of events or of articles."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from rag.dating.context import NOUN
from rag.dating.named import NamedDays, find_named_days
from rag.dating.spans import DaySpan, part_of, week_span, written_day, written_span
from rag.dating.tense import DatedText, Tense
from rag.dating.words import ORDINALS

DAY = timedelta(days=1)


class Meaning(StrEnum):
    EVENT = "event"  # when something happened, whenever articles tell of it
    PUBLISHED = "published"  # when the articles appeared that are asked for


@dataclass(frozen=True, slots=True)
class Period:
    """The days that `question[start:end]` means, both included; None: open on that side.

    Without `has_year` it names a day, a month or a season, of which the nearest is taken.
    """

    first: date | None
    last: date | None
    start: int
    end: int
    meaning: Meaning = Meaning.EVENT
    has_year: bool = True

    @property
    def written(self) -> str:
        """Return `5 to 11 June 2023`, `since 1 March 2023`, `until 13 June 2023`."""
        if self.first and self.last:
            return written_span(DaySpan(self.first, self.last))
        if self.first:
            return f"since {written_day(self.first)}"
        return f"until {written_day(self.last)}" if self.last else "at any time"


FUTURE = re.compile(
    r"\b(?:will|won[’']t|shall|going to|upcoming|scheduled|planned|plans? to|(?:is|are) due"
    r"|set to)\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:did|was|were|had|has|have|\w{2,}ed|won|met|said|went|fell|rose|died|told|held|left|made"
    r"|took|became|began|broke|found|gave|lost|sold|shot|stole)\b",
    re.IGNORECASE,
)
SENTENCE_ENDS = re.compile(r"[.?!]\s+(?=[A-Z])")
# What may stand before the words of a date and say which part of it is meant.
THIRDS = {"early": 1, "beginning": 1, "start": 1, "mid": 2, "middle": 2, "late": 3, "end": 3}
THIRD = re.compile(
    r"\b(?:(early|mid|late)[\s-]+|(?:the\s+)?(beginning|start|middle|end)\s+of\s+)(?:the\s+)?$",
    re.IGNORECASE,
)
PIECE = re.compile(
    rf"\b(?:the\s+)?({'|'.join(ORDINALS)}|last)\s+(half|quarter|week)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
PIECES = {"half": 2, "quarter": 4}
WEEK_OF = re.compile(r"\b(?:the\s+)?week\s+(?:of|beginning|starting)\s+$", re.IGNORECASE)
BOUND = re.compile(
    r"\b(?P<word>since|before|prior to|until|till|up to|after|following|by|between|from)\s+"
    r"(?:on\s+|in\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
JOINED = re.compile(r"\s*(?:-|–|to|until|till|through|and|up to)\s+(?:the\s+)?", re.IGNORECASE)
RANGE_OPENS = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)

ARTICLES = r"(?:articles?|stor(?:y|ies)|news|reports?|coverage|headlines?|newspapers?|papers?)"
OF_ARTICLES_BEFORE = re.compile(
    rf"\b(?:{ARTICLES}(?:\s+(?:on|about|of)(?:\s+\w+){{1,4}})?\s+(?:from|of|since|dated)\s+"
    rf"|(?:news|newspapers|papers|headlines)\s+(?:on\s+|from\s+|of\s+)?"
    rf"|{ARTICLES}\s+(?:since|before|after|between)\s+"
    rf"|(?:published|printed|posted|appeared)(?:\s+in\s+the\s+\w+)?\s+(?:\w+\s+)?)(?:the\s+)?$",
    re.IGNORECASE,
)
OF_ARTICLES_AFTER = re.compile(rf"(?:[’']s)?\s+(?:\w+\s+)?{ARTICLES}\b", re.IGNORECASE)

LATEST = re.compile(
    r"\b(?:latest|newest|most (?:recent|current)(?:ly)?|recent(?:ly)?|lately|currently|nowadays"
    r"|these days|at the moment|at present|right now|last time|last(?= [A-Z])|last(?=\?)"
    r"|last (?:held|won|met|seen|\w+ed)|(?:the|a|its|their|\w+[’']s) (?:current|present|reigning"
    r"|serving|incumbent)|(?:this|present) season)\b"
)
STILL = re.compile(r"\b(?:now|still|so far|up to now|as yet)\b")  # unless a period says when


def find_periods(question: str, today: date) -> list[Period]:
    """Return the periods that the question names, relative to `today`, in its order."""
    named = find_named_days(DatedText(question, today, partial(_tense_at, question)))
    parts = [_narrowed(each, question) for each in named]
    bound = (_bounded(each, question, today) for each in _joined(parts, question))
    return list(_between_bounds(period for period in bound if period))


def in_earlier_years(period: Period, years: int) -> list[Period]:
    """Return the period in each of so many years before its own."""
    return [
        replace(
            period,
            first=period.first and _in_year(period.first, -number),
            last=period.last and _in_year(period.last, -number),
        )
        for number in range(1, years + 1)
    ]


def without_periods(question: str, periods: Sequence[Period]) -> str:
    """Return the question without the words that name the periods."""
    kept = list(question)
    for period in periods:
        kept[period.start : period.end] = " " * (period.end - period.start)
    return " ".join("".join(kept).split())


def asks_for_latest(question: str, periods: Sequence[Period]) -> bool:
    """Whether the question wants what is newest: the latest, the current, what is so now."""
    asked = question[:1].lower() + question[1:]
    return bool(LATEST.search(asked) or (not periods and STILL.search(asked)))


def _tense_at(question: str, position: int) -> Tense:
    """Return the tense of the verb that is nearest to a position, within its sentence."""
    ends = [0, *(found.end() for found in SENTENCE_ENDS.finditer(question)), len(question)]
    start = max(end for end in ends if end <= position)
    end = min(end for end in ends if end >= position)
    nearest: dict[Tense, int] = {}
    for tense, pattern in ((Tense.FUTURE, FUTURE), (Tense.PAST, PAST)):
        for found in pattern.finditer(question, start, end):
            distance = abs(found.start() - position)
            nearest[tense] = min(nearest.get(tense, distance), distance)
    return min(nearest, key=lambda tense: nearest[tense], default=Tense.OPEN)


def _narrowed(named: NamedDays, question: str) -> NamedDays:
    """Take the part of the days that the words before them ask for: `early`, `the end of`."""
    before = question[: named.start]
    if named.days.is_day:
        found = WEEK_OF.search(before)
        return _week_of(named, found.start()) if found else named
    if found := THIRD.search(before):
        third = THIRDS[(found[1] or found[2]).lower()]
        return replace(named, start=found.start(), days=part_of(named.days, third, 3))
    if found := PIECE.search(before):
        days = _piece(named.days, found[1].lower(), found[2].lower())
        return replace(named, start=found.start(), days=days)
    return named


def _week_of(named: NamedDays, start: int) -> NamedDays:
    return replace(named, start=start, days=week_span(named.days.first))


def _piece(days: DaySpan, ordinal: str, unit: str) -> DaySpan:
    if unit == "week":
        if ordinal == "last":
            return DaySpan(days.last - 6 * DAY, days.last)
        first = days.first + 7 * (ORDINALS[ordinal] - 1) * DAY
        return DaySpan(first, first + 6 * DAY)
    parts = PIECES[unit]
    return part_of(days, ORDINALS.get(ordinal, parts), parts)


def _joined(named: list[NamedDays], question: str) -> Iterator[NamedDays]:
    """Join two dates to the span between them: `between … and …`, `June to August`."""
    waiting: NamedDays | None = None
    for each in named:
        if waiting is None:
            waiting = each
        elif (span := _span_between(waiting, each, question)) is not None:
            waiting = span
        else:
            yield waiting
            waiting = each
    if waiting is not None:
        yield waiting


def _span_between(left: NamedDays, right: NamedDays, question: str) -> NamedDays | None:
    joint = question[left.end : right.start]
    if not JOINED.fullmatch(joint):
        return None
    first, last = left.days, right.days
    if not left.has_year and (right.has_year or first.first > last.first):
        first = _in_year_before(first, last)
    elif left.has_year and not right.has_year and last.first < first.first:
        last = _in_year_before(last, _moved(first, 1))
    is_range = joint.strip().lower() != "and" or bool(RANGE_OPENS.search(question[: left.start]))
    follows = first.first <= last.first and (is_range or last.first == first.last + DAY)
    if not follows:
        return None
    has_year = left.has_year or right.has_year
    return replace(left, end=right.end, days=DaySpan(first.first, last.last), has_year=has_year)


def _in_year_before(days: DaySpan, limit: DaySpan) -> DaySpan:
    """Return the same days in the last year in which they begin before `limit` does."""
    moved = _moved(days, limit.first.year - days.first.year)
    return moved if moved.first <= limit.first else _moved(moved, -1)


def _moved(days: DaySpan, years: int) -> DaySpan:
    return DaySpan(_in_year(days.first, years), _in_year(days.last, years))


def _in_year(day: date, years: int) -> date:
    year = day.year + years
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _bounded(named: NamedDays, question: str, today: date) -> Period | None:
    """Read `since`, `before` and the like; None for what is due `by` a day to come."""
    found = None if _describes(named, question) else BOUND.search(question[: named.start])
    (first, last), start = named.days, found.start() if found else named.start
    meaning = _meaning_of(named, question)
    within = Period(first, last, start, named.end, meaning, named.has_year)
    match found["word"].lower() if found else "":
        case "since":
            return replace(within, last=None)
        case "before" | "prior to":
            return replace(within, first=None, last=first - DAY)
        case "after" | "following":
            return replace(within, first=last + DAY, last=None)
        case "until" | "till" | "up to":
            return replace(within, first=None)
        case "by":
            return replace(within, first=None) if last <= today else None
    return within


def _describes(named: NamedDays, question: str) -> bool:
    """Whether the days only say which: "after the 2020 election" is not after 2020."""
    is_after_article = question[: named.start].lower().endswith("the ")
    follows = question[named.end :]
    return follows.startswith(("’s", "'s")) or (is_after_article and bool(NOUN.match(follows)))


def _between_bounds(periods: Iterable[Period]) -> Iterator[Period]:
    """Join `after June 4 and before June 14` to the days between."""
    waiting: Period | None = None
    for each in periods:
        if (
            waiting
            and waiting.first
            and each.last
            and waiting.last is each.first is None
            and waiting.first <= each.last
        ):
            yield replace(waiting, last=each.last, end=each.end)
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = each
    if waiting:
        yield waiting


def _meaning_of(named: NamedDays, question: str) -> Meaning:
    before, after = question[: named.start], question[named.end :]
    if OF_ARTICLES_BEFORE.search(before) or OF_ARTICLES_AFTER.match(after):
        return Meaning.PUBLISHED
    return Meaning.EVENT
