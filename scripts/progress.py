"""Runs one long command quietly: its output goes to a log, the person sees the time that passes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

SECONDS_BETWEEN_LINES = 30
SECONDS_TO_TIDY_UP = 20
INDENT = " " * 6


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def run_quietly(command: Sequence[str], *, log: Path, environment: Mapping[str, str]) -> bool:
    """Append the command's output to `log`, show the time, and tell whether it succeeded.

    On Ctrl-C the command and all that it started are stopped before the exception goes on.
    """
    with log.open("ab") as written:
        written.write(f"\n$ {' '.join(command)}\n".encode())
        written.flush()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            env=environment,
            close_fds=False,  # the lock of the set-up lives as long as the command
            start_new_session=True,  # a group of its own, so that compilers stop with pip
        )
        try:
            show_time_until_done(
                lambda seconds: ends_within(process, seconds), log=log, output=sys.stdout
            )
        finally:
            stop(process)
    return process.returncode == 0


def ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def show_time_until_done(
    ends_within: Callable[[float], bool], *, log: Path, output: TextIO
) -> None:
    """Rewrite one line every second on a terminal; elsewhere add a line every half minute."""
    started = time.monotonic()
    is_terminal = output.isatty()
    before, after = ("\r\033[K", "") if is_terminal else ("", "\n")
    while not ends_within(1 if is_terminal else SECONDS_BETWEEN_LINES):
        progress = f"{clock(time.monotonic() - started)}{files_compiled(tail(log))}"
        output.write(f"{before}{INDENT}{progress}{after}")
        output.flush()
    output.write(before)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a command that still runs; pip removes its temporary files when interrupted."""
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGINT)
    if not ends_within(process, SECONDS_TO_TIDY_UP):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def files_compiled(log_end: str) -> str:
    """Say how far a compilation is, from the `[57/210]` that ninja prints; else nothing."""
    counts = re.findall(r"^\s*\[(\d+)/(\d+)\] ", log_end, re.MULTILINE)
    return f", {counts[-1][0]} of {counts[-1][1]} files compiled" if counts else ""


def tail(log: Path, characters: int = 4000) -> str:
    with log.open("rb") as written:
        written.seek(max(0, log.stat().st_size - characters))
        return written.read().decode(errors="replace")
