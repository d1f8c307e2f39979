"""What an embedder and a vector index are; every implementation passes the same contract test."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

FloatMatrix = npt.NDArray[np.float32]  # (n, d)
Ids = npt.NDArray[np.int64]  # (n,)


class Hit(NamedTuple):
    id: int
    score: float


class Embedder(Protocol):
    """Turns text into unit vectors.

    Queries and passages are separate because many models want different prefixes.
    """

    @property
    def name(self) -> str:
        """Identifies the vectors: those of differently named embedders are never compared."""

    @property
    def dimension(self) -> int: ...

    def embed_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Return unit rows of shape (len(texts), dimension), in the order of `texts`."""

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Return unit rows of shape (len(texts), dimension), in the order of `texts`."""


class TokenCounter(Protocol):
    @property
    def max_tokens(self) -> int:
        """The embedder's limit, special tokens included; what is longer is cut off unseen."""

    def count_tokens(self, text: str) -> int:
        """Count `text`'s tokens, without special tokens."""


class VectorIndex(Protocol):
    """Unit vectors by id; `score` is the cosine in [-1, 1], higher is nearer, for every backend."""

    def __len__(self) -> int: ...

    def add(self, ids: Ids, vectors: FloatMatrix) -> None:
        """Add unit rows of shape (len(ids), dimension); an id already there is replaced.

        Raises:
            ValueError: the shapes disagree.
        """

    def remove(self, ids: Ids) -> None:
        """Remove the ids that are there; others are ignored."""

    def search(self, query: FloatMatrix, k: int, only: Ids | None = None) -> list[Hit]:
        """Return up to `k` hits, best first, among the ids `only` (None: all).

        `query` has shape (dimension,). An empty index returns an empty list.
        """

    def write(self, path: Path) -> None:
        """Write everything to the file `path`, which must not appear half-written to readers."""
