"""Quotes of other articles that answer with another number, day, place or cause."""

from collections.abc import Iterable, Sequence

from rag.checks.wording import words_of
from rag.chunking import heading
from rag.expectation import expected_kind
from rag.types import Article, Quote
from rag.values import differ
from rag.words import content_stems

SAME_MATTER = 0.6  # share of the question's meaning words that a rival and its headline must have
SAME_CLAIM = 0.5  # share of those in the cited words that the rival's own words must have
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
    return False not in told.values() and any(_same_matter(quote, c, question) for c in others)


def _same_matter(quote: Quote, cited: Quote, question: str) -> bool:
    """Whether the quote is about what is asked, and claims of it what the cited one does."""
    asked = {w.key for w in words_of(question) if w.is_content and content_stems(w.written)}
    about = asked & _keys(f"{heading(quote.article)} {quote.text}")
    claimed = asked & _keys(cited.text)
    shared = claimed & _keys(quote.text)
    return len(about) >= SAME_MATTER * len(asked) and len(shared) >= SAME_CLAIM * len(claimed) > 0


def _keys(text: str) -> set[str]:
    return {word.key for word in words_of(text)}
