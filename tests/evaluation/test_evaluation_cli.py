"""The commands, on the sample archive's own model-free parts."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from rag import evaluation_cli
from rag.errors import RagError
from rag.evaluation.evaluating import evaluate
from rag.evaluation.questions import line, read_questions
from rag.evaluation.running import evaluate_assistant
from tests.evaluation.sets import town_archive, town_assistant, town_cases

cli = typer.Typer()
cli.command()(evaluation_cli.evaluate)
cli.add_typer(evaluation_cli.questions, name="questions")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with towns/archive, towns.jsonl and two runs, one of them with two declined."""
    folder = tmp_path_factory.mktemp("commands")
    archive = town_archive(folder / "towns")
    lines = "".join(f"{line(case)}\n" for case in town_cases())
    (folder / "towns.jsonl").write_text(lines)
    evaluate_assistant(town_cases(), town_assistant(archive), folder=folder / "right")
    declining = town_assistant(archive, declined=("Tarn", "Orleby"))
    evaluate_assistant(town_cases(), declining, folder=folder / "declined")
    archive.close()
    return folder


@pytest.fixture
def folder(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(made)
    monkeypatch.setattr(evaluation_cli, "output", Console(width=200, force_terminal=False))
    return made


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    try:
        cli(list(arguments), standalone_mode=False)
    except typer.Exit as left:
        return left.exit_code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_two_runs_are_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, shown = run("evaluate", "--compare", "right", "declined", capsys=capsys)
    assert code == 0
    assert "9 questions in both runs" in shown
    assert "Lost: 2" in shown
    assert "Tarn: Who is the mayor of Tarn? (right → wrongly declined)" in shown
    row = next(each for each in shown.splitlines() if each.startswith("Answerable, but declined"))
    assert row.split()[3:7] == ["0.0", "%", "25.0", "%"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param([], "there is nothing to evaluate; name a question set", id="nothing"),
        pytest.param(
            ["towns.jsonl", "--compare", "right", "declined"], "--compare takes", id="both"
        ),
        pytest.param(["none.jsonl"], "none.jsonl cannot be read", id="no-file"),
        pytest.param(
            ["towns.jsonl", "--require", "f1=1"], "no figure is called 'f1'", id="no-figure"
        ),
        pytest.param(["--compare", "right", "towns"], "towns holds no run", id="no-run"),
    ],
)
def test_what_cannot_be_done_is_told(folder: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(RagError) as raised:
        cli(["evaluate", *arguments], standalone_mode=False)
    assert str(raised.value).startswith(message)


def test_help_names_the_options() -> None:
    shown = CliRunner().invoke(cli, ["evaluate", "--help"]).output
    assert [o for o in ("--compare", "--require", "--output", "--limit") if o not in shown] == []


def test_the_commands_load_what_computes_the_measures_only_when_they_run() -> None:
    heavy = ["scipy", "matplotlib", "ir_measures", "jinja2", "torch"]
    script = (
        "import sys, rag.evaluation_cli, rag.evaluation.evaluating\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_python_evaluates_with_an_archive_and_a_model_of_its_own(tmp_path: Path) -> None:
    archive = town_archive(tmp_path / "towns")
    generator = town_assistant(archive).generator
    run = evaluate(town_cases(), archive, model=generator, output=tmp_path / "run")
    assert {figure.name: figure.value for figure in run.figures}["accuracy"] == 1.0
    assert run.report.is_file()


def test_a_draft_is_written_once_and_never_over_corrections(folder: Path) -> None:
    cli(["questions", "draft", "draft.jsonl", "--archive", "towns/archive"], standalone_mode=False)
    cases = read_questions("draft.jsonl")
    assert {case.kind for case in cases} == {"number", "name"}
    with pytest.raises(RagError, match=r"draft\.jsonl exists already; name another file"):
        cli(["questions", "draft", "draft.jsonl"], standalone_mode=False)
