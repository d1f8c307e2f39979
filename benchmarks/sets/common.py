"""What every adapter gives: questions, the documents they are asked of, and others' figures."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from rag.evaluation.questions import Case
from rag.evaluation.results import Result

Record = dict[str, Any]  # a line of a foreign set
Document = dict[str, str]  # a line of an article dump: id, title, text, published, publisher
SEED = 20231122


class Published(NamedTuple):
    """A figure that others reported; `figure` says what it is, with its unit."""

    who: str
    figure: str


@dataclass(frozen=True, slots=True)
class Item:
    """A question with the documents that are its own; empty: all questions share an archive."""

    case: Case
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Own:
    """A figure of this set alone; None where it does not apply to a result."""

    name: str
    read: Callable[[Result], float | None]


@dataclass(frozen=True, slots=True)
class Sample:
    """`shared` are the documents that all questions are asked of; empty with `given_archive`."""

    items: Sequence[Item]
    shared: Sequence[Document] = ()
    given_archive: bool = False
    own: Sequence[Own] = ()
    depth: int = 20


def read_records(path: Path) -> list[Record]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def chosen(records: Sequence[Record], limit: int) -> list[Record]:
    """Return `limit` records in their order, drawn with a fixed seed; all if there are no more."""
    if limit >= len(records):
        return list(records)
    drawn = sorted(random.Random(SEED).sample(range(len(records)), limit))
    return [records[place] for place in drawn]


def document(number: int, text: str, **fields: str) -> Document:
    """Return a document of an article dump; without a title it is called by its first words."""
    title = fields.pop("title", "") or " ".join(text.split()[:12])
    return {"id": f"d{number}", "title": title, "text": text, **fields}
