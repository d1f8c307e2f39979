"""What a visitor gives (files, addresses, text) -> records, named as the visitor knows them."""

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx

from rag.adding import Record
from rag.cleaning import made_id
from rag.errors import ReadError
from rag.page.escaping import web_host
from rag.publication import read_date
from rag.reading import printable, read
from rag.types import FailedSource, RawArticle

LONGEST_PASTE = 1_000_000  # characters: ten times a long report
MOST_ADDRESSES = 100  # in one go
PASTED = "Pasted text"  # its name, for people


@dataclass(frozen=True, slots=True)
class Pasted:
    """An article as a visitor pasted it; all but the text may be empty."""

    text: str
    title: str = ""
    publisher: str = ""
    published: str = ""


def read_uploads(uploads: Sequence[Path], owner: str = "") -> Generator[Record, None, None]:
    """Yield what uploaded files hold; in the end they are deleted, read or not.

    An article's identity is the name of its file, not where the server keeps it: an edited file
    replaces what it held before. `owner` says whose files those are: those of others are others.
    """
    try:
        for upload, name in zip(uploads, _names(uploads), strict=True):
            for record in read(upload):
                yield _owned(_named(record, upload, name), owner)
    finally:
        for upload in uploads:
            upload.unlink(missing_ok=True)


def read_addresses(
    addresses: str, make_client: Callable[[], httpx.Client] = httpx.Client
) -> Generator[Record, None, None]:
    """Yield the articles of pages and feeds; addresses stand apart by spaces or lines.

    Nothing that is given here is ever read as the name of a file.
    """
    given = printable(addresses).split()
    with closing(make_client()) as client:
        for address in given[:MOST_ADDRESSES]:
            yield from read(address if "://" in address else f"https://{address}", client=client)
    for address in given[MOST_ADDRESSES:]:
        reason = f"{address} is one address too many at once; give it again"
        yield FailedSource(address, reason)


def read_pasted(pasted: Pasted) -> RawArticle:
    """Return pasted text as an article; the same text is the same article, whatever its title.

    Raises:
        ReadError: there is no text, too much of it, or its date cannot be read.
    """
    text = printable(pasted.text).strip()
    if not text:
        raise ReadError("there is no text yet; paste that of one article")
    if len(text) > LONGEST_PASTE:
        raise ReadError(
            f"this is more than one article can be ({LONGEST_PASTE:,} characters); save it as a "
            "file and drop that"
        )
    if len(text.split()) == 1 and "://" in text:
        raise ReadError("this is an address; give it in the box for pages and feeds")
    published = pasted.published.strip()
    if published and read_date(published, datetime.now(UTC).date()) is None:
        raise ReadError(
            f"{published[:60]!r} is no date that can be read, or in the future; write 2023-08-14 "
            "or 14 August 2023"
        )
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return RawArticle(
        PASTED,
        text,
        id=f"pasted-{digest}",
        title=pasted.title.strip() or None,
        publisher=pasted.publisher.strip() or None,
        published=published or None,
    )


def name_uploads(uploads: Sequence[Path]) -> str:
    """Return what to call uploads that came together."""
    more = len(uploads) - 1
    others = "" if not more else " and 1 more file" if more == 1 else f" and {more:,} more files"
    return printable(uploads[0].name) + others


def _names(uploads: Iterable[Path]) -> Iterator[str]:
    """Yield a name for each; files of one name that come together are told apart."""
    seen: dict[str, int] = {}
    for upload in uploads:
        name = printable(upload.name)
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _named(record: Record, upload: Path, name: str) -> Record:
    """Say the file's name wherever the record says where the server keeps it."""
    places = [printable(str(place)) for place in (upload.resolve(), upload)]
    source = _replaced(record.source, places, name)
    if isinstance(record, FailedSource):
        return FailedSource(source, _replaced(record.reason, places, name))
    return replace(record, source=source)


def _owned(record: Record, owner: str) -> Record:
    """Give an article that has no identity of its own that of its owner's file."""
    if isinstance(record, FailedSource) or record.id or web_host(record.url):
        return record
    return replace(record, id=made_id(f"{owner}/{record.source}"))


def _replaced(text: str, places: Iterable[str], name: str) -> str:
    for place in places:
        text = text.replace(place, name)
    return text
