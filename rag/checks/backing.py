"""Which quotes may prove a sentence: the likeliest alone, then with a second one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from rag.checks.actors import Known, Name
from rag.checks.closeness import closeness, covered
from rag.checks.dates import Asking, unproved_date
from rag.checks.grammar import main_verb
from rag.checks.names import names_of
from rag.checks.statements import TEXTS_KEPT, Statement, read_statement
from rag.types import Quote
from rag.words import content_stems

LIKELY = 8  # quotes that are looked at closely: those with most of the sentence's words
FIRSTS, SECONDS = 3, 2  # tried as the first of a proof, and with each as the second
FIGURES = 0.3  # what it counts, as a share of the words, to have all numbers of the sentence
SENTENCES_BACK = 4  # as far as "he" may mean somebody
SAME_SUBJECT = 0.4  # share of the words that a quote of another article must have
JOINED = re.compile(
    r"\b(?:and|but|while|because|after|before|who|which|where|when|than)\b|[,;:]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A written sentence with the question it answers, and the quotes that might prove it."""

    statement: Statement
    asked: Statement
    names: Sequence[Name]
    quotes: Sequence[Quote]
    known: Known
    asking: Asking | None

    @property
    def name_keys(self) -> set[str]:
        return {word.key for name in self.names for word in name}


def read_claim(
    sentence: str, quotes: Sequence[Quote], question: str, today: date | None = None
) -> Claim:
    """Keep of the quotes those that have most of the sentence's words, and those before them."""
    quotes = [quote for quote in quotes if _states(quote)]
    stems = _stems(sentence)
    shared = [len(stems & _stems(quote.text)) for quote in quotes]
    order = sorted(range(len(quotes)), key=lambda place: -shared[place])
    likely = [quotes[place] for place in order[:LIKELY]]
    near = [each for quote in likely[:FIRSTS] for each in quotes_before(quote, quotes)]
    kept = list(dict.fromkeys([*likely, *near]))
    words = [word for quote in kept for word in said_in(quote).words]
    written = {word.key for word in words if word.is_capital and word.start}
    statement = read_statement(sentence)
    names = names_of(statement, [quote.text for quote in quotes])
    known = Known({word.key for word in words}, written)
    asked = read_statement(question)
    dates = frozenset(question[each.start : each.end].lower() for each in asked.dates)
    asking = Asking(dates, today) if today else None
    return Claim(statement, asked, names, kept, known, asking)


def _states(quote: Quote) -> bool:
    """Whether it says something: a question does not, nor a mere dateline."""
    return not quote.text.endswith("?") and bool(said_in(quote).places)


@lru_cache(maxsize=TEXTS_KEPT)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))


def said_in(quote: Quote) -> Statement:
    return read_statement(quote.text)


def quotes_before(quote: Quote, quotes: Sequence[Quote]) -> list[Quote]:
    """Return the sentences of the article that stand shortly before the quote, nearest first."""
    earlier = [
        each for each in quotes if each.article.id == quote.article.id and each.start < quote.start
    ]
    return sorted(earlier, key=lambda each: -each.start)[:SENTENCES_BACK]


def backings(claim: Claim) -> Iterator[list[Quote]]:
    """Yield what may prove the sentence, the likeliest first: one quote, or two.

    Of two, the first tells what happened, and the second no more of it.
    """
    figures = {word.key for word in claim.statement.words if word.amount}

    def overlap(quote: Quote) -> float:
        said = said_in(quote)
        counted = FIGURES if figures and figures <= said.places.keys() else 0.0
        return covered(claim.statement, [said]) + covered(claim.asked, [said]) / 10 + counted

    def fitness(quote: Quote) -> float:
        return overlap(quote) + closeness(claim.statement, [said_in(quote)], claim.asked) / 2

    def told(quote: Quote) -> int:
        return len((claim.statement.keys - claim.name_keys) & said_in(quote).places.keys())

    hopeful = sorted(claim.quotes, key=overlap, reverse=True)[: 2 * FIRSTS]
    for first in sorted(hopeful, key=fitness, reverse=True)[:FIRSTS]:
        yield [first]
        yield from ([first, each] for each in _seconds(claim, first) if told(each) <= told(first))


def _seconds(claim: Claim, first: Quote) -> list[Quote]:
    """Return the likeliest quotes to prove, with the first, what the first alone does not."""
    gains = []
    undated = unproved_date(claim.statement, [first], claim.asking) is not None
    missing = claim.statement.places.keys() - said_in(first).places.keys()
    for quote in claim.quotes:
        gained = missing & said_in(quote).places.keys()
        dates = undated and not unproved_date(claim.statement, [first, quote], claim.asking)
        if quote is not first and _may_join(claim, first, quote, gained, dates=dates):
            is_before = quote in quotes_before(first, claim.quotes)
            gains.append((len(gained & claim.name_keys) + dates, len(gained), is_before, quote))
    gains.sort(key=lambda gain: gain[:3], reverse=True)
    return [gain[-1] for gain in gains[:SECONDS]]


def _may_join(claim: Claim, first: Quote, quote: Quote, gained: set[str], *, dates: bool) -> bool:
    """Whether what a second quote adds may be said of what the first tells."""
    same = quote.article.id == first.article.id
    if not same and claim.names and not claim.name_keys & said_in(first).places.keys():
        return False
    if dates and (same or covered(claim.statement, [said_in(quote)]) >= SAME_SUBJECT):
        return True
    return same and (
        _lends_name(claim, first, quote, gained)
        or _lends_number(claim, first, quote, gained)
        or (len(gained) >= 2 and JOINED.search(claim.statement.text) is not None)
    )


def _lends_name(claim: Claim, first: Quote, quote: Quote, gained: set[str]) -> bool:
    """Whether it says who "she" is, or has the whole of a name that the question gave."""
    names = gained & claim.name_keys
    if names & claim.asked.places.keys():
        return True
    verb = main_verb(claim.statement)
    subject = {word.key for word in claim.statement.words[:verb]}
    is_meant = said_in(first).refers_back and quote in quotes_before(first, claim.quotes)
    return bool(names & subject) and is_meant


def _lends_number(claim: Claim, first: Quote, quote: Quote, gained: set[str]) -> bool:
    """Whether a number stands next door, or behind the same word in both: "Dahlgren, 43"."""
    figures = {key for key in gained if key.startswith("#")}
    if not figures:
        return False
    neighbours = (quotes_before(first, claim.quotes)[:1], quotes_before(quote, claim.quotes)[:1])
    if quote in neighbours[0] or first in neighbours[1]:
        return True
    kept = _neighbours(claim.statement) & _neighbours(said_in(quote))
    return any(key in figures for _, key in kept)


def _neighbours(statement: Statement) -> set[tuple[str, str]]:
    words = statement.words
    return {(words[one].key, words[other].key) for one, other in pairwise(statement.chain)}
