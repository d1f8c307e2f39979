"""What was read -> archive: cleaned, chunked, stored, indexed by words."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from embeddings.protocols import TokenCounter
from rag.chunking import ChunkSettings, split_chunks
from rag.cleaning import clean
from rag.errors import ReadError
from rag.store import ChunkedArticle, Store
from rag.types import AddReport, FailedSource, RawArticle

ARTICLES_PER_COMMIT = 100
SECONDS_PER_COMMIT = 5.0  # pages of a feed come slowly; what is read is soon findable
COMMITS_PER_INDEXING = 40  # each indexing leaves Tantivy another segment to merge

Record = RawArticle | FailedSource
Progress = Callable[[int], None]  # is told how many records have been dealt with so far


class Derived(Protocol):
    def sync(self, store: Store) -> None:
        """Bring it to the store's articles."""


@dataclass(frozen=True, slots=True)
class Adder:
    """Adds to one archive, and brings what is derived from it up to date.

    `lock` gives what keeps its other writers out for one commit.
    """

    store: Store
    derived: Sequence["Derived"]
    splitter: "Splitter"
    lock: Callable[[], AbstractContextManager[object]]

    def add(self, records: Iterable[Record], progress: Progress) -> AddReport:
        """Add what was read; afterwards all is findable by its words, and copies are known.

        Each commit is whole: what was committed when the process ends, however it ends, stays.
        While records are read others may write.
        """
        report = AddReport()
        done = 0
        for number, batch in enumerate(_batches(iter(records)), start=1):
            prepared = _prepare(batch, self.splitter, report)
            with self.lock():
                self.store.write(prepared, report)
                if number % COMMITS_PER_INDEXING == 0:
                    self._derive()
            done += len(batch)
            progress(done)
        with self.lock():
            self._derive()
        return report

    def _derive(self) -> None:
        for each in self.derived:
            each.sync(self.store)


@dataclass(frozen=True, slots=True)
class Splitter:
    """Makes chunks as the settings say, counted by the embedder's tokenizer."""

    counter: TokenCounter
    settings: ChunkSettings

    def split(self, raw: RawArticle) -> ChunkedArticle:
        """Clean and chunk one article.

        Raises:
            ReadError: nothing is left of it.
        """
        article = clean(raw)
        chunks = split_chunks(article.text, self.counter.count_tokens, self.settings)
        return ChunkedArticle(article, chunks, str(self.settings))


def _prepare(
    batch: Iterable[Record], splitter: Splitter, report: AddReport
) -> list[ChunkedArticle]:
    prepared: list[ChunkedArticle] = []
    for record in batch:
        if isinstance(record, FailedSource):
            report.failed.append(record)
            continue
        try:
            prepared.append(splitter.split(record))
        except ReadError as error:
            report.failed.append(FailedSource(record.source, str(error)))
    return prepared


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    """Yield what comes within the time of a commit, up to its number of articles."""
    for first in records:
        batch, began = [first], time.monotonic()
        for record in islice(records, ARTICLES_PER_COMMIT - 1):
            batch.append(record)
            if time.monotonic() - began >= SECONDS_PER_COMMIT:
                break
        yield batch
