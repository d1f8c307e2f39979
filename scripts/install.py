"""Makes .venv ready for Newsdesk with pip, from a bare Python: `python -m scripts.install`."""

from __future__ import annotations

import argparse
import fcntl
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts import machine
from scripts.environment import (
    Plan,
    choose_plan,
    has_package,
    read_stamp,
    wanted_stamp,
    write_stamp,
)
from scripts.machine import SetupError
from scripts.progress import clock, run_quietly, say, tail
from scripts.steps import (
    Step,
    cuda_packages,
    environment_step,
    explain_failure,
    installation_steps,
    pip_environment,
    telling_lines,
)

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = VENV / "setup.log"
TEMPORARY = VENV / "tmp"  # not /tmp, which is often small or in memory
BYTES_NEEDED = 3_500_000_000  # measured: .venv 2.3 GB, temporary files 0.4, pip's own cache 0.6
COLUMNS_SHOWN = 160

INSPECT_TORCH = """
import importlib.metadata, json, torch
names = [str(each.metadata["Name"]) for each in importlib.metadata.distributions()]
print(json.dumps([torch.version.cuda, names]))
"""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--extra", action="append", default=[], help="an extra of pyproject.toml")
    extras = parser.parse_args(arguments).extra
    for number in (signal.SIGTERM, signal.SIGHUP):  # a closed terminal stops pip like Ctrl-C
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    try:
        machine.check_python(sys.version_info[:2])
        machine.check_writable(str(ROOT), is_writable=lambda folder: os.access(folder, os.W_OK))
        with alone_in(ROOT):
            set_up(extras)
    except SetupError as error:
        return leave(f"newsdesk: {error}", code=1)
    except OSError as error:
        return leave(f"newsdesk: The set-up stopped ({error}): mend that, run it again.", code=1)
    except KeyboardInterrupt:
        return leave("\nStopped: the same command will start over cleanly.", code=130)
    return 0


def leave(text: str, *, code: int) -> int:
    sys.stderr.write(f"{text}\n")
    return code


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait while another set-up works in `folder`: each would take the other's work for debris.

    A pip that outlives its killed parent inherits the lock and keeps it.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    os.set_inheritable(descriptor, True)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work in this folder: waiting until it ends.")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def set_up(extras: Iterable[str]) -> None:
    found = read_stamp(VENV)
    kept = found.extras if found else ()
    wanted = wanted_stamp(ROOT, python=sys.version_info[:2], extras={*extras, *kept})
    plan = choose_plan(found, wanted, venv_exists=VENV.exists(), python_runs=PYTHON.exists())
    if plan is Plan.NOTHING:
        return
    if plan is Plan.REBUILD:
        shutil.rmtree(VENV)
    steps = missing_steps(wanted.extras)
    check_machine(compiling=any(step.needs_compiler for step in steps))
    say(f"Setting Newsdesk up in {VENV.name}: {plan.value}. Details in {VENV.name}/{LOG.name}.")
    VENV.mkdir(exist_ok=True)
    write_stamp(VENV, wanted._replace(finished=False))
    take_steps(steps)
    refuse_cuda(*inspect_torch())
    write_stamp(VENV, wanted)
    say("Everything is installed.\n")


def missing_steps(extras: Sequence[str]) -> list[Step]:
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    cores = os.cpu_count() or 1
    steps = installation_steps(ROOT, constraints, platform=sys.platform, extras=extras, cores=cores)
    missing = [step for step in steps if not (step.package and has_package(VENV, step.package))]
    return missing if PYTHON.exists() else [environment_step(ROOT), *missing]


def check_machine(*, compiling: bool) -> None:
    if compiling:
        machine.check_compilers(os.environ, compiles=machine.compiles)
    if not VENV.exists():
        machine.check_virtual_environments(
            sys.version_info[:2], has_module=lambda name: bool(importlib.util.find_spec(name))
        )
        machine.check_disk(str(ROOT), needed=BYTES_NEEDED, free=shutil.disk_usage(ROOT).free)


def take_steps(steps: Sequence[Step]) -> None:
    TEMPORARY.mkdir(exist_ok=True)
    environment = pip_environment(os.environ, temporary_folder=str(TEMPORARY))
    for number, step in enumerate(steps, start=1):
        say(f"[{number}/{len(steps)}] {step.title}")
        take_step(step, run=lambda command: run_quietly(command, log=LOG, environment=environment))
    shutil.rmtree(TEMPORARY)


def take_step(step: Step, *, run: Callable[[Sequence[str]], bool], log: Path = LOG) -> None:
    started = time.monotonic()
    if any(run(command) for command in step.commands):
        say(f"      done in {clock(time.monotonic() - started)}")
        return
    log_end = tail(log, characters=100_000).rpartition("\n$ ")[2]  # the last command's output
    say("\n".join(f"  | {line[:COLUMNS_SHOWN]}" for line in telling_lines(log_end)))
    raise SetupError(explain_failure(step, log_end))


def inspect_torch() -> tuple[str | None, list[str]]:
    """Start PyTorch once; return its CUDA version and the names of all installed packages."""
    command = [str(PYTHON), "-c", INSPECT_TORCH]
    inspected = subprocess.run(command, capture_output=True, text=True, check=False)
    if inspected.returncode != 0:
        raise SetupError(
            "PyTorch was installed but does not start on this computer"
            f" ({inspected.stderr.strip().splitlines()[-1]}): try another Python from 3.11 on."
        )
    cuda, names = json.loads(inspected.stdout)
    return cuda, names


def refuse_cuda(cuda: str | None, names: Iterable[str]) -> None:
    """Prove that the build without CUDA was installed, whatever pip was configured to do."""
    found = cuda_packages(names)
    if cuda or found:
        raise SetupError(
            f"The folder .venv holds CUDA ({', '.join(found) or f'PyTorch for CUDA {cuda}'}), which"
            " Newsdesk does not use: remove it (`make clean`), then run this again."
        )


if __name__ == "__main__":
    sys.exit(main())
