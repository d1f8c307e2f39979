"""The evaluations made so far, as one reads them in a list; a run is read whole to be shown."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from rag.errors import RagError

if TYPE_CHECKING:  # what it loads takes a second that asking need not spend
    from rag.evaluation.run_folder import Run

FOLDER = "evaluations"


class NoRunError(RagError):
    """A run cannot be shown; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class _Questions:
    count: int


@dataclass(frozen=True, slots=True)
class _Fixed:
    questions: _Questions


@dataclass(frozen=True, slots=True)
class _Figure:
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class _Summary:
    """The part of a run's summary that the list shows."""

    fixed: _Fixed
    started: datetime
    finished: datetime | None = None
    figures: tuple[_Figure, ...] = ()


SUMMARY = TypeAdapter(_Summary)


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run in the list; `right` is the share answered or declined rightly, None: not known."""

    name: str  # the folder's
    started: datetime
    questions: int
    done: int
    finished: bool
    right: float | None = None

    def describe(self) -> str:
        """Return one line for people."""
        counted = "1 question" if self.questions == 1 else f"{self.questions:,} questions"
        told = counted if self.finished else f"stopped at {self.done:,} of {counted}"
        right = "" if self.right is None else f" · {100 * self.right:.0f} % right"
        when = self.started.astimezone()
        return f"{self.name} · {told}{right} · {when.day} {when:%B %Y, %H:%M}"


def list_runs(archive_folder: Path) -> list[RunEntry]:
    """Return the runs, newest first; folders that hold none are passed over."""
    folders = (archive_folder / FOLDER).glob("*/")
    entries = [entry for folder in folders if (entry := _read_entry(folder)) is not None]
    return sorted(entries, key=lambda entry: (entry.started, entry.name), reverse=True)


def open_run(archive_folder: Path, name: str) -> "Run":
    """Read a finished run.

    Raises:
        RagError: there is none of that name, or it is unfinished or damaged.
    """
    from rag.evaluation.run_folder import read_run

    found = next((entry for entry in list_runs(archive_folder) if entry.name == name), None)
    if found is None:
        raise NoRunError("this run is no longer there; choose another")
    if not found.finished:
        raise NoRunError(
            f"This run was stopped after {found.done:,} of {found.questions:,} questions; evaluate "
            "the same question set again, and it goes on where it stopped."
        )
    return read_run(archive_folder / FOLDER / name)


def _read_entry(folder: Path) -> RunEntry | None:
    try:
        summary = SUMMARY.validate_json((folder / "summary.json").read_bytes())
        done = (folder / "results.jsonl").read_bytes().count(b"\n")
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        return None  # not ours, or damaged: there is nothing to show
    figures = {figure.name: figure.value for figure in summary.figures}
    return RunEntry(
        name=folder.name,
        started=summary.started,
        questions=summary.fixed.questions.count,
        done=done,
        finished=summary.finished is not None,
        right=figures.get("accuracy"),
    )
