"""Models by name: what is on disk, and getting what is not."""

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from rag.downloads import Places, fetch, real_places
from rag.errors import ModelError
from rag.gguf import check_gguf
from rag.incoming import Progress, size_of
from rag.presets import Preset, hub_preset, load_presets


class ModelStatus(NamedTuple):
    """`bytes_on_disk` counts what has arrived of an unfinished download too."""

    preset: Preset
    on_disk: bool
    bytes_on_disk: int


def find_model(name: str, models_folder: Path) -> Path | None:
    """Return what a library opens for the model, or None where it has not been fetched.

    `name` is a preset, a .gguf file, a folder of an embedder or reranker, or a file of the model
    hub as owner/repository:file.gguf. The network is not asked. A preset's files were checked
    before they got their names, so only their sizes are compared.

    Raises:
        ModelError: there is no such name or file, or the file was cut short or cannot be read.
    """
    preset = load_presets().get(name) or hub_preset(name)
    try:
        return find_file(name) if preset is None else find_preset(preset, models_folder)
    except PermissionError as error:
        raise unreadable(error) from error


def get_model(
    name: str,
    models_folder: Path,
    *,
    progress: Progress,
    places: Callable[[], Places] = real_places,
) -> Path:
    """Return what a library opens for the model, fetching what is missing of it first.

    Raises:
        ModelError: as `find_model`, or no source can give it, or the disk cannot take it.
    """
    found = find_model(name, models_folder)
    if found is not None:
        return found
    preset = load_presets().get(name) or hub_preset(name)
    if preset is None:
        raise unknown(name)
    fetch(preset, models_folder, places=places(), progress=progress)
    return preset.path(models_folder)


def list_models(models_folder: Path) -> list[ModelStatus]:
    """Return the state of every preset, in the order of models.toml.

    Raises:
        ModelError: the models folder cannot be read.
    """
    try:
        return [status_of(preset, models_folder) for preset in load_presets().values()]
    except PermissionError as error:
        raise unreadable(error) from error


def status_of(preset: Preset, models_folder: Path) -> ModelStatus:
    folder = preset.folder(models_folder)
    whole = all(size_of(folder / file.path) == file.bytes for file in preset.files)
    paths = [folder / f"{file.path}{end}" for file in preset.files for end in ("", ".partial")]
    return ModelStatus(preset, whole, sum(size_of(path) for path in paths))


def find_preset(preset: Preset, models_folder: Path) -> Path | None:
    folder = preset.folder(models_folder)
    for file in preset.files:
        path = folder / file.path
        if not path.exists():
            return None
        if file.bytes is None:
            check_gguf(path)
        elif size_of(path) != file.bytes:
            raise ModelError(
                f"The model file {path} was cut short or changed ({size_of(path):,} bytes instead "
                f"of {file.bytes:,}): delete it, and it is fetched anew the next time."
            )
    return preset.path(models_folder)


def find_file(name: str) -> Path:
    path = Path(name).expanduser()
    if path.suffix.lower() == ".gguf" or path.is_file():
        check_gguf(path)
        return path
    if (path / "config.json").is_file():
        return path
    raise unknown(name)


def unreadable(error: PermissionError) -> ModelError:
    return ModelError(f"You may not read {error.filename}: allow it, or set NEWSDESK_MODELS.")


def unknown(name: str) -> ModelError:
    nearest = difflib.get_close_matches(name, load_presets(), n=1, cutoff=0.4)
    hint = f", did you mean {nearest[0]}?" if nearest else "."
    return ModelError(
        f"There is no model {name!r}{hint} A model is a name that `newsdesk models` lists, "
        "a .gguf file, owner/repository:file.gguf on the model hub, or an http(s) endpoint."
    )
