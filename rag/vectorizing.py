"""Chunks -> vectors, in batches that are each committed."""

from collections.abc import Callable
from dataclasses import dataclass

from embeddings.protocols import Embedder, TokenCounter
from rag.chunking import fitted_text
from rag.dense_index import DenseIndex
from rag.store import Store
from rag.types import Passage

CHUNKS_PER_SELECTION = 1024  # sorted by length, so that batches need little padding
CHUNKS_PER_COMMIT = 64  # some seconds of work on two cores
CHUNKS_PER_FILE = 20_000  # the vector file only makes the next start faster

Progress = Callable[[int, int], None]  # is told how many chunks have vectors, and of how many


@dataclass(frozen=True, slots=True)
class Vectorizer:
    """Embeds what has no vector yet; what was embedded is never embedded again."""

    store: Store
    dense: DenseIndex
    embedder: Embedder
    counter: TokenCounter

    def embed_missing(self, *, progress: Progress, should_stop: Callable[[], bool]) -> None:
        """Give every chunk its vector, newest articles first, until `should_stop` says so.

        The caller holds the archive's embedding lock. Stopping, however it happens, loses no more
        than the batch at work.
        """
        self.store.claim_embedder(self.embedder.name)
        unwritten = 0
        while selection := self.store.chunks_without_vector(CHUNKS_PER_SELECTION):
            selection.sort(key=lambda passage: passage.start - passage.end)
            for first in range(0, len(selection), CHUNKS_PER_COMMIT):
                if should_stop():
                    return
                batch = selection[first : first + CHUNKS_PER_COMMIT]
                self._embed(batch)
                unwritten += len(batch)
                progress(self.store.count_vectors(), self.store.count_chunks())
            if unwritten >= CHUNKS_PER_FILE:
                self.dense.write(self.store)
                unwritten = 0
        self.dense.write(self.store)

    def _embed(self, batch: list[Passage]) -> None:
        texts = [fitted_text(each.article, each.text, self.counter) for each in batch]
        vectors = self.embedder.embed_passages(texts)
        self.store.write_vectors([each.chunk_id for each in batch], vectors)
