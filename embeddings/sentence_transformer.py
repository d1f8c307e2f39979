"""The Embedder that runs a sentence-transformers model from a folder on disk."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from embeddings.protocols import FloatMatrix

BATCH_SIZE = 32  # on two cores larger batches only pad more
QUERIES_KEPT = 16


class SentenceTransformerEmbedder:
    """Texts longer than the model's limit are cut off by the model: split them before.

    Safe when several threads embed: the model is only read.

    Raises:
        ValueError: the folder does not hold such a model, or it is damaged.
    """

    def __init__(self, folder: Path, *, name: str, threads: int | None = None) -> None:
        if threads is not None:
            torch.set_num_threads(threads)
        disable_progress_bar()  # loading takes a second
        try:
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, RuntimeError, LookupError, SafetensorError) as error:
            raise ValueError(f"no sentence-transformers model can be loaded: {error}") from error
        self._name = name
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise ValueError(f"the model in {folder} does not say the dimension of its vectors")
        self._dimension = dimension
        # A question is embedded by each search for it, and once more to score its evidence.
        self._remembered = lru_cache(maxsize=QUERIES_KEPT)(self._embed_queries)

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed_queries(self, texts: Sequence[str]) -> FloatMatrix:
        return self._remembered(tuple(texts))

    def _embed_queries(self, texts: tuple[str, ...]) -> FloatMatrix:
        return self._unit_rows(
            self._model.encode_query(list(texts), show_progress_bar=False, batch_size=BATCH_SIZE)
        )

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        return self._unit_rows(
            self._model.encode_document(list(texts), show_progress_bar=False, batch_size=BATCH_SIZE)
        )

    def _unit_rows(self, vectors: object) -> FloatMatrix:
        matrix = np.asarray(vectors, dtype=np.float32).reshape(-1, self._dimension)
        norms = np.linalg.norm(matrix, axis=1, keepdims=True)
        unit: FloatMatrix = matrix / np.maximum(norms, np.finfo(np.float32).tiny)
        unit.flags.writeable = False
        return unit
