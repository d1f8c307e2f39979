"""The text of PDF files, by pypdf.

The file's own dates are not used: they tell when it was made, not when the article appeared.
"""

import logging
import re
import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from pypdf import DocumentInformation, PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError

from rag.errors import ReadError
from rag.types import RawArticle

MAX_PAGES = 500
SHORT_LINE = 0.8  # of the usual width; a shorter line ends its paragraph, unless it goes on below
PAGE_NUMBER = re.compile(
    r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]", re.I
)
# Programs fill in a title and an author of their own where nobody wrote one.
NO_TITLE = re.compile(r"untitled.*|microsoft word\b.*|document\d*|.*\.\w{2,5}|\S+", re.I)
NO_AUTHOR = re.compile(r"unknown|anonymous|admin(?:istrator)?|user|\S+", re.I)
# What pypdf lets through when a file's structure is not what its markers promise.
DAMAGED = (
    *(PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError),
    *(RecursionError, NotImplementedError, AssertionError, EOFError, zlib.error, struct.error),
)

# pypdf warns of every flaw that it mends; the person is told once, if it matters.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read_pdf(path: Path) -> Iterator[RawArticle]:
    """Yield the text of all pages.

    Raises:
        ReadError: the file is damaged, encrypted or too long, or shows pictures of text only.
    """
    with path.open("rb") as file:
        try:
            reader = PdfReader(file)
            if reader.is_encrypted and not reader.decrypt(""):
                raise _encrypted(path)
            article = _read(reader, path)
        except FileNotDecryptedError as error:
            raise _encrypted(path) from error
        except DAMAGED as error:
            raise ReadError(f"{path} is not a whole PDF file; get it again") from error
    yield article


def _encrypted(path: Path) -> ReadError:
    return ReadError(f"{path} is encrypted; save it without a password")


def _read(reader: PdfReader, path: Path) -> RawArticle:
    if len(reader.pages) > MAX_PAGES:
        raise ReadError(
            f"{path} has {len(reader.pages)} pages, more than one article can have ({MAX_PAGES}); "
            "split it"
        )
    lines = [line.strip() for page in reader.pages for line in page.extract_text().split("\n")]
    if not any(lines):
        raise ReadError(
            f"{path} has no text layer, as scanned pages have none; run text recognition over it"
        )
    text = "\n\n".join(_paragraphs([line for line in lines if not PAGE_NUMBER.fullmatch(line)]))
    title, author = _stated(reader.metadata)
    return RawArticle(str(path), text, title=title, author=author)


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield whole paragraphs out of the lines of a page."""
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    paragraph = ""
    for line, following in pairwise([*lines, ""]):
        paragraph += line
        goes_on = following[:1].islower()
        if goes_on and re.search(r"[a-z]-\Z", paragraph):
            paragraph = paragraph[:-1]
        elif goes_on or (following and len(line) >= SHORT_LINE * usual):
            paragraph += " "
        elif paragraph:
            yield paragraph.strip()
            paragraph = ""


def _stated(metadata: DocumentInformation | None) -> tuple[str | None, str | None]:
    """Return title and author, each None where only a program wrote it."""
    title = (metadata.title if metadata else None) or ""
    author = (metadata.author if metadata else None) or ""
    return (
        None if NO_TITLE.fullmatch(title.strip()) else title.strip() or None,
        None if NO_AUTHOR.fullmatch(author.strip()) else author.strip() or None,
    )
