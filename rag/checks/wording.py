"""A text as the words that sentences are compared by: variants alike, numbers by their value."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.checks.amounts import Amount, Token, read_amounts
from rag.checks.variants import BASE_OF, VARIANTS
from rag.words import CONTENT_STEMS, STEMS

TEXTS_KEPT = 4096  # the sentences of some hundred passages, which every sentence is compared with
WORDS_KEPT = 50_000
TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|\d{1,3}(?:, ?\d{3})*, 000\b"  # as tables and PDFs break a figure
    r"|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[’'][^\W\d_]+)*"
)
NO_COUNTRIES = {
    "us",
    "un",
    "polish",
    "poles",
    "turkey",
    "swede",
    "dane",
    "danes",
}  # in small letters
POSSESSIVE = re.compile(r"[’']s$", re.IGNORECASE)
CONNECTORS = set(VARIANTS.connectors)
BREAK = re.compile(r"[,;:()“”\"—–]")

Ways = dict[str, list[tuple[tuple[str, ...], str]]]  # first stem -> stems of a phrase, its key


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or several that count as one ("United States", "12 million").

    The same `key`, the same meaning. `breaks` says that punctuation stands before it.
    """

    written: str
    key: str
    start: int
    end: int
    is_content: bool
    breaks: bool
    amount: Amount | None = None

    @property
    def is_capital(self) -> bool:
        return self.written[0].isupper()


def fold(word: str) -> str:
    """Return the word in small letters, without its possessive and the dots of initials."""
    composed = unicodedata.normalize("NFC", POSSESSIVE.sub("", word))
    return composed.replace(".", "").replace("’", "'").casefold()


@lru_cache(maxsize=WORDS_KEPT)
def stem(word: str) -> str:
    """Return what forms of a word have in common: `struck` is `strike`."""
    folded = fold(word)
    return "".join(STEMS.analyze(BASE_OF.get(folded, folded))) or folded


@lru_cache(maxsize=WORDS_KEPT)
def is_content_word(word: str) -> bool:
    folded = fold(word)
    if word.isupper() and len(folded) > 1:
        return True  # WHO
    return folded not in CONNECTORS and bool(CONTENT_STEMS.analyze(folded))


def _ways(groups: Iterable[Sequence[str]]) -> Ways:
    """Return every way to write the first of each group, by its first stem, longest first."""
    found: Ways = {}
    for group in groups:
        key = " ".join(map(stem, group[0].split()))
        for written in group:
            stems = tuple(map(stem, written.split()))
            found.setdefault(stems[0], []).append((stems, key))
    return {first: sorted(ways, key=lambda way: -len(way[0])) for first, ways in found.items()}


COUNTRIES = _ways(country.names for country in VARIANTS.countries)
MEANINGS = _ways(VARIANTS.same)
GOVERNMENTS = {
    stem(country.capital): stem(country.names[0])
    for country in VARIANTS.countries
    if country.capital
}


@lru_cache(maxsize=TEXTS_KEPT)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words in order; amounts, countries and set phrases are one word each."""
    tokens = [Token(match[0], match.start(), match.end()) for match in TOKEN.finditer(text)]
    amounts = {amount.first: amount for amount in read_amounts(text, tokens)}
    return tuple(_words(text, tokens, amounts))


def _words(text: str, tokens: Sequence[Token], amounts: Mapping[int, Amount]) -> Iterator[Word]:
    place = last_end = 0
    while place < len(tokens):
        amount = amounts.get(place)
        key, count = (amount.key, amount.tokens) if amount else _key(tokens, place)
        start, end = tokens[place].start, tokens[place + count - 1].end
        yield Word(
            text[start:end],
            key,
            start,
            end,
            is_content=count > 1 or amount is not None or is_content_word(tokens[place].written),
            breaks=start > last_end + 1 and BREAK.search(text, last_end, start) is not None,
            amount=amount,
        )
        place, last_end = place + count, end


def _key(tokens: Sequence[Token], place: int) -> tuple[str, int]:
    """Return what the words at `place` are compared by, and how many of them say it."""
    written = tokens[place].written
    first = stem(written)
    for table in (COUNTRIES, MEANINGS) if written not in NO_COUNTRIES else (MEANINGS,):
        for stems, key in table.get(first, ()):
            following = tokens[place : place + len(stems)]
            if stems == tuple(stem(token.written) for token in following):
                return key, len(stems)
    return first, 1
