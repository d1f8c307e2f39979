"""The vectors in memory, searched by FAISS and kept in step with the store."""

import re
from collections.abc import Callable
from pathlib import Path
from threading import Lock

import numpy as np

from embeddings.protocols import FloatMatrix, Hit, Ids, VectorIndex
from rag.store import Store


class DenseIndex:
    """Holds the vectors of one embedder up to one generation of the store.

    `new` makes an empty index, `read` reads a file that its `write` wrote and raises ValueError
    where that is damaged. The file's name carries embedder and generation, so they can't part.
    """

    def __init__(
        self,
        folder: Path,
        *,
        embedder: str,
        dimension: int,
        new: Callable[[int], VectorIndex],
        read: Callable[[Path], VectorIndex],
    ) -> None:
        self._folder = folder
        self._embedder = embedder
        self._prefix = re.sub(r"[^A-Za-z0-9.-]+", "_", embedder)
        self._dimension = dimension
        self._new = new
        self._read = read
        self._lock = Lock()
        self._index: VectorIndex | None = None
        self._generation = 0
        self._written = 0  # the generation of the newest file

    def search(
        self, store: Store, query: FloatMatrix, k: int, *, only: Ids | None = None
    ) -> list[Hit]:
        """Return up to `k` chunks by cosine, best first; `query` has shape (dimension,).

        Chunks that have no vector yet are not found. Catches up with the store first.
        """
        return self.sync(store).search(query, k, only)

    def sync(self, store: Store) -> VectorIndex:
        """Bring the index to the store's generation, and give it."""
        with self._lock:
            if self._index is None:
                self._index, self._generation = self._load(store)
                self._catch_up(store, self._index)
                if len(self._index) != store.count_vectors():  # a copy of the store was restored
                    self._index, self._generation = self._new(self._dimension), 0
            self._catch_up(store, self._index)
            return self._index

    def write(self, store: Store) -> None:
        """Write the index to disk, so that the next start need not collect it from the store."""
        index = self.sync(store)
        if self._generation == self._written:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        index.write(self._file(self._generation))
        self._written = self._generation
        for file in self._folder.glob("*.faiss"):
            if file != self._file(self._generation):
                file.unlink(missing_ok=True)

    def _catch_up(self, store: Store, index: VectorIndex) -> None:
        goal = store.generation
        if goal == self._generation or store.embedder != self._embedder:
            return
        removed = [range_.chunk_ids for range_ in store.removals_since(self._generation)]
        if removed:
            index.remove(np.concatenate([np.asarray(ids, dtype=np.int64) for ids in removed]))
        ids, vectors = store.vectors_since(self._generation, self._dimension)
        if len(ids):
            index.add(ids, vectors)
        self._generation = goal

    def _load(self, store: Store) -> tuple[VectorIndex, int]:
        for generation, file in self._files().items():
            if generation > store.generation:
                continue
            try:
                index = self._read(file)
            except (OSError, ValueError):
                continue  # damaged: an older file, or the store itself, has the vectors
            self._written = generation
            return index, generation
        return self._new(self._dimension), 0

    def _file(self, generation: int) -> Path:
        return self._folder / f"{self._prefix}-{generation}.faiss"

    def _files(self) -> dict[int, Path]:
        """Return this embedder's files by generation, newest first."""
        name = re.compile(re.escape(self._prefix) + r"-(\d+)\.faiss")
        found = [
            (match, file)
            for file in self._folder.glob("*.faiss")
            if (match := name.fullmatch(file.name))
        ]
        return dict(sorted(((int(match[1]), file) for match, file in found), reverse=True))
