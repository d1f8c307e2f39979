"""The optional Entailment: a cross-encoder reads quotes and a written sentence together."""

from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from sentence_transformers import CrossEncoder

from rag.errors import ModelError


class CrossEncoderEntailment:
    """Takes a model with a label for entailment, or with a single one, which then says just that.

    Raises:
        ModelError: the folder does not hold such a cross-encoder, or it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
        except (OSError, RuntimeError, LookupError, ValueError, SafetensorError) as error:
            raise ModelError(
                f"the entailment model in {folder} cannot be loaded, it is damaged or of another "
                "kind; get it anew, or set another"
            ) from error
        self._column = self._entailment_column(folder)

    def probability(self, premise: str, sentence: str) -> float:
        several = self._model.num_labels > 1
        scores = self._model.predict(
            [(premise, sentence)], apply_softmax=several, show_progress_bar=False
        )
        return float(np.asarray(scores).reshape(-1)[self._column])

    def _entailment_column(self, folder: Path) -> int:
        if self._model.num_labels == 1:
            return 0
        labels = {int(row): str(name).lower() for row, name in self._model.config.id2label.items()}
        columns = [row for row, name in labels.items() if name.startswith("entail")]
        if len(columns) != 1:
            raise ModelError(
                f"the model in {folder} has no label for entailment (it has "
                f"{', '.join(labels.values())}); set another as entailment"
            )
        return columns[0]
