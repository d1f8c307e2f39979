"""What this machine can carry: its memory and cores, and what a model would take of them."""

import os
from dataclasses import dataclass

from rag.auto_model import SMALL, available_memory, needed
from rag.incoming import readable
from rag.presets import Preset, load_presets

SLOWER = 1.5  # times the work of the small model; less is not worth a word


@dataclass(frozen=True, slots=True)
class Machine:
    """`free_bytes` of memory can still be taken; None: not known."""

    cores: int
    free_bytes: int | None


def look_at_machine() -> Machine:
    affinity = getattr(os, "sched_getaffinity", None)  # not on every system
    return Machine(len(affinity(0)) if affinity else os.cpu_count() or 1, available_memory())


def describe_machine(machine: Machine) -> str:
    cores = "1 core" if machine.cores == 1 else f"{machine.cores} cores"
    memory = f", {readable(machine.free_bytes)} of memory free" if machine.free_bytes else ""
    return f"This machine has {cores}{memory}."


def describe_fit(preset: Preset, machine: Machine) -> str:
    """Say in one sentence whether the machine can carry the model, and how quick it will be."""
    memory, free = needed(preset), machine.free_bytes
    if free is not None and memory > free:
        return (
            f"Too large: takes about {readable(memory)} of memory, only {readable(free)} are free."
        )
    fits = "Takes" if free is None else "Fits: takes"
    return f"{fits} about {readable(memory)} of memory{_pace(preset, machine.cores)}."


def _pace(preset: Preset, cores: int) -> str:
    """Compare with the small model: what a word costs goes with the file's size."""
    small = load_presets()[SMALL[0]]
    times = preset.bytes / small.bytes
    if times < 1 / SLOWER:
        return f", about {round(1 / times)} times as quick as {small.name}"
    if times < SLOWER:
        return ""
    few = f": a long wait with {cores} {'core' if cores == 1 else 'cores'}" if cores <= 2 else ""
    return f", and about {times:.1f} times as long as {small.name}{few}"
