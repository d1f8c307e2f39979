"""Settings, read once: newsdesk.toml, what was chosen on the page, the environment, flags.

Each over the one before.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import platformdirs
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from rag.errors import SettingsError

APPLICATION = "newsdesk"
FILE_NAME = "newsdesk.toml"
PAGE_FILE_NAME = "page-settings.toml"  # in the archive's folder
ON_PAGE = ("model", "passages")  # what can be chosen there
NAME_ON_PAGE = re.compile(r"[\w.-]+(?<!\.gguf)")  # a preset's: an archive may come from strangers
PREFIX = "NEWSDESK_"


def expand_home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError("there is no such home folder") from error


def check_root_path(root_path: str) -> str:
    """Return it without a slash at its end."""
    try:
        parts = urlsplit(root_path)
    except ValueError as error:
        raise ValueError("that is no address") from error
    is_address = parts.scheme in ("http", "https") and bool(parts.netloc)
    is_path = not parts.scheme and not parts.netloc and parts.path[:1] in ("", "/")
    if not (is_address or is_path) or parts.query or parts.fragment:
        raise ValueError("give a path such as /desk, or an address: https://news.example.org/desk")
    return root_path.rstrip("/")


Folder = Annotated[Path, AfterValidator(expand_home)]


def default_archive() -> Path:
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False)) / "archive"


def default_models() -> Path:
    return Path(platformdirs.user_cache_dir(APPLICATION, appauthor=False)) / "models"


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Settings:
    """Every setting with its default.

    The same names serve in newsdesk.toml and, as NEWSDESK_NAME, in the environment.
    """

    # Where things lie
    archive: Folder = Field(default_factory=default_archive)
    models: Folder = Field(default_factory=default_models)

    # Adding articles
    embedder: str = "all-minilm-l6-v2"
    chunk_tokens: Annotated[int, Field(ge=20, le=4000)] = 200  # of the embedder
    chunk_overlap_sentences: Annotated[int, Field(ge=0, le=5)] = 1

    # Retrieving
    passages: Annotated[int, Field(ge=1, le=50)] = 6  # searched for evidence
    candidates: Annotated[int, Field(ge=1, le=1000)] = 40  # of each retriever, before fusion
    reranker: str = "none"  # "ms-marco-minilm-l6-v2", or another cross-encoder's folder

    # Answering
    model: str = (
        "auto"  # a preset, "none", a .gguf file, owner/repository:file, an http(s) endpoint
    )
    entailment: str = "none"  # folder of a cross-encoder that tells what follows from a quote
    prompt: str = "answer.v2"
    quotes: Annotated[int, Field(ge=1, le=20)] = 4  # that the model reads, with their neighbours
    # Decline where the articles answer with less than this probability. Of our own questions, 0.3
    # declines 59 % of the unanswerable before the model writes, at the price of 15 % of those that
    # it would answer rightly; 0.4 declines 84 % for 30 %, 0.2 about 40 % for 10 %.
    decline_below: Annotated[float, Field(ge=0, le=1)] = 0.3
    context_tokens: Annotated[int, Field(ge=512)] = 4096
    answer_tokens: Annotated[int, Field(ge=16)] = 300
    threads: Annotated[int, Field(ge=0)] = 0  # 0: as many as each library takes by itself
    api_key: str = ""  # for an http(s) endpoint that asks for one

    # The chat page
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 7860
    root_path: Annotated[str, AfterValidator(check_root_path)] = ""  # where a proxy serves the page
    auth: Folder | None = None  # the file of accounts; None: whoever reaches the page may use it
    public_without_auth: bool = False  # also where that is not only this machine
    visitors_change_settings: bool = False  # also where the page serves more than this machine

    def __post_init__(self) -> None:
        if self.answer_tokens > self.context_tokens // 2:
            raise ValueError(
                f"answer_tokens is {self.answer_tokens}, but at least half of context_tokens "
                f"({self.context_tokens}) is for the articles; lower the one or raise the other"
            )


NAMES = tuple(field.name for field in fields(Settings))


def load_settings(
    flags: Mapping[str, object] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """Merge the sources of settings; flags that are None count as not given.

    `file` defaults to newsdesk.toml in the working folder, else in the user's configuration folder.

    Raises:
        SettingsError: a name is unknown, a value is wrong, or a file is not TOML.
    """
    below = _from_file(file or find_file())
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    above = {**_from_environment(environment), **given}
    settings = _checked({**below, **above})
    chosen = read_page_settings(settings.archive)
    if not chosen:
        return settings
    try:
        return _checked({**below, **chosen, **above})
    except SettingsError as error:
        file = settings.archive / PAGE_FILE_NAME
        raise SettingsError(f"{error}; delete {file}, and choose on the page again") from error


def read_page_settings(archive: Path) -> dict[str, object]:
    """Return what was chosen on the page of this archive.

    Raises:
        SettingsError: the file cannot be read, or holds what cannot be chosen there.
    """
    file = archive / PAGE_FILE_NAME
    chosen = _from_file(file, ON_PAGE) if file.is_file() else {}
    model = chosen.get("model", "auto")
    if not isinstance(model, str) or not NAME_ON_PAGE.fullmatch(model):
        raise SettingsError(f"{file} names a model that cannot be chosen on the page; delete it")
    return chosen


def fixed_settings(
    flags: Mapping[str, object], *, environment: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return what the page cannot change, since a flag or the environment says it, and which."""
    variables = {name: f"{PREFIX}{name.upper()}" for name in _from_environment(environment)}
    given = {name: f"--{name}" for name, value in flags.items() if value is not None}
    return {name: by for name, by in (variables | given).items() if name in ON_PAGE}


def _checked(values: dict[str, object]) -> Settings:
    try:
        return TypeAdapter(Settings).validate_python(values)
    except ValidationError as error:
        raise SettingsError(_explain(error)) from error


def find_file() -> Path | None:
    folders = [Path.cwd(), Path(platformdirs.user_config_dir(APPLICATION, appauthor=False))]
    return next((path for folder in folders if (path := folder / FILE_NAME).is_file()), None)


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    message = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return message
    name, given = ".".join(str(part) for part in first["loc"]), first["input"]
    return f"the setting {name} cannot be '{given}': {message[0].lower()}{message[1:]}"


def _from_file(file: Path | None, names: tuple[str, ...] = NAMES) -> dict[str, object]:
    if file is None:
        return {}
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file} cannot be read as settings: {error}") from error
    for name in values:
        if name not in names:
            raise SettingsError(f"{file} has an unknown setting {name!r}; {_nearest(name, names)}")
    return values


def _from_environment(environment: Mapping[str, str] | None) -> dict[str, object]:
    """Return the settings in the environment, by default the process's; empty is not given."""
    environment = os.environ if environment is None else environment
    names = {name.upper(): name for name in NAMES}
    ours = [key for key in environment if key.startswith(PREFIX)]
    given = {key.removeprefix(PREFIX): environment[key] for key in ours}
    for name in given:
        if name not in names:
            nearest = _nearest(name, tuple(names), prefix=PREFIX)
            raise SettingsError(f"the environment has an unknown setting {PREFIX}{name}; {nearest}")
    return {names[name]: value for name, value in given.items() if value}


def _nearest(name: str, names: tuple[str, ...], *, prefix: str = "") -> str:
    matches = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    if matches:
        return f"did you mean {prefix}{matches[0]}?"
    return f"known are: {', '.join(prefix + each for each in names)}"
