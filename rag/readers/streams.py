"""Tables of text as streams, unpacked and decoded while they are read."""

import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rag.errors import ReadError
from rag.readers.encoding import SAMPLE_BYTES, likely_encoding, marked_encoding

MAX_RECORD = 50_000_000  # characters
LONGEST_CHARACTER = 4  # bytes, in UTF-8


@contextmanager
def open_text(path: Path) -> Iterator[TextIO]:
    """Open a table, unpacking it if its name says that it is packed.

    Damaged characters are replaced, so that one of them does not spoil a table.

    Raises:
        ReadError: it is binary, or turns out damaged or cut short while it is read.
        OSError: it cannot be read.
    """
    with _opened(path) as file:
        try:
            sample = file.read(SAMPLE_BYTES)
            file.seek(0)
            with io.TextIOWrapper(file, _encoding(sample, path), "replace", newline="") as text:
                yield text
        except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as error:
            raise ReadError(
                f"{path} is damaged or cut short; what came before was read, get the whole file"
            ) from error


def _opened(path: Path) -> gzip.GzipFile | lzma.LZMAFile | io.BufferedReader:
    match path.suffix.lower():
        case ".gz":
            return gzip.open(path, "rb")
        case ".xz":
            return lzma.open(path, "rb")
        case _:
            return path.open("rb")


def read_lines(text: TextIO, path: Path) -> Iterator[str]:
    """Yield the lines.

    Raises:
        ReadError: one is too long to be a record.
    """
    for number, line in enumerate(iter(lambda: text.readline(MAX_RECORD + 1), ""), start=1):
        if len(line) > MAX_RECORD:
            raise ReadError(
                f"{path} has more than {MAX_RECORD // 1_000_000} million characters in line "
                f"{number}, too many for an article; divide that line"
            )
        yield line


def _encoding(sample: bytes, path: Path) -> str:
    if marked := marked_encoding(sample):
        return marked
    if b"\0" in sample:
        raise ReadError(f"{path} is not text but binary data; give it the ending of its format")
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        if error.start < len(sample) - LONGEST_CHARACTER:  # not merely cut within a character
            return likely_encoding(sample, str(path))
    return "utf-8"
