"""What .venv holds and what has to be done to it: the memory between two runs of the set-up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import NamedTuple

STAMP = "newsdesk-setup.json"


class Stamp(NamedTuple):
    """What an installation was made from; two equal stamps mean that there is nothing to do.

    `interpreter` names the Python and the folder, of which a virtual environment survives no
    change. `files` is the digest of the files that pip reads. `extras` are sorted.
    """

    interpreter: str
    files: str
    extras: tuple[str, ...]
    finished: bool


class Plan(Enum):
    """The value tells the person what is going to happen."""

    NOTHING = "nothing to do"
    CREATE = "about half a gigabyte to download, two on disk"
    UPDATE = "adding what it lacks"
    REBUILD = "what is there was left unfinished or moved, so it is made anew"


def wanted_stamp(root: Path, *, python: tuple[int, int], extras: Iterable[str]) -> Stamp:
    files = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        files.update((root / name).read_bytes())
    interpreter = f"Python {python[0]}.{python[1]} in {root}"
    return Stamp(interpreter, files.hexdigest(), tuple(sorted(extras)), finished=True)


def choose_plan(
    found: Stamp | None, wanted: Stamp, *, venv_exists: bool, python_runs: bool
) -> Plan:
    """Decide from the stamp alone what to do with .venv.

    Without a stamp somebody else made it: pip adds what is missing. Unfinished, it may hold
    half-written packages that pip would take for whole ones, so it is not trusted.
    """
    if not venv_exists:
        return Plan.CREATE
    if found is None:
        return Plan.UPDATE
    if not (found.finished and python_runs and found.interpreter == wanted.interpreter):
        return Plan.REBUILD
    if found.files == wanted.files and set(wanted.extras) <= set(found.extras):
        return Plan.NOTHING
    return Plan.UPDATE


def has_package(venv: Path, package: str) -> bool:
    """Tell whether `package`, as in `torch-2.13.0+cpu`, is installed."""
    return any(venv.glob(f"lib/*/site-packages/{package}.dist-info"))


def read_stamp(venv: Path) -> Stamp | None:
    """Return None where there is none; a damaged one counts as unfinished."""
    try:
        fields = json.loads((venv / STAMP).read_text(encoding="utf-8"))
        return Stamp(**{**fields, "extras": tuple(fields["extras"])})
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError):
        return Stamp("", "", (), finished=False)


def write_stamp(venv: Path, stamp: Stamp) -> None:
    (venv / STAMP).write_text(json.dumps(stamp._asdict()), encoding="utf-8")
