"""A model on its way into its folder: files that grow and are checked before they get a name."""

import errno
import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ModelError
from rag.presets import ModelFile, Preset, SourceFailedError

# A label for people, the bytes there are, the bytes there will be (0: unknown).
Progress = Callable[[str, int, int], None]

SPARE_BYTES = 50_000_000  # to be left on the disk


@dataclass(frozen=True, slots=True)
class Incoming:
    """The files of `preset` in `folder`; each grows as NAME.partial, which is always a prefix."""

    preset: Preset
    folder: Path
    progress: Progress

    def missing(self) -> list[ModelFile]:
        return [file for file in self.preset.files if not (self.folder / file.path).exists()]

    def partial(self, file: ModelFile) -> Path:
        path = self.folder / f"{file.path}.partial"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def record(self, file: ModelFile) -> Path:
        """Where a source notes what it needs to know to go on with the partial file."""
        return self.folder / f"{file.path}.parts"

    def report(self, current: int, doing: str = "") -> None:
        """Tell of the bytes in place plus `current` of what is being fetched."""
        done = current + sum(size_of(self.folder / file.path) for file in self.preset.files)
        total = self.preset.bytes
        self.progress(self.preset.name + doing, min(done, total) if total else done, total)

    def accept(self, file: ModelFile) -> None:
        """Put a finished file in its place, if it is what its publisher published.

        Raises:
            SourceFailedError: it is shorter and can be continued, or it is other and was deleted.
        """
        partial = self.partial(file)
        if file.bytes is not None and size_of(partial) < file.bytes:
            raise SourceFailedError(f"{file.path} broke off before its end")
        self.report(size_of(partial), ": checking")
        genuine = sha256_of(partial) == file.sha256
        self.record(file).unlink(missing_ok=True)
        if not genuine:
            partial.unlink()
            raise SourceFailedError(
                f"the bytes of {file.path} are not the publisher's (wrong SHA-256) and were deleted"
            )
        partial.replace(self.folder / file.path)
        self.report(0)

    def check_space(self, *, reserve: int = 0) -> None:
        """Refuse before the first byte what the disk cannot take, `reserve` bytes included.

        Raises:
            ModelError: there is too little space.
        """
        missing = self.missing()
        lacking = sum((file.bytes or 0) - size_of(self.partial(file)) for file in missing)
        needed = max(0, lacking) + reserve + SPARE_BYTES
        free = shutil.disk_usage(self.folder).free
        if free < needed:
            raise ModelError(
                f"The model {self.preset.name} needs {readable(needed)} of disk space, but only "
                f"{readable(free)} are free in {self.folder}: free some, or set NEWSDESK_MODELS "
                "to a folder on a larger disk."
            )

    def explain(self, error: OSError) -> ModelError:
        """Turn a failure of the disk into a sentence for a person."""
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return ModelError(
                f"The disk is full, {self.preset.name} does not fit into {self.folder}: free some "
                "space or set NEWSDESK_MODELS to a folder on a larger disk, and try again."
            )
        return ModelError(
            f"The model {self.preset.name} cannot be kept in {self.folder} ({error.strerror}): "
            "set NEWSDESK_MODELS to a folder that you may write to."
        )


def sha256_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def size_of(path: Path) -> int:
    """Return the size in bytes, 0 where there is no file."""
    return path.stat().st_size if path.exists() else 0


def readable(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
