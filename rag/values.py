"""What quotes say of the kind that is asked for, and whether two of them can both be true."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.checks.wording import Word, words_of
from rag.expectation import AnswerKind
from rag.relative_dates import ResolvedDate, dates_in
from rag.types import Quote
from rag.words import CALENDAR, content_stems

DAY = "day"
ROUNDED = 100  # numbers from here on that end in zeros may be rounded
ABOUT = 0.1  # how far "about 500" may be off
SAID_ON = re.compile(
    r"\b(?:said|says|told|announced|reported|confirmed|wrote|published)(?:\s+\w+){0,2}\s+(?:on\s+)?$"
)
AT_LEAST = re.compile(
    r"\b(?:at least|more than|over|no fewer than|as many as|upwards of)\s+$", re.IGNORECASE
)
AT_MOST = re.compile(
    r"\b(?:at most|less than|fewer than|under|up to|as many as)\s+$", re.IGNORECASE
)
ROUGHLY = re.compile(
    r"\b(?:about|around|some|roughly|nearly|almost|approximately|close to)\s+$", re.IGNORECASE
)
PLACED = re.compile(
    r"\b(?:in|at|near|off|outside|to|from|on)\s+(?:the\s+)?([A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)"
)
CAUSED = re.compile(
    r"\b(?:because(?:\s+of)?|due\s+to|owing\s+to|caused\s+by|as\s+a\s+result\s+of|thanks\s+to"
    r"|blamed(?:\s+\w+){0,2}\s+on|blam(?:es?|ed|ing)|attributed(?:\s+\w+){0,2}\s+to)\s+([^.;:]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Range:
    """A number, or a day as its ordinal, as far as it is said: both ends included."""

    low: float
    high: float

    def meets(self, other: "Range") -> bool:
        return self.low <= other.high and other.low <= self.high


Ranges = Mapping[str, Sequence[Range]]  # what is counted, or DAY -> what is said of it
Read = Callable[[Quote], frozenset[str]]


def differ(kind: AnswerKind, ours: Quote, theirs: Quote, question: str) -> bool | None:
    """Whether they answer differently; None where one of them offers nothing of that kind."""
    match kind:
        case AnswerKind.NUMBER:
            return _are_apart(_numbers(ours), _numbers(theirs), updated=is_newer(theirs, ours))
        case AnswerKind.TIME:
            return _are_apart(_days(ours), _days(theirs))
        case AnswerKind.PLACE:
            return _are_strange(_places, ours, theirs, question)
        case AnswerKind.REASON:
            return _are_strange(_causes, ours, theirs, question)
    return None


def is_newer(quote: Quote, other: Quote) -> bool:
    ours, theirs = quote.article.published_on, other.article.published_on
    return ours is not None and theirs is not None and ours > theirs


def _are_apart(ours: Ranges, theirs: Ranges, *, updated: bool = False) -> bool | None:
    """Whether no two numbers, or days, of the same thing can be the same one.

    Of a newer quote it is enough that it says something else beside it: "to 512, up from 340".
    """
    enough = any if updated else all
    things = ours.keys() & theirs.keys()
    if not things:
        return None
    return any(
        enough(not any(each.meets(said) for said in ours[thing]) for each in theirs[thing])
        for thing in things
    )


def _numbers(quote: Quote) -> Ranges:
    """Return the numbers of each thing that is counted; those in dates are left out."""
    words = words_of(quote.text)
    days = [(each.start - quote.start, each.end - quote.start) for each in _dates(quote)]
    found: dict[str, list[Range]] = {}
    for place, word in enumerate(words):
        thing = _counted(words, place) if word.amount else None
        if thing and not any(start <= word.start < end for start, end in days):
            found.setdefault(thing, []).append(_range(word, quote.text[: word.start]))
    return found


def _counted(words: Sequence[Word], place: int) -> str | None:
    """Return the unit, or the noun behind the number as far as the next word says it."""
    amount = words[place].amount
    if amount and amount.unit:
        return amount.unit
    following = words[place + 1] if place + 1 < len(words) else None
    if following and following.is_content and not following.amount and not following.breaks:
        return following.key
    return None


def _range(word: Word, before: str) -> Range:
    """Return what the number may stand for: "at least 12" for more, "12 million" for 11.5 to 12.5.

    A number that ends in zeros may have been rounded there.
    """
    value = float(word.amount.value) if word.amount else 0.0
    if AT_LEAST.search(before):
        return Range(value, float("inf"))
    if AT_MOST.search(before):
        return Range(float("-inf"), value)
    slack = value * ABOUT if ROUGHLY.search(before) else 0.0
    if value >= ROUNDED and value % 10 == 0:
        zeros = len(f"{value:.0f}") - len(f"{value:.0f}".rstrip("0"))
        slack = max(slack, 10**zeros / 2)
    return Range(value - slack, value + slack)


def _days(quote: Quote) -> Ranges:
    """Return the days that are told, but for those on which it was said or published."""
    published = quote.article.published_on
    days = [
        Range(each.days.first.toordinal(), each.days.last.toordinal())
        for each in _dates(quote)
        if not SAID_ON.search(quote.article.text[quote.start : each.start])
        and not (each.days.is_day and each.days.first == published)
    ]
    return {DAY: days} if days else {}


def _dates(quote: Quote) -> Sequence[ResolvedDate]:
    return dates_in(quote.article, quote.start, quote.end)


def _are_strange(read: Read, ours: Quote, theirs: Quote, question: str) -> bool | None:
    """Whether neither article knows anything of what the other names."""
    known = frozenset(content_stems(question))
    our_terms, their_terms = read(ours) - known, read(theirs) - known
    if not our_terms or not their_terms:
        return None
    return our_terms.isdisjoint(content_stems(theirs.article.text)) and their_terms.isdisjoint(
        content_stems(ours.article.text)
    )


def _places(quote: Quote) -> frozenset[str]:
    names = (name for name in PLACED.findall(quote.text) if name.split()[0] not in CALENDAR)
    return frozenset(stem for name in names for stem in content_stems(name))


def _causes(quote: Quote) -> frozenset[str]:
    return frozenset(stem for cause in CAUSED.findall(quote.text) for stem in content_stems(cause))
