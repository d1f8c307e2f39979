"""Asks a set's questions one after another into a run's folder, and goes on where that stopped."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from rag.archive import Archive
from rag.assistant import Assistant
from rag.evaluation.provenance import (
    archive_facts,
    differing,
    machine,
    model_facts,
    prompt_facts,
    settings_facts,
    versions,
)
from rag.evaluation.questions import Case, digest
from rag.evaluation.results import Result, examine
from rag.evaluation.run_folder import (
    Run,
    alone,
    appending,
    begin,
    read_run,
    read_summary,
    write_summary,
)
from rag.evaluation.subject import Subject, assistant_subject
from rag.wiring import NONE

Progress = Callable[[int, int], None]
Facts = dict[str, object]
RUNS = Path("evaluations")  # below the working folder
UNUSUAL = re.compile(r"[^\w.-]+")


def no_progress(done: int, total: int) -> None:
    """Report no progress."""


def evaluate_assistant(
    cases: Sequence[Case],
    assistant: Assistant,
    *,
    folder: Path,
    progress: Progress = no_progress,
) -> Run:
    """Ask an assistant every question; the run's figures, results and report lie in `folder`.

    An interrupted run is continued by the same call. `progress` is told how many questions are
    done, and of how many.

    Raises:
        RagError: the archive, the model or the folder cannot be used.
    """
    subject = assistant_subject(assistant)
    facts = assistant_facts(assistant)
    return run_cases(cases, lambda case: subject, folder=folder, facts=facts, progress=progress)


def run_cases(
    cases: Sequence[Case],
    subject_of: Callable[[Case], Subject],
    *,
    folder: Path,
    facts: Facts,
    progress: Progress = no_progress,
) -> Run:
    """Examine each case with the subject made for it; `facts` say what the figures depend on.

    Raises:
        RunError: the folder holds another run.
        RagError: a question could not be answered; the results so far are kept.
    """
    fixed: Facts = {"questions": question_facts(cases), **facts}
    with alone(folder):
        results = begin(folder, fixed)
        summary: Facts = {"fixed": fixed, **_circumstances(), "finished": None}
        if len(results) < len(cases):
            write_summary(folder, summary)
        progress(len(results), len(cases))
        with appending(folder) as append:
            for case in cases[len(results) :]:
                results.append(examine(case, subject_of(case)))
                append(results[-1])
                progress(len(results), len(cases))
        finish(folder, summary, results)
    return read_run(folder)


def finish(folder: Path, summary: Mapping[str, object], results: Sequence[Result]) -> None:
    """Write the figures and the report."""
    from rag.evaluation.figures import figures_by_kind, make_figures
    from rag.evaluation.report import write_report

    by_kind = figures_by_kind(results)
    write_summary(
        folder,
        {
            **summary,
            "finished": _now(),
            "figures": [asdict(figure) for figure in make_figures(results)],
            "figures_by_kind": {k: [asdict(each) for each in v] for k, v in by_kind.items()},
        },
    )
    write_report(read_run(folder))


def assistant_facts(assistant: Assistant) -> Facts:
    """Return what the assistant's answers depend on; loads the model."""
    settings = assistant.settings
    generator = assistant.generator
    name = generator.name if generator else NONE
    return {
        "settings": settings_facts(settings),
        "model": model_facts(settings, name),
        "prompt": prompt_facts(settings),
        "archive": archive_facts(assistant.archive),
        "versions": versions(),
    }


def question_facts(cases: Sequence[Case]) -> Facts:
    return {"count": len(cases), "sha256": digest(cases)}


def free_folder(name: str, cases: Sequence[Case], assistant: Assistant) -> Path:
    """Return the folder of the unfinished run of the same kind, else one that is not there yet.

    `name` is the question set's.
    """
    facts = assistant_facts(assistant)
    model = assistant.generator.name if assistant.generator else NONE
    stem = UNUSUAL.sub("-", f"{name}-{Path(model).name}")
    for number in count(1):
        folder = RUNS / (stem if number == 1 else f"{stem}-{number}")
        if not folder.exists() or _can_go_on(folder, cases, facts):
            return folder
    raise ValueError("there is always a number that is free")


def unknown_articles(cases: Sequence[Case], archive: Archive) -> list[str]:
    """Return the articles that the cases name by ids or titles that the archive does not have."""
    wanted = dict.fromkeys(name for case in cases for name in case.articles)
    missing = [name for name in wanted if archive.article(name) is None]
    if not missing:
        return []
    titles = {" ".join(each.title.casefold().split()) for each in archive.articles()}
    return [name for name in missing if " ".join(name.casefold().split()) not in titles]


def _can_go_on(folder: Path, cases: Sequence[Case], facts: Mapping[str, object]) -> bool:
    summary = read_summary(folder)
    if summary is None or summary.get("finished"):
        return False
    before = summary.get("fixed")
    shared = {"questions": question_facts(cases), **facts}
    known = before if isinstance(before, dict) else {}
    return differing({name: known.get(name) for name in shared}, shared) is None


def _circumstances() -> Facts:
    return {"machine": machine(), "command": sys.argv, "started": _now()}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
