from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.gguf import check_gguf
from tests.fake_places import tiny_gguf

WHOLE = tiny_gguf()


def test_a_whole_file_passes(tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(WHOLE)

    check_gguf(tmp_path / "model.gguf")


@pytest.mark.parametrize("length", [*range(4, len(WHOLE), 23), len(WHOLE) - 1])
def test_a_file_cut_short_anywhere_is_refused(tmp_path: Path, length: int) -> None:
    (tmp_path / "model.gguf").write_bytes(WHOLE[:length])

    with pytest.raises(ModelError, match="was cut short"):
        check_gguf(tmp_path / "model.gguf")


@pytest.mark.parametrize(
    "content",
    [pytest.param(b"", id="empty"), pytest.param(b"<!doctype html>", id="a web page")],
)
def test_another_format_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.gguf").write_bytes(content)

    with pytest.raises(ModelError, match="is no GGUF file"):
        check_gguf(tmp_path / "model.gguf")


def test_an_unknown_type_of_value_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(WHOLE.replace(b"tokens\x09", b"tokens\x63"))

    with pytest.raises(ModelError, match="is damaged, or of a newer GGUF version"):
        check_gguf(tmp_path / "model.gguf")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no model file"):
        check_gguf(tmp_path / "model.gguf")


def test_a_folder_is_no_model_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        check_gguf(tmp_path)
