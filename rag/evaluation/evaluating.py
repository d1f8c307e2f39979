"""`evaluate()` for Python; loads what computes the measures only when it is called."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.archive import Archive
from rag.evaluation.questions import Case
from rag.types import Generator

if TYPE_CHECKING:  # what it loads takes a second that asking need not spend
    from rag.evaluation.run_folder import Run


def evaluate(
    questions: str | Path | Sequence[Case],
    archive: Archive | str | Path | None = None,
    *,
    model: str | Generator | None = None,
    output: str | Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> "Run":
    """Ask every question of a set and return what was measured, also written to a folder.

    `questions` is a file of JSON lines, or what `read_questions` returned. Without `output` the
    folder is below ./evaluations. An interrupted run is continued by the same call.

    Raises:
        RagError: the set, the archive, the model or the folder cannot be used.
    """
    from rag.assistant import Assistant
    from rag.evaluation.questions import read_questions
    from rag.evaluation.running import evaluate_assistant, free_folder

    name, cases = "questions", questions
    if isinstance(cases, str | Path):
        name, cases = Path(cases).stem, read_questions(cases)
    assistant = Assistant(archive, model)
    folder = Path(output).expanduser() if output else free_folder(name, cases, assistant)
    return evaluate_assistant(cases, assistant, folder=folder, progress=progress)
