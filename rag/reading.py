"""A file, a folder or a web address -> raw articles; failures are yielded, never raised."""

import errno
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import ReadError
from rag.types import FailedSource, RawArticle

if TYPE_CHECKING:  # loading httpx takes time that reading files need not spend
    import httpx

Outcome = RawArticle | FailedSource
Reader = Callable[[Path], Iterator[Outcome]]

PACKED = {".gz", ".xz"}
FORMATS = (
    ".txt, .md, .html, .pdf, .docx, .parquet, .jsonl, .json or .csv (these three also .gz, .xz)"
)
REASONS = {
    errno.ENOENT: "does not exist; check the name",
    errno.ENOTDIR: "does not exist; check the name",
    errno.ENAMETOOLONG: "does not exist, its name is too long for a file; check it",
    errno.ELOOP: "is a link that leads back to itself; remove it",
    errno.EACCES: "may not be read by you; give yourself the permission",
    errno.EPERM: "may not be read by you; give yourself the permission",
}


def read(source: str | Path, *, client: "httpx.Client | None" = None) -> Iterator[Outcome]:
    """Yield the articles of a file, a folder with all below it, a page, or a feed.

    What cannot be read is yielded with one sentence that says why, and reading goes on. Nothing is
    read before it is asked for, and no table is ever wholly in memory. `client` fetches the pages;
    None makes one.
    """
    if isinstance(source, str) and "://" in source:
        outcomes = _read_address(source.strip(), client)
    else:
        outcomes = _read_path(source)
    for outcome in outcomes:
        if isinstance(outcome, FailedSource):
            yield FailedSource(printable(outcome.source), printable(outcome.reason))
        else:
            yield replace(outcome, source=printable(outcome.source))


def printable(text: str) -> str:
    """Return the text with whatever UTF-8 cannot hold (file names may) written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _read_address(address: str, client: "httpx.Client | None") -> Iterator[Outcome]:
    import httpx

    from rag.readers.feeds import is_feed, read_feed
    from rag.readers.html import read_page
    from rag.readers.web import fetch

    try:
        with nullcontext(client) if client else httpx.Client() as used:
            page = fetch(address, used)
            if is_feed(page):
                yield from read_feed(page, lambda link: fetch(link, used))
            else:
                yield read_page(page, address)
    except ReadError as error:
        yield FailedSource(address, str(error))


def _read_path(source: str | Path) -> Iterator[Outcome]:
    try:
        if not str(source).strip() or "\0" in str(source):
            raise FileNotFoundError(errno.ENOENT, "no name of a file")
        Path(source).stat()
    except OSError as error:
        yield _failed(f"{source}", error)
    else:
        yield from _read_below(Path(source).resolve())


def _read_below(start: Path) -> Iterator[Outcome]:
    """Yield what the file holds, or every file below the folder, in the order of their names."""
    seen: set[tuple[int, int]] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        try:
            if not path.is_dir():
                yield from _read_file(path)
                continue
            status = path.stat()
            if (status.st_dev, status.st_ino) in seen:  # a link led back here
                continue
            seen.add((status.st_dev, status.st_ino))
            inside = [entry for entry in path.iterdir() if not entry.name.startswith(".")]
        except OSError as error:
            yield _failed(str(path), error)
            continue
        if not inside and path == start:
            yield FailedSource(str(path), f"{path} is an empty folder; give one with articles")
        waiting.extend(sorted(inside, reverse=True))


def _read_file(path: Path) -> Iterator[Outcome]:
    try:
        status = path.stat()
        if not path.is_file():  # opening a pipe waits for ever, a device may never end
            raise ReadError(f"{path} is not a file but a device or a pipe; give a file")
        reader = _reader_of(path)
        if status.st_size == 0:
            raise ReadError(f"{path} is empty; there is no text in it")
        yield from reader(path)
    except ReadError as error:
        yield FailedSource(str(path), str(error))
    except OSError as error:
        yield _failed(str(path), error)


def _reader_of(path: Path) -> Reader:
    """Return the reader of a file's format, which its name tells.

    Raises:
        ReadError: there is none.
    """
    suffix = path.suffix.lower()
    if suffix in PACKED:
        reader = _table_reader(Path(path.stem).suffix.lower())
    else:
        reader = _table_reader(suffix) or _article_reader(suffix)
    if reader is None:
        raise ReadError(f"{path} is in no format that can be read; give {FORMATS}")
    return reader


def _table_reader(suffix: str) -> Reader | None:
    """Return the reader of a text format that holds many articles; it may be packed."""
    from rag.readers.tables import read_csv, read_json, read_json_lines

    match suffix:
        case ".jsonl" | ".ndjson":
            return read_json_lines
        case ".json":
            return read_json
        case ".csv":
            return read_csv
        case _:
            return None


def _article_reader(suffix: str) -> Reader | None:
    """Return the reader of any other format; its library is loaded only now."""
    match suffix:
        case ".txt":
            from rag.readers.text import read_text

            return read_text
        case ".md" | ".markdown":
            from rag.readers.text import read_markdown

            return read_markdown
        case ".html" | ".htm":
            from rag.readers.html import read_html

            return read_html
        case ".pdf":
            from rag.readers.pdf import read_pdf

            return read_pdf
        case ".docx":
            from rag.readers.docx import read_docx

            return read_docx
        case ".parquet":
            from rag.readers.parquet import read_parquet

            return read_parquet
        case _:
            return None


def _failed(source: str, error: OSError) -> FailedSource:
    reason = REASONS.get(error.errno or 0)
    detail = (error.strerror or str(error)).lower()
    return FailedSource(
        source, f"{source} {reason or f'cannot be read ({detail}); check the disk it lies on'}"
    )
