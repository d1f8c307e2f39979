"""Numbers and quoted phrases of a written sentence: each must stand in what supports it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rag.checks.amounts import SIGNED, Amount
from rag.checks.grammar import looks_past
from rag.checks.statements import PHRASE, Statement
from rag.checks.wording import Word, stem

LETTERS = re.compile(r"\w+")
TIMES = {stem(word) for word in ("minute", "hour", "day", "night", "week", "month", "year")}
BEGINNING = {stem(word) for word in ("since", "begin", "launch", "open")}
OF = "of"  # behind a number: "4,000 of its residents"


class Counted(NamedTuple):
    """A number, and the word behind it, which is what it counts where it has no unit."""

    amount: Amount
    noun: str | None


def unproved_amount(claim: Statement, quoted: Sequence[Statement]) -> str | None:
    """Return, as written, the first number that no quote has, or has only of something else."""
    found = [each for statement in quoted for _, each in _counted(statement)]
    for place, counted in _counted(claim):
        start = claim.words[place].start
        if any(each.start <= start < each.end for each in claim.dates):
            continue
        if _is_first_time(counted) and any(BEGINNING & each.places.keys() for each in quoted):
            continue
        same = [each for each in found if each.amount.key == counted.amount.key]
        if not any(_counts_the_same(counted, each, found) for each in same):
            return claim.words[place].written
    return None


def _is_first_time(counted: Counted) -> bool:
    """Whether it is the first of the "first day", which an article may tell as the beginning."""
    amount = counted.amount
    return amount.is_ordinal and amount.value == 1 and counted.noun in TIMES


def _counted(statement: Statement) -> Iterator[tuple[int, Counted]]:
    words = statement.words
    for place, word in enumerate(words):
        if word.amount:
            after = words[place + 1] if place + 1 < len(words) else None
            yield place, Counted(word.amount, after.key if after and _is_noun(after) else None)


def _is_noun(word: Word) -> bool:
    is_other = word.breaks or word.amount or looks_past(word)
    return not is_other and (word.is_content or word.key == OF)


def _counts_the_same(claimed: Counted, said: Counted, others: Iterable[Counted]) -> bool:
    """Whether a number of the article may be the sentence's: 12 people are not 12 percent."""
    ours, theirs = claimed.amount.unit, said.amount.unit
    if ours and theirs:
        return ours == theirs
    if ours:
        return said.noun is None or any(each.amount.unit == ours for each in others)
    if claimed.noun is None or said.noun in (claimed.noun, OF):
        return True
    if theirs or said.noun is None:
        return theirs not in SIGNED
    return not any(each.noun == claimed.noun for each in others)


def unproved_phrase(claim: Statement, quoted: Iterable[Statement]) -> str | None:
    """Return the first phrase in quotation marks whose words no quote has in their order."""
    texts = [_letters(statement.text) for statement in quoted]
    for match in PHRASE.finditer(claim.text):
        phrase = next(part for part in match.groups() if part)
        if not any(_letters(phrase) in text for text in texts):
            return phrase
    return None


def _letters(text: str) -> str:
    return f" {' '.join(LETTERS.findall(text.casefold()))} "
