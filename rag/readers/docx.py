"""Word files, by python-docx.

The property `created` is not used: it tells when somebody began to type, often when the template
was made, and so would pass off a wrong date as a stated one. A date line in the text still counts.
"""

import zipfile
import zlib
from collections.abc import Iterator
from math import ceil
from pathlib import Path

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.table import Table

from rag.errors import ReadError
from rag.readers.text import MAX_BYTES
from rag.types import RawArticle

TITLE_STYLES = ("Title", "Heading 1")
# Authors that programs fill in by themselves.
NO_AUTHORS = {"", "python-docx", "user", "admin", "administrator", "microsoft office user"}
# What python-docx, lxml (SyntaxError) and zipfile raise when a file is not what it should be.
DAMAGED = (
    *(OpcError, PythonDocxError, zipfile.BadZipFile, zlib.error, EOFError),
    *(SyntaxError, LookupError, ValueError, AttributeError, TypeError, RuntimeError),
)


def read_docx(path: Path) -> Iterator[RawArticle]:
    """Yield paragraphs and tables in their order.

    Raises:
        ReadError: the file is damaged, too large, or without text.
    """
    with path.open("rb") as file:
        try:
            _refuse_large(zipfile.ZipFile(file), path)
            article = _read(docx.Document(file), path)
        except DAMAGED as error:
            raise ReadError(f"{path} is not a whole Word file; save it as .docx again") from error
    yield article


def _refuse_large(archive: zipfile.ZipFile, path: Path) -> None:
    """Refuse what unpacks to more than an article: a small file can hold gigabytes."""
    size = sum(part.file_size for part in archive.infolist() if part.filename.endswith(".xml"))
    if size > MAX_BYTES:
        raise ReadError(
            f"{path} holds {ceil(size / 1e6)} MB of text, more than one article can be "
            f"({MAX_BYTES // 1_000_000} MB); split it, or give it as .jsonl"
        )


def _read(document: Document, path: Path) -> RawArticle:
    blocks = [block for block in _blocks(document) if block]
    if not blocks:
        raise ReadError(f"{path} is empty; there is no text in it")
    properties = document.core_properties
    author = properties.author.strip()
    return RawArticle(
        str(path),
        "\n\n".join(blocks),
        title=properties.title.strip() or _headline(document),
        author=None if author.lower() in NO_AUTHORS else author,
    )


def _blocks(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows)
        else:
            yield block.text.strip()


def _headline(document: Document) -> str | None:
    """Return the first paragraph if it is set as a title."""
    filled = (paragraph for paragraph in document.paragraphs if paragraph.text.strip())
    first = next(filled, None)
    if first is not None and first.style is not None and first.style.name in TITLE_STYLES:
        return first.text.strip()
    return None
