"""Raw article -> article: title, date, publisher and author found, what is not it dropped."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import PurePath

from rag.boilerplate import find_links, is_boilerplate
from rag.bylines import date_of, host_of, is_own_site
from rag.errors import ReadError
from rag.headlines import Head, read_head
from rag.publication import RECORD, read_date, read_date_in_name
from rag.types import Article, DateOrigin, RawArticle

TIME_ZONES = timedelta(days=2)  # somewhere it is tomorrow already; later dates are mistakes
OPENING_WORDS = 80  # characters of a text that has to lend its first words as title
SLUG_LENGTH = 60
WRAPPED_LINE = range(40, 101)  # length of a line that was broken to fit a page's width

LINE_BREAK = re.compile("[\r\v\f\x85\u2028\u2029]")
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]+")
WORD = re.compile(r"[^\W_]")
SENTENCE_END = (".", "!", "?", ":", '"', "”", "’", ")")
NO_SLUG = re.compile(r"[^a-z0-9]+")
BY = re.compile(r"\Aby\s+", re.IGNORECASE)


def clean(raw: RawArticle, *, today: date | None = None) -> Article:
    """Return the article in what a reader found.

    Every line of its text is a line of `normalise(raw.text)`. A date after `today`, by default the
    present day, is no date.

    Raises:
        ReadError: there is no text besides what is dropped.
    """
    latest = (today or datetime.now(UTC).date()) + TIME_ZONES
    lines = normalise(raw.text).split("\n")
    head = read_head(lines, _one_line(raw.title))
    url = _one_line(raw.url) if (raw.url or "").startswith(("http://", "https://")) else None
    publisher = _one_line(raw.publisher) or _publisher(head, url)
    text = _join(lines, head.numbers, publisher)
    if not WORD.search(text):
        raise ReadError(f"{raw.source} has no text that belongs to an article; add one that has")
    author = _one_line(raw.author)
    published, origin = _published(raw, head, latest)
    return Article(
        id=_one_line(raw.id) or url or made_id(raw.source),
        title=head.title or _opening(text),
        text=text,
        publisher=publisher,
        author=BY.sub("", author) if author else head.author,
        url=url,
        published=published,
        published_origin=origin,
    )


def normalise(text: str) -> str:
    """Return the text with plain line ends, nothing at the ends of lines, nothing unprintable."""
    lines = text.replace("\r\n", "\n").split("\n")
    printable = (line if line.isprintable() else _printable(line) for line in lines)
    return "\n".join(line.rstrip() for line in "\n".join(printable).split("\n"))


def _printable(line: str) -> str:
    return INVISIBLE.sub("", LINE_BREAK.sub("\n", line))


def _one_line(value: str | None) -> str | None:
    return " ".join(normalise(value).split()) or None if value else None


def _join(lines: list[str], left_out: set[int], publisher: str | None) -> str:
    """Return the lines that belong to the article, paragraphs apart by one empty line."""
    paragraphs: list[list[str]] = []  # an empty one stands for empty lines
    for is_filled, block in groupby(enumerate(lines), key=lambda numbered: bool(numbered[1])):
        if is_filled:
            remaining = [line for number, line in block if number not in left_out]
            paragraphs.extend(_paragraphs(remaining))
        else:
            paragraphs.append([])
    joined = [" ".join(paragraph) for paragraph in paragraphs]
    links = find_links(joined)
    kept: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if not paragraph:
            kept.extend([""] if kept and kept[-1] else [])
        elif number not in links and not is_boilerplate(joined[number], publisher):
            kept.extend(paragraph)
    return "\n".join(kept).rstrip("\n")


def _paragraphs(block: list[str]) -> Iterator[list[str]]:
    """Yield the whole block if it is one paragraph in several lines, else each of its lines."""
    broken = block[:-1]
    ended = sum(line.endswith(SENTENCE_END) for line in broken)
    if broken and ended * 2 < len(broken) and all(len(line) in WRAPPED_LINE for line in broken):
        yield block
    else:
        yield from ([line] for line in block)


def _published(
    raw: RawArticle, head: Head, latest: date
) -> tuple[date | datetime | None, DateOrigin | None]:
    """Return the most trustworthy date that there is, and where it stood."""
    if raw.published and (stated := read_date(raw.published, latest)):
        return stated, DateOrigin.METADATA
    named = read_date_in_name(raw.source, raw.url, latest)
    written = [read_date(day, latest) if day else None for day in (head.published, head.changed)]
    if written[0]:
        return written[0], DateOrigin.TEXT
    changed = written[1].date() if isinstance(written[1], datetime) else written[1]
    day = date_of(head.dateline, changed or named) if head.dateline else None
    if found := (day and read_date(day.isoformat(), latest)) or written[1]:
        return found, DateOrigin.TEXT
    return named, DateOrigin.FILE if named else None


def _publisher(head: Head, url: str | None) -> str | None:
    """Return the agency, unless the article stands on its own site: one site, one name."""
    agency = head.agency or (head.dateline.publisher if head.dateline else None)
    host = host_of(url)
    if agency and not is_own_site(agency, host):
        return agency
    return host or head.outlet


def made_id(source: str) -> str:
    """Return an id for what has none: readable, the same each time, different for each source."""
    stem = PurePath(RECORD.sub("", source)).stem
    ascii_stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    slug = NO_SLUG.sub("-", ascii_stem.lower())[:SLUG_LENGTH].strip("-")
    digest = hashlib.sha256(source.encode("utf-8", "backslashreplace")).hexdigest()[:8]
    return f"{slug or 'article'}-{digest}"


def _opening(text: str) -> str:
    """Return the first words of a text, to stand for the title that it lacks."""
    line = " ".join(text.lstrip().partition("\n")[0].split())
    if len(line) <= OPENING_WORDS:
        return line
    words = line[:OPENING_WORDS].rpartition(" ")[0] or line[:OPENING_WORDS]
    return f"{words}…"
