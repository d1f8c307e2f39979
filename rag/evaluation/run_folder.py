"""A run's folder: summary.json, results.jsonl, report.html. One process writes it at a time."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from rag.errors import RagError
from rag.evaluation.figures import Figure
from rag.evaluation.provenance import differing
from rag.evaluation.results import Result, read_result, write_result

SUMMARY, RESULTS, REPORT, LOCK = "summary.json", "results.jsonl", "report.html", ".lock"
FIGURES = TypeAdapter(list[Figure])


class RunError(RagError):
    """A run's folder cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """What an evaluation found, as it lies in its folder."""

    folder: Path
    summary: dict[str, object]
    results: list[Result]
    figures: list[Figure]
    by_kind: dict[str, list[Figure]]

    @property
    def report(self) -> Path:
        return self.folder / REPORT


def read_run(folder: str | Path) -> Run:
    """Read a finished run.

    Raises:
        RunError: the folder holds none.
    """
    path = Path(folder).expanduser()
    summary = read_summary(path)
    if summary is None:
        raise RunError(f"{path} holds no run; name a folder that `newsdesk evaluate` wrote")
    if not summary.get("finished"):
        raise RunError(f"{path} is unfinished; run its command again to finish it")
    by_kind = summary.get("figures_by_kind")
    kinds = by_kind if isinstance(by_kind, dict) else {}
    return Run(
        path,
        summary,
        read_results(path),
        FIGURES.validate_python(summary.get("figures", [])),
        {kind: FIGURES.validate_python(figures) for kind, figures in kinds.items()},
    )


def read_summary(folder: Path) -> dict[str, object] | None:
    try:
        summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise RunError(f"{folder} is a file; name a folder") from error
    except (OSError, ValueError) as error:
        raise RunError(
            f"{folder / SUMMARY} cannot be read ({error}); delete the folder, or name another"
        ) from error
    return summary if isinstance(summary, dict) else None


def write_summary(folder: Path, summary: Mapping[str, object]) -> None:
    """Write summary.json; it appears whole."""
    unfinished = folder / f"{SUMMARY}.part"
    text = json.dumps(summary, ensure_ascii=False, indent=2, allow_nan=False)
    unfinished.write_text(f"{text}\n", encoding="utf-8")
    unfinished.replace(folder / SUMMARY)


def read_results(folder: Path) -> list[Result]:
    """Return the results so far; a last line that was cut off is not one."""
    try:
        text = (folder / RESULTS).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    results: list[Result] = []
    for number, each in enumerate(text.split("\n")[:-1], start=1):
        try:
            results.append(read_result(each))
        except ValueError as error:
            raise RunError(
                f"{folder / RESULTS}, line {number} is no result; delete the folder and run again"
            ) from error
    return results


def begin(folder: Path, fixed: Mapping[str, object]) -> list[Result]:
    """Return the results of a run that may go on here; where it stopped in a line, drop the line.

    Raises:
        RunError: the folder holds another run, or something else.
    """
    summary = read_summary(folder)
    if summary is None:
        if any(path.name != LOCK for path in folder.iterdir()):
            raise RunError(f"{folder} holds other files; name an empty or a new folder")
        return []
    before = summary.get("fixed")
    difference = differing(before if isinstance(before, dict) else {}, fixed)
    if difference:
        raise RunError(
            f"{folder} holds another run ({difference}); name another folder, or delete this one"
        )
    _drop_cut_line(folder / RESULTS)
    return read_results(folder)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Make the folder if it is not there, and keep other processes from writing to it.

    Raises:
        RunError: it cannot be made, or another process writes to it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout as error:
        raise RunError(
            f"another evaluation is writing to {folder}; wait for it, or name another folder"
        ) from error
    except OSError as error:
        raise RunError(
            f"{folder} cannot be written: {error.strerror or error}; name another folder"
        ) from error


@contextmanager
def appending(folder: Path) -> Iterator[Callable[[Result], None]]:
    """Give the function that writes a result so that it survives whatever comes next."""
    with (folder / RESULTS).open("a", encoding="utf-8") as file:

        def append(result: Result) -> None:
            file.write(f"{write_result(result)}\n")
            file.flush()
            os.fsync(file.fileno())

        yield append


def _drop_cut_line(path: Path) -> None:
    if path.exists():
        whole = path.read_bytes().rfind(b"\n") + 1
        os.truncate(path, whole)
