"""Stand-ins for the model hub and for pip's index, and the tiny files that they serve."""

import hashlib
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rag.presets import HubSource, ModelFile, SourceFailedError


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def model_file(path: str, content: bytes) -> ModelFile:
    return ModelFile(path, bytes=len(content), sha256=sha256(content))


def tiny_gguf(*, weights: int = 64) -> bytes:
    """Return a GGUF file with a few metadata values and one tensor of 32-bit floats."""

    def text(value: bytes) -> bytes:
        return struct.pack("<Q", len(value)) + value

    values = [
        text(b"general.name") + struct.pack("<I", 8) + text(b"tiny"),
        text(b"tokens") + struct.pack("<IIQ", 9, 8, 2) + text(b"a") + text(b"b"),
        text(b"scores") + struct.pack("<IIQff", 9, 6, 2, 0.5, 1.5),
        text(b"general.alignment") + struct.pack("<II", 4, 64),
    ]
    tensor = text(b"weights") + struct.pack("<IQIQ", 1, weights, 0, 0)
    header = b"GGUF" + struct.pack("<Iqq", 3, 1, len(values)) + b"".join(values) + tensor
    return header.ljust(-(-len(header) // 64) * 64, b"\0") + b"\1" * 4 * weights


@dataclass
class FakeHub:
    """Serves `files` by (repository, path); a transfer breaks off after `breaks_after` bytes."""

    files: dict[tuple[str, str], bytes] = field(default_factory=dict)
    cached: dict[tuple[str, str], Path] = field(default_factory=dict)
    reachable: bool = True
    breaks_after: int | None = None
    started_at: list[int] = field(default_factory=list)

    def find_cached(self, source: HubSource, path: str) -> Path | None:
        return self.cached.get((source.hub, path))

    def check_reachable(self) -> None:
        if not self.reachable:
            raise SourceFailedError("out of reach")

    def look_up(self, source: HubSource, path: str) -> ModelFile:
        return model_file(path, self.files[source.hub, path])

    def download(
        self, source: HubSource, path: str, target: Path, *, report: Callable[[int], None]
    ) -> None:
        content = self.files[source.hub, path]
        with target.open("ab") as output:
            self.started_at.append(output.tell())
            output.write(content[output.tell() : self.breaks_after])
            report(output.tell())
        if self.breaks_after is not None:
            raise SourceFailedError("the transfer broke off")


@dataclass
class FakePackages:
    """Serves wheels by requirement, each a dictionary of members.

    The requirement `stops_at` raises `stops_with` instead.
    """

    wheels: dict[str, dict[str, bytes]] = field(default_factory=dict)
    stops_at: str | None = None
    stops_with: BaseException = field(default_factory=KeyboardInterrupt)
    reachable: bool = True
    requested: list[str] = field(default_factory=list)

    def check_reachable(self, package: str) -> None:
        if not self.reachable:
            raise SourceFailedError("out of reach")

    def download(self, requirement: str, folder: Path, *, report: Callable[[int], None]) -> Path:
        self.requested.append(requirement)
        if requirement == self.stops_at:
            raise self.stops_with
        path = folder / f"{requirement.replace('==', '-')}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            for name, content in self.wheels[requirement].items():
                wheel.writestr(name, content)
        report(path.stat().st_size)
        return path
