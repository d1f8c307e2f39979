"""How many records the sources will give, where that can be told quickly: for progress bars."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from rag.errors import ReadError
from rag.readers.streams import open_text

LINE_BY_LINE = {".jsonl", ".csv"}
PACKED = {".gz", ".xz"}


def expected_records(sources: Iterable[str | Path]) -> int | None:
    """Return the number of files, and of lines in tables; None where a source can't be counted.

    It may be a little too high: a table's heading and lines that can't be read count too.
    """
    try:
        counts = [_count_file(file) for source in sources for file in _files(source)]
    except OSError:
        return None
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _files(source: str | Path) -> Iterable[Path | None]:
    """Return the source's files; None stands for an address, whose pages nobody has counted."""
    if "://" in str(source):
        return [None]
    path = Path(source)
    if not str(source).strip() or not path.is_dir():  # no name is no folder, not even this one
        return [path]
    return (file for file in path.rglob("*") if file.is_file())


def _count_file(path: Path | None) -> int | None:
    if path is None:
        return None
    suffix = Path(path.stem).suffix if path.suffix.lower() in PACKED else path.suffix
    if suffix.lower() == ".parquet":
        return None
    if suffix.lower() not in LINE_BY_LINE:
        return 1
    try:
        with open_text(path) as lines:
            records: Iterator[object] = csv.reader(lines) if suffix.lower() == ".csv" else lines
            return sum(1 for _ in records)
    except (ReadError, OSError, csv.Error):
        return None
