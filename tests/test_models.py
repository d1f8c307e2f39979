import os
from pathlib import Path

import pytest

from rag.downloads import Places
from rag.errors import ModelError
from rag.models import find_model, get_model, list_models
from tests.fake_places import FakeHub, FakePackages, tiny_gguf

ON_HUB = "owner/repository:tiny.gguf"
SMOLLM2_BYTES = 98_362_432


def no_progress(label: str, done: int, total: int) -> None:
    pass


def places_with(hub: FakeHub) -> Places:
    return Places(hub, FakePackages(reachable=False))


def put_file(path: Path, size: int) -> Path:
    """Make a file of `size` bytes that takes no room on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_a_preset_that_was_not_fetched_is_not_found(tmp_path: Path) -> None:
    assert find_model("smollm2-135m", tmp_path) is None


def test_a_fetched_generator_is_its_file(tmp_path: Path) -> None:
    path = put_file(tmp_path / "smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf", SMOLLM2_BYTES)

    assert find_model("smollm2-135m", tmp_path) == path


def test_an_embedder_is_its_folder_once_all_its_files_are_there(tmp_path: Path) -> None:
    (preset,) = (s.preset for s in list_models(tmp_path) if s.preset.name == "all-minilm-l6-v2")
    for file in preset.files[:-1]:
        put_file(tmp_path / "all-minilm-l6-v2" / file.path, file.bytes or 0)
    before = find_model("all-minilm-l6-v2", tmp_path)

    put_file(tmp_path / "all-minilm-l6-v2" / preset.files[-1].path, preset.files[-1].bytes or 0)

    assert before is None
    assert find_model("all-minilm-l6-v2", tmp_path) == tmp_path / "all-minilm-l6-v2"


def test_a_preset_that_was_cut_short_is_refused_and_stays(tmp_path: Path) -> None:
    path = put_file(tmp_path / "smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf", 1_000)

    with pytest.raises(ModelError) as failure:
        get_model("smollm2-135m", tmp_path, progress=no_progress, places=real_world_is_not_asked)

    assert str(failure.value) == (
        f"The model file {path} was cut short or changed (1,000 bytes instead of 98,362,432): "
        "delete it, and it is fetched anew the next time."
    )
    assert path.stat().st_size == 1_000


def real_world_is_not_asked() -> Places:
    raise AssertionError("a model on disk needs no network")


def test_a_model_on_disk_is_taken_without_asking_anyone(tmp_path: Path) -> None:
    path = put_file(tmp_path / "smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf", SMOLLM2_BYTES)

    got = get_model("smollm2-135m", tmp_path, progress=no_progress, places=real_world_is_not_asked)

    assert got == path


def test_a_gguf_path_is_itself(tmp_path: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(tiny_gguf())

    got = get_model(str(path), tmp_path, progress=no_progress, places=real_world_is_not_asked)

    assert got == path


def test_a_folder_with_a_model_is_itself(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")

    assert find_model(str(tmp_path), tmp_path) == tmp_path


def test_a_file_of_the_hub_is_fetched_once(tmp_path: Path) -> None:
    hub = FakeHub({("owner/repository", "tiny.gguf"): tiny_gguf()})
    got = get_model(ON_HUB, tmp_path, progress=no_progress, places=lambda: places_with(hub))

    again = get_model(ON_HUB, tmp_path, progress=no_progress, places=real_world_is_not_asked)

    assert got == again == tmp_path / "owner--repository/tiny.gguf"
    assert got.read_bytes() == tiny_gguf()


def test_a_file_of_the_hub_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "owner--repository").mkdir()
    (tmp_path / "owner--repository/tiny.gguf").write_bytes(tiny_gguf()[:-1])

    with pytest.raises(ModelError, match=r"tiny\.gguf was cut short"):
        find_model(ON_HUB, tmp_path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("smolm2-135m", "did you mean smollm2-135m?", id="misspelt preset"),
        pytest.param("Qwen2.5-1.5B", "did you mean qwen2.5-1.5b?", id="other case"),
        pytest.param("xyz", "There is no model 'xyz'. A model is", id="like nothing"),
        pytest.param("nowhere.gguf", "There is no model file nowhere.gguf", id="missing file"),
        pytest.param("o/r:../../x.gguf", "There is no model file", id="leaving the folder"),
    ],
)
def test_a_wrong_name_is_one_sentence(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(ModelError) as failure:
        find_model(name, tmp_path)

    assert message in str(failure.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_read_permission_is_one_sentence(tmp_path: Path) -> None:
    models_folder = tmp_path / "models"
    models_folder.mkdir(mode=0)

    with pytest.raises(ModelError, match="You may not read"):
        find_model("smollm2-135m", models_folder)
    with pytest.raises(ModelError, match="You may not read"):
        list_models(models_folder)


def test_the_list_says_what_is_on_disk_and_what_is_under_way(tmp_path: Path) -> None:
    put_file(tmp_path / "smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf", SMOLLM2_BYTES)
    put_file(tmp_path / "gemma-3-4b/gemma-3-4b-it-Q4_K_M.gguf.partial", 5_000)

    states = {s.preset.name: (s.on_disk, s.bytes_on_disk) for s in list_models(tmp_path)}

    assert states["smollm2-135m"] == (True, SMOLLM2_BYTES)
    assert states["gemma-3-4b"] == (False, 5_000)
    assert states["qwen2.5-1.5b"] == (False, 0)
