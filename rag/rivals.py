"""Quotes of other articles that answer with another number, day, place or cause."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from rag.checks.wording import words_of
from rag.expectation import expected_kind
from rag.types import Article, Quote
from rag.values import differ
from rag.words import content_stems, proper_names

SAME_MATTER = 0.6  # share of the question's meaning words that a rival and its headline must have
SAME_CLAIM = 0.65  # share of those in the cited words that it must have: all of two, two of three
OWN_CLAIM = 0.5  # share of these that its own words must have, without the headline
SAME_TIME = timedelta(days=31)  # between two reports of one matter
SHOWN = 2  # of more articles that disagree, the best


def find_rivals(question: str, cited: Sequence[Quote], found: Iterable[Quote]) -> list[Quote]:
    """Return the first quote of each other article that answers otherwise than the cited ones.

    A quote that also says what is cited ("to 512, up from 340") does so only where it is newer.
    """
    known = {quote.article.id for quote in cited}
    rivals: dict[str, Quote] = {}
    for quote in found:
        if quote.article.id not in known and _is_rival(quote, cited, question):
            rivals.setdefault(quote.article.id, quote)
    return list(rivals.values())[:SHOWN]


def newest(quotes: Iterable[Quote]) -> Article | None:
    """Return the article published last; None where a date is unknown or the last day is shared."""
    articles = list({quote.article.id: quote.article for quote in quotes}.values())
    days = [article.published_on for article in articles]
    if not days or None in days:
        return None
    last = max(day for day in days if day)
    return articles[days.index(last)] if days.count(last) == 1 else None


def _is_rival(quote: Quote, cited: Sequence[Quote], question: str) -> bool:
    kind = expected_kind(question)
    told = {each: differ(kind, each, quote, question) for each in cited}
    others = [each for each, differs in told.items() if differs]
    return (
        False not in told.values()
        and _names_the_same(quote, question)
        and any(_same_matter(quote, each, question) for each in others)
    )


def _same_matter(quote: Quote, cited: Quote, question: str) -> bool:
    """Whether the quote is about what is asked, then, and claims of it what the cited one does."""
    asked = {w.key for w in words_of(question) if w.is_content and content_stems(w.written)}
    about = asked & _keys(f"{quote.article.title}. {quote.text}")
    claimed = asked & _keys(cited.text)
    return (
        _are_near(quote, cited)
        and len(about) >= SAME_MATTER * len(asked)
        and len(claimed & about) >= SAME_CLAIM * len(claimed) > 0
        and len(claimed & _keys(quote.text)) >= OWN_CLAIM * len(claimed)
    )


def _names_the_same(quote: Quote, question: str) -> bool:
    """Whether it has the question's names; one that names nobody may leave them to its headline."""
    asked = set(content_stems(" ".join(proper_names(question))))
    named = proper_names(quote.text)
    told = quote.text if named else f"{quote.article.title}. {quote.text}"
    return asked <= set(content_stems(told))


def _are_near(quote: Quote, cited: Quote) -> bool:
    """Whether both appeared about the same time: what changes over months is no disagreement."""
    one, other = quote.article.published_on, cited.article.published_on
    return one is None or other is None or abs(one - other) <= SAME_TIME


def _keys(text: str) -> set[str]:
    return {word.key for word in words_of(text)}
