"""RSS and Atom feeds, by feedparser: the article behind each entry, dated by the feed."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import feedparser

from rag.errors import ReadError
from rag.readers.html import extract_article, read_page
from rag.readers.web import Page
from rag.types import FailedSource, RawArticle

BEGINNING_BYTES = 2000
FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b")
WEB_PAGE = re.compile(rb"<(?:!doctype\s+)?html\b", re.IGNORECASE)
MAX_ENTRIES = 500  # each is a page to fetch; newspapers' feeds have some dozens
SUBSTANTIAL_CHARACTERS = 400  # an entry's own text of this length is an article, not a teaser

Fetch = Callable[[str], Page]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of an article; empty where it says nothing."""

    link: str
    title: str
    author: str
    published: str
    content: str  # HTML


def is_feed(page: Page) -> bool:
    """Tell by the content: servers call feeds XML, text, and HTML as well."""
    beginning = page.content[:BEGINNING_BYTES]
    return bool(FEED.search(beginning)) and not WEB_PAGE.search(beginning)


def read_feed(page: Page, fetch: Fetch) -> Iterator[RawArticle | FailedSource]:
    """Yield the article of each entry, in the feed's order.

    Raises:
        ReadError: the feed cannot be read, or has no entries.
    """
    headers = {"content-location": page.url, "content-type": page.media_type or "text/xml"}
    parsed = feedparser.parse(io.BytesIO(page.content), response_headers=headers)
    publisher = parsed.feed.get("title", "")
    entries = [_entry(entry) for entry in parsed.entries[:MAX_ENTRIES]]
    if not entries:
        raise ReadError(f"{page.url} is a feed without entries; try again later")
    for number, entry in enumerate(entries, start=1):
        source = entry.link or f"{page.url}, entry {number}"
        try:
            article = _article(entry, source, fetch)
        except ReadError as error:
            yield FailedSource(source, str(error))
        else:
            yield replace(
                article,
                title=entry.title or article.title,
                publisher=publisher or article.publisher,
                author=article.author or entry.author or None,
                published=entry.published or article.published,
            )
    if left := len(parsed.entries) - len(entries):
        yield FailedSource(
            page.url,
            f"{page.url} has {left:,} entries more than the {MAX_ENTRIES} that are read of a feed; "
            "give the addresses of those that matter",
        )


def _entry(entry: feedparser.FeedParserDict) -> Entry:
    contents = [content.get("value", "") for content in entry.get("content", [])]
    return Entry(
        link=entry.get("link", ""),
        title=entry.get("title", ""),
        author=entry.get("author", ""),
        published=entry.get("published", "") or entry.get("updated", ""),
        content=max([*contents, entry.get("summary", "")], key=len),
    )


def _article(entry: Entry, source: str, fetch: Fetch) -> RawArticle:
    """Return what the entry's page holds, else what the entry itself holds if that is enough."""
    try:
        return read_page(fetch(entry.link), source)
    except ReadError:
        html = f"<html><body><article>{entry.content}</article></body></html>"
        url = entry.link if entry.link.startswith(("http://", "https://")) else None
        if len(entry.content) >= SUBSTANTIAL_CHARACTERS:
            article = extract_article(html, source, url)
            if len(article.text) >= SUBSTANTIAL_CHARACTERS:
                return article
        raise
