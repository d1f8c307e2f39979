"""`newsdesk evaluate` and `newsdesk questions`: flags in, functions of rag.evaluation called.

What computes the measures is loaded by the command that needs it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from rag.archive import Archive
from rag.assistant import Assistant
from rag.errors import RagError
from rag.opening import open_assistant
from rag.settings import load_settings
from rag.terminal import counting

if TYPE_CHECKING:
    from rag.evaluation.questions import Case
    from rag.evaluation.run_folder import Run

UNKNOWN_SHOWN = 5
console = Console(stderr=True)
output = Console()
questions = typer.Typer(help="Make question sets.", rich_markup_mode=None, no_args_is_help=True)

ArchiveOption = Annotated[Path | None, typer.Option("--archive", help="The archive's folder.")]


def evaluate(
    question_set: Annotated[
        Path | None, typer.Argument(metavar="QUESTIONS", help="JSON lines, one question each.")
    ] = None,
    archive: ArchiveOption = None,
    model: Annotated[
        str | None, typer.Option("--model", help="As for `newsdesk ask`; none answers in quotes.")
    ] = None,
    folder: Annotated[Path | None, typer.Option("--output", help="The run's folder.")] = None,
    require: Annotated[
        list[str] | None,
        typer.Option(help="A figure and what it must reach: answer_f1=0.5; may be repeated."),
    ] = None,
    limit: Annotated[int | None, typer.Option(help="Ask only the first so many.", min=1)] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(help="The folders of two runs, to compare instead.")
    ] = None,
) -> None:
    """Ask a whole question set and measure the answers, or compare two such runs."""
    from rag.evaluation.questions import read_questions
    from rag.evaluation.requirements import read_requirements, unmet
    from rag.evaluation.tables import show_run

    if compare:
        if question_set or require:
            raise RagError("--compare takes two runs and nothing else; leave the rest away")
        _compare(*compare)
        return
    if question_set is None:
        raise RagError("there is nothing to evaluate; name a question set, or --compare two runs")
    requirements = read_requirements(require or [])
    cases = read_questions(question_set)[:limit]
    assistant = open_assistant(load_settings({"archive": archive, "model": model}), console)
    run = _run(cases, assistant, name=question_set.stem, folder=folder)
    show_run(output, run)
    console.print(Text(f"Report: {run.report}"), soft_wrap=True)
    failures = unmet(requirements, run.figures)
    for failure in failures:
        console.print(Text(f"newsdesk: {failure}", style="red"), soft_wrap=True)
    if failures:
        raise typer.Exit(1)


@questions.command()
def draft(
    file: Annotated[Path, typer.Argument(help="The question set to write.")],
    archive: ArchiveOption = None,
    count: Annotated[int, typer.Option("-n", help="About how many questions.", min=1)] = 50,
) -> None:
    """Draft questions on your own articles, for you to correct; a few have no answer there."""
    from rag.evaluation.drafting import draft_questions
    from rag.evaluation.questions import write_questions

    if file.exists():
        raise RagError(f"{file} exists already; name another file, your corrections stay yours")
    with Archive(settings=load_settings({"archive": archive})) as opened:
        cases = draft_questions(opened.articles(), count=count)
    write_questions(file, cases)
    lacking = sum(not case.answerable for case in cases)
    output.print(
        Text(
            f"{file}: {len(cases):,} questions, {lacking:,} of them without an answer. Read them "
            "all: correct what reads badly, delete what you would not ask, then evaluate them."
        ),
        soft_wrap=True,
    )


def _run(cases: "Sequence[Case]", assistant: Assistant, *, name: str, folder: Path | None) -> "Run":
    from rag.evaluation.questions import describe_undecided
    from rag.evaluation.running import evaluate_assistant, free_folder, unknown_articles

    if undecided := describe_undecided(cases):
        console.print(Text(undecided, style="yellow"), soft_wrap=True)
    unknown = unknown_articles(cases, assistant.archive)
    if unknown:
        named = "; ".join(unknown[:UNKNOWN_SHOWN])
        told = f"The archive does not have {len(unknown):,} of the articles named: {named}"
        console.print(Text(told, style="yellow"), soft_wrap=True)
    folder = folder.expanduser() if folder else free_folder(name, cases, assistant)
    done = 0
    with counting(console, "Asking", unit="questions", total=len(cases)) as moved:

        def progress(finished: int, total: int) -> None:
            nonlocal done
            done = finished
            moved(finished, total)

        try:
            return evaluate_assistant(cases, assistant, folder=folder, progress=progress)
        except KeyboardInterrupt:
            console.print(
                f"Stopped. {done:,} of {len(cases):,} questions are answered in {folder}; run the "
                "same command again to go on."
            )
            raise typer.Exit(130) from None


def _compare(first: Path, second: Path) -> None:
    from rag.evaluation.comparison import compare
    from rag.evaluation.run_folder import read_run
    from rag.evaluation.tables import show_comparison

    show_comparison(output, compare(read_run(first), read_run(second)))
