"""Numbers in a text by value and unit: "$3.5bn" is 3,500,000,000 dollars, "a dozen" is 12."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from text_to_num import find_numbers

from rag.checks.variants import UNIT_OF


class Token(NamedTuple):
    written: str
    start: int
    end: int


WORDS_KEPT = 50_000
FACTORS = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
ABBREVIATED = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}  # as in $7.5m
ORDINAL_ENDINGS = {"st", "nd", "rd", "th"}
CURRENCIES = {"dollar", "euro", "pound", "yen", "yuan", "franc", "rouble", "rupee"}
SIGNED = CURRENCIES | {"percent"}  # a sign can say them too, so they count as part of the number
WIDENED = {"square", "cubic", "nautical"}  # a square metre is another unit than a metre
NEAR = 4  # words; the currency of "from 7.5m to 6.6m euros" stands that far from its first m
NO_NUMBERS = {"one", "seconds", "hundreds", "thousands", "millions", "billions", "trillions"}
SIGN_BEFORE = re.compile(r"([$€£¥])\s?$")
SIGN_AFTER = re.compile(r"\s?([%$€£])")
THOUSANDS = re.compile(r"\d{1,3}(?:, ?\d{3})+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: the `tokens` from the one at `first` on say it; the same `key`, the same number."""

    first: int
    tokens: int
    value: Decimal
    is_ordinal: bool = False
    unit: str | None = None

    @property
    def key(self) -> str:
        return f"#{_plain(self.value)}{'th' if self.is_ordinal else ''}"


@lru_cache(maxsize=WORDS_KEPT)
def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A token as text2num reads it."""

    written: str
    is_apart: bool  # more than a space or a hyphen stands before it
    is_figure: bool

    def text(self) -> str:
        return self.written

    def nt_separated(self, _previous: "Spoken") -> bool:
        return self.is_apart

    def not_a_number_part(self) -> bool:
        return self.is_figure


def read_amounts(text: str, tokens: Sequence[Token]) -> list[Amount]:
    """Return the numbers in order; "one" and "thousands" are none."""
    words = [token.written.lower() for token in tokens]
    found = [*_figures(text, tokens, words), *_spelled(text, tokens, words), *_dozens(words)]
    return [
        _with_unit(text, tokens, words, each) for each in sorted(found, key=lambda each: each.first)
    ]


def _figures(text: str, tokens: Sequence[Token], words: Sequence[str]) -> Iterator[Amount]:
    for place, token in enumerate(tokens):
        if not token.written[0].isdigit():
            continue
        suffix = _touching(tokens, place)
        value = _value(token.written)
        if suffix in ORDINAL_ENDINGS:
            yield Amount(place, 2, value, is_ordinal=True)
        elif suffix in ABBREVIATED and (
            suffix != "m" or _is_money(text, token, words[place + 2 :])
        ):
            yield Amount(place, 2, value * ABBREVIATED[suffix])
        else:
            yield _multiplied(words, Amount(place, 1, value))


def _value(written: str) -> Decimal:
    """Return the value of a figure; 2:39 counts as 2.39, and 1.2.3 as no number there is."""
    plain = re.sub(", ?", "", written) if THOUSANDS.fullmatch(written) else written
    parts = re.split(r"[.,:]", plain)
    return Decimal(".".join(parts) if len(parts) == 2 else "".join(parts))


def _touching(tokens: Sequence[Token], place: int) -> str:
    """Return the word right behind a figure, as in 61st and 7.5m."""
    if place + 1 == len(tokens) or tokens[place + 1].start != tokens[place].end:
        return ""
    return tokens[place + 1].written.lower()


def _is_money(text: str, figure: Token, following: Sequence[str]) -> bool:
    """Whether 100m is a hundred million and no distance: a currency's sign or name is with it."""
    named = any(UNIT_OF.get(word) in CURRENCIES for word in following[:NEAR])
    return named or SIGN_BEFORE.search(text, 0, figure.start) is not None


def _multiplied(words: Sequence[str], amount: Amount) -> Amount:
    """Return the amount with the magnitudes that follow it: 3 million, two dozen."""
    value, end = amount.value, amount.first + amount.tokens
    while end < len(words) and words[end] in FACTORS:
        value, end = value * FACTORS[words[end]], end + 1
    return replace(amount, value=value, tokens=end - amount.first)


@lru_cache(maxsize=WORDS_KEPT)
def _says_number(word: str) -> bool:
    return bool(find_numbers([Spoken(word, is_apart=False, is_figure=False)], "en", threshold=0))


def _spelled(text: str, tokens: Sequence[Token], words: Sequence[str]) -> Iterator[Amount]:
    if not any(map(_says_number, words)):
        return
    spoken = []
    for place, word in enumerate(words):
        before = text[tokens[place - 1].end : tokens[place].start] if place else ""
        of_figure = word in FACTORS and place > 0 and words[place - 1][0].isdigit()
        spoken.append(Spoken(word, before not in (" ", "-"), word[0].isdigit() or of_figure))
    for found in find_numbers(spoken, "en", threshold=0):
        if found.end - found.start == 1 and words[found.start] in NO_NUMBERS:
            continue
        value = Decimal(found.value if found.value % 1 else int(found.value))
        halved = tuple(words[max(0, found.start - 2) : found.start]) == ("half", "a")
        amount = Amount(
            found.start,
            found.end - found.start,
            value / 2 if halved else value,
            is_ordinal=found.is_ordinal,
        )
        yield _multiplied(words, amount)


def _dozens(words: Sequence[str]) -> Iterator[Amount]:
    """Yield "a dozen" and "half a dozen", which text2num does not know."""
    for place, word in enumerate(words):
        before = words[max(0, place - 2) : place]
        if word == "dozen" and before[-1:] in (["a"], ["half"]):
            yield Amount(place, 1, Decimal(6 if "half" in before else 12))


def _with_unit(text: str, tokens: Sequence[Token], words: Sequence[str], amount: Amount) -> Amount:
    end = amount.first + amount.tokens
    before = SIGN_BEFORE.search(text, 0, tokens[amount.first].start)
    sign = before or SIGN_AFTER.match(text, tokens[end - 1].end)
    if sign:
        return replace(amount, unit=UNIT_OF[sign[1]])
    wide = words[end] if end < len(words) and words[end] in WIDENED else ""
    named = end + bool(wide)
    unit = UNIT_OF.get(words[named]) if named < len(words) else None
    if tuple(words[end : end + 2]) == ("per", "cent"):
        unit, named = "percent", end + 1
    if unit in SIGNED:
        return replace(amount, unit=unit, tokens=named + 1 - amount.first)
    return replace(amount, unit=f"{wide} {unit}".strip() if unit else None)
