"""The article in a web page, by trafilatura."""

import re
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from urllib.parse import urlsplit

from trafilatura import bare_extraction
from trafilatura.settings import Document

from rag.errors import ReadError
from rag.readers.encoding import decode
from rag.readers.text import read_bytes
from rag.readers.web import Page
from rag.types import RawArticle

MAX_CHARACTERS = 10_000_000  # trafilatura takes ten seconds for these
DECLARATION_WITHIN = 2048  # bytes from the beginning in which a page names its encoding
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I
)
# Only what the page states: the extensive search takes any date on the page, often of today.
EMBEDDED_DATA = re.compile(r"data:[\w/+.-]+;base64,[\w+/=]+")  # in a page saved as one file
DATE_SEARCH = {"extensive_search": False, "original_date": True}


def read_html(path: Path) -> Iterator[RawArticle]:
    """Yield the article of a saved page; the address it gives for itself becomes its url."""
    content = read_bytes(path)
    yield extract_article(_decode_page(content, str(path)), str(path))


def read_page(page: Page, source: str) -> RawArticle:
    """Return the article of a page that was fetched.

    Raises:
        ReadError: there is no article in it.
    """
    if page.media_type == "text/plain":
        return RawArticle(source, decode(page.content, source, page.charset), url=page.url)
    return extract_article(_decode_page(page.content, source, page.charset), source, page.url)


def _decode_page(content: bytes, name: str, declared: str | None = None) -> str:
    """Return the page as text: its encoding as declared by the server, else by the page itself."""
    if declared is None and (found := DECLARED.search(content[:DECLARATION_WITHIN])):
        declared = found[1].decode("ascii", "replace")
    return decode(content, name, declared)


def extract_article(page: str, source: str, url: str | None = None) -> RawArticle:
    """Return the article of a page that came from `url`, if it came from anywhere.

    Raises:
        ReadError: there is no article in it.
    """
    page = EMBEDDED_DATA.sub("", page)
    if len(page) > MAX_CHARACTERS:
        raise ReadError(
            f"{source} is {ceil(len(page) / 1e6)} MB of HTML, more than can be searched for an "
            f"article ({MAX_CHARACTERS // 1_000_000} MB); give its text as .txt"
        )
    document = _extract(page, url)
    if document is None or not (document.text or "").strip():
        raise ReadError(f"{source} has no article in it; give a page that holds one")
    blocks = filter(str.strip, (document.text or "").split("\n"))
    return RawArticle(
        source,
        "\n\n".join(blocks),
        title=document.title,
        publisher=document.sitename,
        author=document.author,
        url=url or _own_address(document.url),
        published=document.date,
    )


def _extract(page: str, url: str | None) -> Document | None:
    try:
        document = bare_extraction(
            page,
            url=url,
            with_metadata=True,
            include_comments=False,
            date_extraction_params=DATE_SEARCH,
        )
    except (ValueError, RecursionError):  # pages that no parser makes sense of
        return None
    return document if isinstance(document, Document) else None


def _own_address(url: str | None) -> str | None:
    """Return the address, unless it is that of a whole site: many articles would share it."""
    if url and url.startswith(("http://", "https://")) and urlsplit(url).path.strip("/"):
        return url
    return None
