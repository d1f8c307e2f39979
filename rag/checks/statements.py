"""A sentence, written or quoted, taken apart once for all that is compared in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rag.checks.wording import GOVERNMENTS, Word, fold, words_of
from rag.dating.written import date_spans
from rag.types import Span

TEXTS_KEPT = 4096
PRONOUNS = {"he", "she", "it", "they", "his", "her", "its", "their", "i", "we", "you"}
PHRASE = re.compile(r"“([^”]+)”|\"([^\"]+)\"|``(.+?)''|(?<!\w)‘(.+?)’(?!\w)")  # quoted
DEMONSTRATIVES = {"the", "this", "that", "these", "those"}
FAR = 8  # what it costs at most to take a word far from the one before, or one that is missing
DATELINE = re.compile(r"[A-Z]{2}[^—–]{0,60}[—–]")  # NUSA DUA, Indonesia (AP) —


@dataclass(frozen=True, slots=True)
class Statement:
    """`chain` holds the places in `words` of those with a meaning of their own.

    It leaves out dates and a dateline; `places` has those too: for each key, where in `words`.
    """

    text: str
    words: tuple[Word, ...]
    dates: tuple[Span, ...]
    chain: tuple[int, ...]
    places: Mapping[str, tuple[int, ...]]

    @property
    def refers_back(self) -> bool:
        """Whether it tells of something named before: it has "it", or begins "The building"."""
        written = [fold(word.written) for word in words_of(PHRASE.sub(" ", self.text))]
        return bool(DEMONSTRATIVES.intersection(written[:1])) or not PRONOUNS.isdisjoint(written)

    @property
    def keys(self) -> set[str]:
        return {self.words[place].key for place in self.chain}

    def is_broken(self, first: int, last: int) -> bool:
        """Whether punctuation stands between two of the words."""
        return any(self.words[place].breaks for place in range(first + 1, last + 1))


@dataclass(frozen=True, slots=True)
class Match:
    """A written sentence and one of an article; `same` says which word of the one is which."""

    claim: Statement
    said: Statement
    same: Mapping[int, int]


@lru_cache(maxsize=TEXTS_KEPT)
def read_statement(text: str) -> Statement:
    words, dates = words_of(text), date_spans(text)
    dateline = DATELINE.match(text)
    begins = dateline.end() if dateline else 0
    places: dict[str, tuple[int, ...]] = {}
    chain: list[int] = []
    for place, word in enumerate(words):
        if word.is_content:
            for key in {word.key, GOVERNMENTS.get(word.key, word.key)}:
                places[key] = (*places.get(key, ()), place)
            in_date = any(each.start <= word.start < each.end for each in dates)
            if word.start >= begins and not in_date:
                chain.append(place)
    return Statement(text, words, dates, tuple(chain), places)


def match(claim: Statement, said: Statement) -> Match:
    """Find the claim's words in the article's sentence.

    Of several the same, those are taken that stand as near together as in the claim.
    """
    chain = set(said.chain)
    paths: list[tuple[float, dict[int, int], int | None]] = [(0.0, {}, None)]
    for place in claim.chain:
        options = [at for at in said.places.get(claim.words[place].key, ()) if at in chain]
        if options:
            paths = [
                min(
                    (
                        (cost + _distance(last, option), {**path, place: option}, option)
                        for cost, path, last in paths
                    ),
                    key=lambda path: path[0],
                )
                for option in options
            ]
    return Match(claim, said, min(paths, key=lambda path: path[0])[1])


def _distance(last: int | None, option: int) -> float:
    """Return how far a word is from where it would follow; backwards counts a little more."""
    if last is None:
        return 0.0
    away = option - last
    return min(FAR, abs(away - 1) + (0.5 if away <= 0 else 0.0))
