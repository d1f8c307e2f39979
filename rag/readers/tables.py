"""Tables of articles in JSON and CSV, one record after the other, never wholly in memory."""

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TextIO

from rag.errors import ReadError
from rag.readers.columns import NAMES, article_of, refuse_without_text
from rag.readers.streams import MAX_RECORD, open_text, read_lines
from rag.types import FailedSource, RawArticle

PIECE = 1_000_000  # characters
HOPELESS_AFTER = 20  # records that cannot be read, before the first that can
DELIMITERS = ",;\t|"
BETWEEN_VALUES = " \t\r\n,[]"  # the frame of an array is passed over like the space in it

Outcome = RawArticle | FailedSource


def read_json_lines(path: Path) -> Iterator[Outcome]:
    """Yield the record of each line that is not empty."""
    with open_text(path) as text:
        lines = enumerate(read_lines(text, path), start=1)
        outcomes = (
            _record_of_line(line, f"{path}, line {number}")
            for number, line in lines
            if line.strip()
        )
        yield from refuse_hopeless(outcomes, path)


def read_json(path: Path) -> Iterator[Outcome]:
    """Yield the records of an array, or the objects that follow one another."""
    with open_text(path) as text:
        values = enumerate(_json_values(text, path), start=1)
        outcomes = (record_outcome(value, f"{path}, record {number}") for number, value in values)
        yield from refuse_hopeless(outcomes, path)


def read_csv(path: Path) -> Iterator[Outcome]:
    """Yield the rows of a table whose first row names the columns, whatever separates them."""
    csv.field_size_limit(MAX_RECORD)
    with open_text(path) as text:
        lines = read_lines(text, path)
        header = next(lines, "")
        delimiter = max(DELIMITERS, key=header.count)
        rows = csv.reader(chain([header], lines), delimiter=delimiter)
        try:
            columns = [column.strip() for column in next(rows, [])]
            refuse_without_text(columns, str(path))
            numbered = ((number, row) for number, row in enumerate(rows, start=1) if any(row))
            outcomes = (_row(columns, row, f"{path}, row {number}") for number, row in numbered)
            yield from refuse_hopeless(outcomes, path)
        except csv.Error as error:
            raise ReadError(
                f"{path} is no table from line {rows.line_num} on ({error}); mend that line"
            ) from error


def refuse_hopeless(outcomes: Iterable[Outcome], path: Path) -> Iterator[Outcome]:
    """Yield the outcomes; give up early on a table that begins with nothing but failures.

    Raises:
        ReadError: nothing could be read, or there is nothing.
    """
    failures, articles = 0, 0
    for outcome in outcomes:
        yield outcome
        failures += isinstance(outcome, FailedSource)
        articles += isinstance(outcome, RawArticle)
        if failures == HOPELESS_AFTER and not articles:
            raise ReadError(
                f"{path} begins with {failures} records that are no articles, the rest was left; "
                f"each must be an object with a {' or '.join(NAMES['text'])}"
            )
    if not failures and not articles:
        raise ReadError(f"{path} is empty; there are no records in it")


def record_outcome(value: object, source: str) -> Outcome:
    if not isinstance(value, dict):
        reason = f"{source} is {repr(value)[:40]}, not an object with named fields; make it one"
        return FailedSource(source, reason)
    try:
        return article_of(value, source)
    except ReadError as error:
        return FailedSource(source, str(error))


def _record_of_line(line: str, source: str) -> Outcome:
    try:
        value: object = json.loads(line.rstrip("\r\n"))
    except json.JSONDecodeError as error:
        problem = f"{error.msg.removesuffix(' at')}, character {error.colno}"
        return FailedSource(source, f"{source} is not valid JSON ({problem}); mend it")
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, or nesting
        return FailedSource(source, f"{source} is not an article ({error}); mend it")
    return record_outcome(value, source)


def _json_values(text: TextIO, path: Path) -> Iterator[object]:
    """Yield values as soon as they are whole, without reading all of the text first."""
    decoder = json.JSONDecoder()
    rest, enough = "", PIECE
    for piece in chain(iter(lambda: text.read(PIECE), ""), [""]):
        rest += piece
        if piece and len(rest) < enough:
            continue
        start = 0
        while value_and_end := _next_value(decoder, rest, start, is_last=not piece):
            value, start = value_and_end
            yield value
        rest = rest[start:]
        enough = 2 * len(rest) + PIECE  # a long value is not parsed again with every piece
        if len(rest) > MAX_RECORD:
            raise ReadError(f"{path} is not valid JSON after its first records; mend it there")
    if rest := rest.strip(BETWEEN_VALUES):
        raise ReadError(f"{path} is not valid JSON near {rest[:40]!r}; mend it there")


def _next_value(
    decoder: json.JSONDecoder, text: str, start: int, *, is_last: bool
) -> tuple[object, int] | None:
    """Return the value after `start` and where it ends, None if none is whole."""
    while start < len(text) and text[start] in BETWEEN_VALUES:
        start += 1
    try:
        value, end = decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    # A number may go on in the next piece; an object shows where it ends.
    return (value, end) if is_last or end < len(text) or isinstance(value, dict) else None


def _row(columns: list[str], row: list[str], source: str) -> Outcome:
    if any(row[len(columns) :]):
        reason = f"{source} has {len(row)} cells for {len(columns)} columns; put its text in quotes"
        return FailedSource(source, reason)
    return record_outcome(dict(zip(columns, row, strict=False)), source)
