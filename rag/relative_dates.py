"""Relative dates in articles -> days, counted from the day of publication.

Careful: a date that could be one of two days is left alone, and so is what people are quoted with,
who may have spoken on another day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from rag.dating.named import NamedDays, find_named_days
from rag.dating.spans import DaySpan, written_span
from rag.dating.tense import DatedText
from rag.dating.words import MONTH, SEASON, WEEKDAY
from rag.dating.written import written_text
from rag.sentences import split_sentences
from rag.types import Article

PLAIN = re.compile(r"(?:earlier |later )?(?:today|this (?:year|month)|tonight)", re.IGNORECASE)
HAS_YEAR = re.compile(r"\b\d{4}")
AFTER_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
DETERMINED = re.compile(r"(?:\b(?:an?|the)|[’']s)\s+$", re.IGNORECASE)  # "a November report"
SPOKEN_OF = re.compile(r"\b(?:said|announced|reported|confirmed|ruled|died|signed)\s+$")
OF_SOME_YEAR = re.compile(rf"\b(?:{MONTH}|{SEASON}\b)", re.IGNORECASE)
# A weekday after these may lie on either side of the day of publication.
UNSURE_BEFORE = re.compile(
    r"\b(?:by|until|till|through|before|ahead of|for|from|starting|beginning|to)\s+(?:next\s+)?$",
    re.IGNORECASE,
)
WEEKDAY_NAME = re.compile(rf"{WEEKDAY}\b")
VAGUE = re.compile(
    r"\b(?:past|previous|current|decade|quarter|hours?|couple)\b"
    r"|\b(?:months?|(?:an?|one) years?) ago\b"
    r"|^the (?:last|next|this)\b|^(?:week|month|year)$|^last \w+ (?:days|weeks|months|years)\b"
    r"|^(?:\d*[05]|ten|twenty|thirty|fifty|[2-9]\d|\d{3}) years ago"  # a round number is about so
)
LAST_OF_ITS_NAME = re.compile(rf"last (?:{MONTH}|(?P<season>{SEASON}))")
# From the end of "last May" or "last summer" to the article; in less it may be the one before.
MONTH_AWAY, SEASON_AWAY = timedelta(days=30), timedelta(days=120)
MONDAY, TUESDAY, SUNDAY = 0, 1, 6
REPEATED = re.compile(rf"\s*(?:through|to|-|–)\s*{WEEKDAY}", re.IGNORECASE)  # of every week
SURE_POSSESSIVE = re.compile(r"\b(?:in|at|after|during|following)\s+$")
POSSESSIVE = re.compile(r"[’']s\b")


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """`article.text[start:end]` means the days from `first` to `last`."""

    article: Article
    start: int
    end: int
    days: DaySpan

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


def resolve(article: Article, start: int, end: int) -> list[ResolvedDate]:
    """Return the relative dates in a slice of the article, in its order; none without its day."""
    return [each for each in dates_in(article, start, end) if not HAS_YEAR.search(each.text)]


def dates_in(article: Article, start: int, end: int) -> list[ResolvedDate]:
    """Return all dates in a slice of the article, those with their year too, in its order."""
    spans = split_sentences(article.text[start:end])
    return [
        each
        for span in spans
        for each in _in_sentence(article, start + span.start, start + span.end)
    ]


def annotation(article: Article, start: int, end: int) -> str:
    """Return what relative dates of a slice mean, for people: `Wednesday = 14 June 2023`.

    Empty where there are none, or only those that its article's date makes plain.
    """
    told = (
        _meaning(each) for each in resolve(article, start, end) if not PLAIN.fullmatch(each.text)
    )
    return "; ".join(dict.fromkeys(told))


def _meaning(resolved: ResolvedDate) -> str:
    """Return `Wednesday = 14 June 2023`, or `November 2022` where it begins with the words."""
    written = written_span(resolved.days)
    begins = written.startswith(f"{resolved.text} ")
    return written if begins else f"{resolved.text} = {written}"


def _in_sentence(article: Article, start: int, end: int) -> Iterator[ResolvedDate]:
    words, published = article.text[start:end], article.published_on
    text = written_text(words, published, is_careful=True)
    for named in find_named_days(text):
        has_year = bool(HAS_YEAR.search(words, named.start, named.end))
        is_sure = published is not None and _is_sure(named, text)
        if has_year or (is_sure and not _is_quoted(article.text, start + named.start)):
            yield ResolvedDate(article, start + named.start, start + named.end, named.days)


def _is_sure(named: NamedDays, text: DatedText) -> bool:
    """Whether the words can mean these days only."""
    before, after = text.words[: named.start], text.words[named.end :]
    words = " ".join(text.words[named.start : named.end].lower().split())
    is_of_a_story = words.startswith("next ") and AFTER_THE.search(before)
    if is_of_a_story or VAGUE.search(words):
        return False
    if words == "today":
        return bool(SPOKEN_OF.search(before))
    if "week" in words and text.today.weekday() == SUNDAY:  # which begins one, or ends it
        return False
    if words == "this weekend" and text.today.weekday() in (MONDAY, TUESDAY):
        return False
    if found := LAST_OF_ITS_NAME.match(words):
        enough = SEASON_AWAY if found["season"] else MONTH_AWAY
        return text.today - named.days.last >= enough
    if OF_SOME_YEAR.search(words) and (
        HAS_YEAR.search(text.words) or (words.isalpha() and DETERMINED.search(before))
    ):
        return False
    return not WEEKDAY_NAME.match(words) or _is_sure_weekday(named, text, before, after)


def _is_sure_weekday(named: NamedDays, text: DatedText, before: str, after: str) -> bool:
    """Not a day that elsewhere is tomorrow, nor "by Friday", nor "Friday’s" of whichever week."""
    is_tomorrow = (text.today - named.days.first).days == 6
    is_repeated = REPEATED.match(after)
    is_possessive = POSSESSIVE.match(after) and not SURE_POSSESSIVE.search(before)
    return not (is_tomorrow or is_repeated or is_possessive or UNSURE_BEFORE.search(before))


def _is_quoted(text: str, position: int) -> bool:
    """Whether a position lies within quotation marks, by those of its paragraph before it."""
    paragraph = text[text.rfind("\n", 0, position) + 1 : position]
    return paragraph.count("“") > paragraph.count("”") or paragraph.count('"') % 2 == 1
