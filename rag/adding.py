"""Sources -> archive: read, clean, chunk, store, index by words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from embeddings.protocols import TokenCounter
from rag.chunking import ChunkSettings, split_chunks
from rag.cleaning import clean
from rag.errors import ReadError
from rag.lexical_index import LexicalIndex
from rag.reading import read
from rag.store import ChunkedArticle, Store
from rag.types import AddReport, FailedSource, RawArticle

ARTICLES_PER_COMMIT = 100
COMMITS_PER_INDEXING = 40  # each indexing leaves Tantivy another segment to merge

Progress = Callable[[int], None]  # is told how many records have been dealt with so far


def add_sources(
    sources: Iterable[str | Path],
    *,
    store: Store,
    lexical: LexicalIndex,
    split: "Splitter",
    progress: Progress,
) -> AddReport:
    """Add what the sources hold; afterwards every article is findable by its words.

    The caller holds the archive's writer lock. Each commit is whole: what was committed when the
    process ends, however it ends, stays.
    """
    report = AddReport()
    records = (record for source in sources for record in read(source))
    done = 0
    for number, batch in enumerate(_batches(records, ARTICLES_PER_COMMIT), start=1):
        store.write(_prepare(batch, split, report), report)
        if number % COMMITS_PER_INDEXING == 0:
            lexical.sync(store)
        done += len(batch)
        progress(done)
    lexical.sync(store)
    return report


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
    batch: Iterable[RawArticle | FailedSource], split: Splitter, report: AddReport
) -> list[ChunkedArticle]:
    prepared: list[ChunkedArticle] = []
    for record in batch:
        if isinstance(record, FailedSource):
            report.failed.append(record)
            continue
        try:
            prepared.append(split.split(record))
        except ReadError as error:
            report.failed.append(FailedSource(record.source, str(error)))
    return prepared


def _batches(
    records: Iterator[RawArticle | FailedSource], size: int
) -> Iterator[list[RawArticle | FailedSource]]:
    while batch := list(islice(records, size)):
        yield batch
