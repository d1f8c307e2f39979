"""Which generator to take where nobody has chosen one: what fits this machine, nearest first."""

import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

from rag.incoming import readable
from rag.models import list_models
from rag.presets import Preset

# Nothing smaller: smollm2-135m gets a quarter of plain questions right and invents the rest, so
# quotes alone serve a person better.
SMALL = ("qwen2.5-1.5b", "qwen2.5-coder-1.5b")  # large enough to write, best first
MEMORY_PER_BYTE = 1.3  # of the file: the weights and what evaluating them takes
MEMORY_BESIDE = 1_000_000_000  # bytes for the context, the embedder and the indexes

LARGER = "`newsdesk models` lists larger ones for --model"
ELSEWHERE = (
    "--model also takes a .gguf file, or the address of an OpenAI-compatible server elsewhere"
)


class Candidate(NamedTuple):
    """A generator's name, None for answers in quotes only, and why it, in one line for people."""

    name: str | None
    line: str


def choose_auto(models_folder: Path, *, memory_bytes: int | None) -> list[Candidate]:
    """Return what to try, best first; the last has the name None. Nothing is fetched or asked.

    What is on disk comes before what must be fetched, so that a machine which has a model needs no
    network. `memory_bytes` is what is available, None where that is not known.
    """
    statuses = {status.preset.name: status for status in list_models(models_folder)}
    room = sys.maxsize if memory_bytes is None else memory_bytes
    small = [name for name in SMALL if needed(statuses[name].preset) <= room]
    small.sort(key=lambda name: not statuses[name].on_disk)
    candidates = [small_candidate(statuses[name].preset, statuses[name].on_disk) for name in small]
    why = "no better model can be had"
    if not small:
        least = readable(needed(statuses[SMALL[0]].preset))
        why = f"a better model takes {least} of memory and only {readable(room)} are free"
    line = f"The answers are quotes only, because {why}; {ELSEWHERE}."
    return [*candidates, Candidate(None, line)]


def small_candidate(preset: Preset, on_disk: bool) -> Candidate:
    cost = "" if on_disk else f" ({readable(preset.bytes)} to fetch, once)"
    return Candidate(preset.name, f"{preset.name} writes the answers{cost}; {LARGER}.")


def needed(preset: Preset) -> int:
    return int(preset.bytes * MEMORY_PER_BYTE) + MEMORY_BESIDE


def available_memory() -> int | None:
    """Return the bytes of memory that programs can still take, or None where that is not known.

    Systems other than Linux tell no more than what is built in.
    """
    try:
        text = Path("/proc/meminfo").read_text(encoding="ascii")
    except OSError:
        if not hasattr(os, "sysconf"):
            return None
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    match = re.search(r"^MemAvailable:\s+(\d+) kB", text, re.MULTILINE)
    return int(match[1]) * 1024 if match else None
