from pathlib import Path

import pytest
from typer.testing import CliRunner

from rag.cli import cli
from rag.conversations import Conversations, Rating, new_id
from rag.errors import RagError
from rag.evaluation.questions import read_questions
from rag.page.conversation import Exchange
from rag.page.keeping import keep
from tests.page_values import PORT, cite, make_answer, proved

ANSWER = make_answer(proved("Over pay.", cite(PORT, "They want more pay.")))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    store = Conversations(folder)
    for owner, good in (("user:ann", True), ("user:bob", False)):
        store.save(owner, id_ := new_id(), keep(Exchange(1, f"Is it {good}?", answer=ANSWER)))
        store.rate(owner, id_, 1, Rating(good))
    store.close()
    return folder


def run(*arguments: object) -> str:
    finished = CliRunner().invoke(cli, [str(each) for each in arguments])
    if isinstance(finished.exception, RagError):
        raise finished.exception
    assert finished.exit_code == 0
    return finished.output


def test_everybodys_ratings_become_one_question_set(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "rated.jsonl"
    told = run("feedback", "export", file, "--archive", archive)
    assert told == (
        f"{file}: 2 questions. 1 question is not judged yet; the field to_do says what a person "
        "has to fill in\n"
    )
    asked = [(case.question, case.kind, case.answerable) for case in read_questions(file)]
    assert asked == [("Is it True?", "thumbs-up", True), ("Is it False?", "thumbs-down", None)]


def test_a_file_that_may_hold_corrections_is_never_overwritten(
    archive: Path, tmp_path: Path
) -> None:
    file = tmp_path / "rated.jsonl"
    file.write_text("mine")
    with pytest.raises(RagError, match="exists already; name another file"):
        run("feedback", "export", file, "--archive", archive)
    assert file.read_text() == "mine"


def test_where_nothing_was_rated_it_says_so_and_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(RagError, match="no answer has been rated in"):
        run("feedback", "export", tmp_path / "rated.jsonl", "--archive", tmp_path)
    assert list(tmp_path.iterdir()) == []
