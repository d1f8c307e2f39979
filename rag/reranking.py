"""The optional Reranker: a cross-encoder reads question and passage together."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from sentence_transformers import CrossEncoder

from rag.chunking import embedded_text
from rag.errors import ModelError
from rag.types import Passage


class CrossEncoderReranker:
    """Scores are the model's own; higher is nearer.

    Raises:
        ModelError: the folder does not hold a cross-encoder, or it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
        except (OSError, RuntimeError, LookupError, ValueError, SafetensorError) as error:
            raise ModelError(
                f"the reranker in {folder} cannot be loaded, it is damaged or of another kind; get "
                "it anew, or set another reranker"
            ) from error

    def rank(self, question: str, passages: Sequence[Passage]) -> list[Passage]:
        pairs = [(question, embedded_text(each.article, each.text)) for each in passages]
        if not pairs:
            return []
        scores = np.asarray(self._model.predict(pairs, show_progress_bar=False))  # (n,)
        order = np.argsort(-scores, kind="stable")
        return [passages[row].scored(float(scores[row])) for row in order]
