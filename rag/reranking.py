"""The optional Reranker: a cross-encoder reads question and passage together."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sentence_transformers import CrossEncoder

from rag.chunking import embedded_text
from rag.types import Passage


class CrossEncoderReranker:
    """Scores are the model's own, usually logits; higher is nearer."""

    def __init__(self, folder: Path) -> None:
        self._model = CrossEncoder(str(folder), device="cpu", local_files_only=True)

    def rank(self, question: str, passages: Sequence[Passage]) -> list[Passage]:
        pairs = [(question, embedded_text(each.article, each.text)) for each in passages]
        if not pairs:
            return []
        scores = np.asarray(self._model.predict(pairs, show_progress_bar=False))  # (n,)
        order = np.argsort(-scores, kind="stable")
        return [passages[row].scored(float(scores[row])) for row in order]
