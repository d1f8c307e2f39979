"""Is all well with this machine, the models and the archive, and what is to be done if not."""

import os
import shutil
from pathlib import Path
from typing import NamedTuple

from rich.filesize import decimal

from rag.archive import Archive
from rag.auto_model import available_memory, choose_auto
from rag.errors import RagError
from rag.models import find_model
from rag.settings import Settings, find_file
from rag.store import FILE_NAME

LEAST_FREE = 500_000_000  # bytes of disk


class Finding(NamedTuple):
    """What was found of one subject; where it is not good, `text` says what to do."""

    good: bool
    subject: str
    text: str


def examine(settings: Settings) -> list[Finding]:
    """Look at everything without changing it or asking the network."""
    return [
        _machine(),
        _settings_file(),
        _disk("archive's disk", settings.archive),
        _disk("models' disk", settings.models),
        _embedder(settings),
        _model(settings),
        *_reranker(settings),
        *_entailment(settings),
        *_archive(settings),
    ]


def has_archive(folder: Path) -> bool:
    """Whether articles were ever added to this folder; opening an Archive would make one."""
    return _exists(folder / FILE_NAME)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a folder above it may not be looked into
        return False


def _machine() -> Finding:
    memory = available_memory()
    free = f", {decimal(memory)} of memory free" if memory else ""
    return Finding(True, "machine", f"{os.cpu_count()} cores{free}")


def _settings_file() -> Finding:
    file = find_file()
    return Finding(True, "settings", str(file) if file else "no newsdesk.toml, the defaults hold")


def _disk(subject: str, folder: Path) -> Finding:
    existing = next(path for path in (folder, *folder.absolute().parents) if _exists(path))
    free = shutil.disk_usage(existing).free
    if not os.access(existing, os.W_OK):
        return Finding(False, subject, f"{existing} may not be written to; check its permissions")
    text = f"{decimal(free)} free for {folder}"
    if free < LEAST_FREE:
        return Finding(False, subject, f"{text}; free {decimal(LEAST_FREE)} at least")
    return Finding(True, subject, text)


def _embedder(settings: Settings) -> Finding:
    return _on_disk("embedder", settings.embedder, settings.models)


def _model(settings: Settings) -> Finding:
    if settings.model == "auto":
        return _auto(settings.models)
    if settings.model == "none" or settings.model.startswith(("http://", "https://")):
        return Finding(True, "language model", settings.model)
    return _on_disk("language model", settings.model, settings.models)


def _auto(models_folder: Path) -> Finding:
    try:
        candidates = choose_auto(models_folder, memory_bytes=available_memory())
    except RagError as error:
        return Finding(False, "language model", str(error))
    return Finding(True, "language model", candidates[0].line)


def _reranker(settings: Settings) -> list[Finding]:
    if settings.reranker == "none":
        return []
    return [_on_disk("reranker", settings.reranker, settings.models)]


def _entailment(settings: Settings) -> list[Finding]:
    if settings.entailment == "none":
        return []
    return [_on_disk("entailment", settings.entailment, settings.models)]


def _on_disk(subject: str, name: str, models_folder: Path) -> Finding:
    try:
        path = find_model(name, models_folder)
    except RagError as error:
        return Finding(False, subject, str(error))
    if path is None:
        return Finding(False, subject, f"not on disk; run `newsdesk models get {name}`")
    return Finding(True, subject, str(path))


def _archive(settings: Settings) -> list[Finding]:
    if not has_archive(settings.archive):
        text = f"there is none in {settings.archive}; run `newsdesk add` with a file or folder"
        return [Finding(False, "archive", text)]
    try:
        with Archive(settings=settings) as archive:
            count, left = len(archive), archive.vectors_left
    except RagError as error:
        return [Finding(False, "archive", str(error))]
    if not count:
        text = f"{settings.archive} has no articles; run `newsdesk add` with a file or folder"
        return [Finding(False, "archive", text)]
    findings = [Finding(True, "archive", f"{count:,} articles in {settings.archive}")]
    if left:
        text = f"{left:,} passages are found by words only; `newsdesk embed` makes their vectors"
        findings.append(Finding(False, "vectors", text))
    return findings
