"""The exact VectorIndex in plain NumPy: the oracle that every other backend is tested against."""

from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from embeddings.protocols import FloatMatrix, Hit, Ids
from embeddings.shapes import check_rows, write_whole


class FlatIndex:
    """Compares the query with every row; equal scores keep the order in which they were added."""

    def __init__(self, dimension: int) -> None:
        self._ids: Ids = np.empty(0, dtype=np.int64)
        self._rows: FloatMatrix = np.empty((0, dimension), dtype=np.float32)  # (n, d)

    @classmethod
    def read(cls, path: Path) -> "FlatIndex":
        """Read what `write` wrote.

        Raises:
            ValueError: the file is damaged.
        """
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                index = cls(arrays["rows"].shape[1])
                index._ids, index._rows = arrays["ids"], arrays["rows"]
        except (BadZipFile, KeyError) as error:
            raise ValueError(f"{path} is not a flat index: {error}") from error
        return index

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ids: Ids, vectors: FloatMatrix) -> None:
        check_rows(ids, vectors, dimension=self._rows.shape[1])
        self.remove(ids)
        self._ids = np.concatenate([self._ids, ids])
        self._rows = np.concatenate([self._rows, vectors])

    def remove(self, ids: Ids) -> None:
        kept = ~np.isin(self._ids, ids)
        self._ids, self._rows = self._ids[kept], self._rows[kept]

    def search(self, query: FloatMatrix, k: int, only: Ids | None = None) -> list[Hit]:
        allowed = slice(None) if only is None else np.isin(self._ids, only)
        ids, scores = self._ids[allowed], self._rows[allowed] @ query
        best = np.argsort(-scores, kind="stable")[:k]
        return [Hit(int(ids[row]), float(scores[row])) for row in best]

    def write(self, path: Path) -> None:
        with write_whole(path) as temporary, temporary.open("wb") as file:
            np.savez(file, ids=self._ids, rows=self._rows)
