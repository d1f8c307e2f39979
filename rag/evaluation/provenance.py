"""What a run's figures depend on: settings, model, prompt, archive, versions, machine."""

import hashlib
import os
import platform
import re
from collections.abc import Mapping
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from rag.archive import Archive
from rag.errors import ModelError
from rag.models import find_model
from rag.presets import load_presets
from rag.settings import Settings
from rag.wiring import make_prompt

# What changes no answer, or is nobody else's business.
LEFT_OUT = {"archive", "models", "threads", "api_key", "host", "port"}
LIBRARIES = (
    "newsdesk",
    "faiss-cpu",
    "llama-cpp-python",
    "numpy",
    "scipy",
    "sentence-transformers",
    "tantivy",
    "torch",
)
PASSWORD = re.compile(r"//[^/@]*@")
CODE = ("rag", "embeddings", "prompts")


def settings_facts(settings: Settings) -> dict[str, object]:
    facts = {name: value for name, value in asdict(settings).items() if name not in LEFT_OUT}
    return {**facts, "model": shown_model(settings.model)}


def shown_model(model: str) -> str:
    """Return the model's name, without the password that an address may carry."""
    return PASSWORD.sub("//", model)


def model_facts(settings: Settings, name: str) -> dict[str, object]:
    """Return the name that answers carry and the SHA-256 of the model's file, where it has one."""
    return {"name": name, "sha256": _model_digest(name, settings.models)}


def prompt_facts(settings: Settings) -> dict[str, object]:
    prompt = make_prompt(settings)
    told = "\0".join((prompt.system, prompt.user, prompt.judge, prompt.answer))
    return {"name": prompt.name, "sha256": hashlib.sha256(told.encode()).hexdigest()}


def archive_facts(archive: Archive) -> dict[str, object]:
    return {
        "generation": archive.store.generation,
        "articles": len(archive),
        "passages": archive.store.count_chunks(),
        "vectors": archive.store.count_vectors(),
    }


def versions() -> dict[str, object]:
    """Return what is installed, and a digest of Newsdesk's own code."""
    installed = {each.name.lower(): each.version for each in metadata.distributions()}
    known = {
        name: installed.get(name) or installed.get(name.replace("-", "_")) for name in LIBRARIES
    }
    return {"python": platform.python_version(), **known, "newsdesk code": code_digest()}


def code_digest() -> str:
    root = Path(__file__).parents[2]
    files = sorted(
        path
        for folder in CODE
        for end in ("py", "toml")
        for path in (root / folder).rglob(f"*.{end}")
    )
    hashed = hashlib.sha256()
    for path in files:
        hashed.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return hashed.hexdigest()[:16]


def machine() -> dict[str, object]:
    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
    }


def differing(
    before: Mapping[str, object], now: Mapping[str, object], path: str = ""
) -> str | None:
    """Return the first thing in which two sets of facts differ, with both sides; None: nothing."""
    for name in dict.fromkeys((*before, *now)):
        old, new = before.get(name), now.get(name)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            found = differing(old, new, f"{path}{name} ")
            if found:
                return found
        elif old != new:
            return f"{path}{name} was {_short(old)} and is {_short(new)}"
    return None


def _short(value: object) -> str:
    text = str(value)
    return f"{text[:12]}…" if len(text) == 64 else text


def _model_digest(name: str, models_folder: Path) -> str | None:
    preset = load_presets().get(name)
    if preset:
        return preset.files[0].sha256
    try:
        path = find_model(name, models_folder)
    except ModelError:  # an endpoint's, or one that a program brought along
        return None
    if path is None or not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())
