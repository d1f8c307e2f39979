"""Which articles print the same text, and which of them is the original."""

from collections.abc import Iterable
from datetime import UTC, datetime

from rag.shingles import number_runs, share_told
from rag.types import Article

# Chosen on planted copies and on articles that only share a background; see EXPERIMENTS.md.
COPIED = 0.8  # share of the shorter article that the longer one must tell
SHORTEST = 0.33  # of the longer article; a caption is no copy of the report
DAYS_APART = 10  # copies are printed soon; next year's article on the same holiday is none
OPENING = 200  # characters in which a dateline stands
AGENCIES = ("associated press", "ap", "reuters", "afp", "agence france-presse", "dpa", "bloomberg")


def are_copies(one: Article, other: Article) -> bool:
    """Whether nearly all of the shorter article is told, in much the same words, by the longer."""
    short, long = sorted((one, other), key=lambda article: len(article.text))
    if len(short.text) < SHORTEST * len(long.text) or not _printed_together(one, other):
        return False
    return share_told(number_runs(short.text), number_runs(long.text)) >= COPIED


def by_origin(articles: Iterable[Article]) -> list[Article]:
    """Return the articles with the one first that the others are likely copies of.

    It is the earliest; on the same day the one whose publisher others name as their source, then an
    agency, then the earlier by the clock. Articles without a date come last.
    """
    known = list(articles)

    def order(article: Article) -> tuple[bool, str, bool, bool, str]:
        named = any(_names(other, article.publisher) for other in known if other is not article)
        agency = (article.publisher or "").casefold() in AGENCIES
        day = article.published_on
        return (day is None, str(day or ""), not named, not agency, _clock(article))

    return sorted(known, key=order)


def _printed_together(one: Article, other: Article) -> bool:
    first, second = one.published_on, other.published_on
    return not (first and second) or abs((first - second).days) <= DAYS_APART


def _names(article: Article, publisher: str | None) -> bool:
    """Whether the article names a publisher as its source: as its author, or where it begins."""
    if not publisher or publisher == article.publisher:
        return False
    return publisher in f"{article.author or ''} {article.text[:OPENING]}"


def _clock(article: Article) -> str:
    published = article.published
    return published.astimezone(UTC).isoformat() if isinstance(published, datetime) else "z"
