"""The question set on the sample archive, asked as `newsdesk evaluate` asks it."""

from collections.abc import Generator, Sequence
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.assistant import Assistant
from rag.evaluation.questions import Case, read_questions
from rag.evaluation.run_folder import Run
from rag.evaluation.running import evaluate_assistant, unknown_articles
from rag.settings import Settings
from rag.types import Judging, Message
from tests.fakes import make_archive

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "tests" / "questions" / "questions.jsonl"


class KnowsTheAnswers:
    """Writes the first gold quote of the question it is asked, and declines what has none."""

    name = "scripted"
    context_size = 100_000

    def __init__(self, cases: Sequence[Case]) -> None:
        self._replies = [
            case.quotes[0].text if case.quotes else "The articles do not say." for case in cases
        ]

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, judging: Judging | None = None
    ) -> Generator[str, None, None]:
        if judging:
            judging.goes_on(1.0)
        yield self._replies.pop(0)


def values(run: Run) -> dict[str, float]:
    return {figure.name: figure.value for figure in run.figures}


def test_a_model_that_knows_the_answers_is_measured_as_right(tmp_path: Path) -> None:
    cases = read_questions(QUESTIONS)
    archive = make_archive(tmp_path / "archive", passages=20, chunk_tokens=120, decline_below=0.0)
    archive.add(ROOT / "articles")
    assert unknown_articles(cases, archive) == []
    assistant = Assistant(archive, KnowsTheAnswers(cases))
    found = values(evaluate_assistant(cases, assistant, folder=tmp_path / "run"))
    assert found["accuracy"] > 0.9
    assert (found["decline_recall"], found["over_refusal"]) == (1.0, 0.0)
    assert found["quote_exact"] == 1.0
    assert found["answer_recall@20"] > 0.9


@pytest.mark.model
def test_quotes_alone_answer_about_half_of_the_questions(
    tmp_path: Path, models_folder: Path
) -> None:
    settings = Settings(archive=tmp_path / "archive", models=models_folder, model="none")
    archive = Archive(settings=settings)
    archive.add(ROOT / "articles")
    cases = [case for case in read_questions(QUESTIONS) if case.answerable][::4]
    found = values(evaluate_assistant(cases, Assistant(archive, "none"), folder=tmp_path / "run"))
    assert found["quote_exact"] == 1.0
    assert found["hit@5"] > 0.9
    assert found["answer_contained"] > 0.4
