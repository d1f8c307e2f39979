import json
from dataclasses import replace
from pathlib import Path

import pytest

from rag.doctor import Finding, examine, has_archive
from rag.settings import Settings
from tests.fakes import make_archive


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    return Settings(archive=tmp_path / "archive", models=tmp_path / "models", model="none")


def write_dump(folder: Path, *texts: str) -> Path:
    file = folder / "dump.jsonl"
    file.write_text("\n".join(json.dumps({"text": text}) for text in texts), encoding="utf-8")
    return file


def found(settings: Settings) -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine(settings)}


def test_a_fresh_machine_is_told_what_to_do(settings: Settings) -> None:
    findings = found(settings)
    assert {subject for subject, finding in findings.items() if not finding.good} == {
        *("embedder", "archive")
    }
    assert findings["embedder"].text == ("not on disk; run `newsdesk models get all-minilm-l6-v2`")
    assert findings["archive"].text == (
        f"there is none in {settings.archive}; run `newsdesk add` with a file or folder"
    )
    assert findings["settings"].text == "no newsdesk.toml, the defaults hold"


def test_looking_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    settings.archive.mkdir()
    examine(settings)
    assert list(tmp_path.rglob("*")) == [settings.archive]


def test_an_archive_with_all_vectors_is_well(settings: Settings, tmp_path: Path) -> None:
    with make_archive(settings.archive) as archive:
        archive.add(write_dump(tmp_path, "The river rose.", "The trip was cancelled."))
    findings = found(settings)
    assert findings["archive"] == Finding(True, "archive", f"2 articles in {settings.archive}")
    assert "vectors" not in findings


def test_missing_vectors_are_told(settings: Settings, tmp_path: Path) -> None:
    with make_archive(settings.archive) as archive:
        archive.add(write_dump(tmp_path, "The river rose."), embed=False)
    assert found(settings)["vectors"] == Finding(
        False,
        "vectors",
        "1 passages are found by words only; `newsdesk embed` makes their vectors",
    )


def test_an_empty_archive_is_told(settings: Settings) -> None:
    make_archive(settings.archive).close()
    assert found(settings)["archive"] == Finding(
        False,
        "archive",
        f"{settings.archive} has no articles; run `newsdesk add` with a file or folder",
    )


def test_a_damaged_archive_is_told(settings: Settings) -> None:
    settings.archive.mkdir()
    (settings.archive / "archive.sqlite").write_bytes(b"no database" * 1000)
    finding = found(settings)["archive"]
    assert not finding.good
    assert "it is not an archive's database" in finding.text


def test_the_settings_file_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "newsdesk.toml").write_text("")
    assert found(settings)["settings"].text == str(tmp_path / "newsdesk.toml")


@pytest.mark.parametrize(
    ("model", "good", "text"),
    [
        pytest.param("none", True, "none", id="quotes"),
        pytest.param("http://localhost:1/v1", True, "http://localhost:1/v1", id="endpoint"),
        pytest.param(
            "smollm2-135m",
            False,
            "not on disk; run `newsdesk models get smollm2-135m`",
            id="not-fetched",
        ),
        pytest.param(
            "nothing.gguf", False, "There is no model file nothing.gguf: check its path.", id="file"
        ),
    ],
)
def test_the_language_model_is_looked_for(
    settings: Settings, model: str, good: bool, text: str
) -> None:
    finding = found(replace(settings, model=model))["language model"]
    assert (finding.good, finding.text) == (good, text)


def test_the_automatic_choice_is_told_without_fetching(settings: Settings) -> None:
    assert found(replace(settings, model="auto"))["language model"].good
    assert not settings.models.exists()


def test_a_reranker_is_looked_for_where_one_is_set(settings: Settings) -> None:
    assert "reranker" not in found(settings)
    finding = found(replace(settings, reranker="ms-marco-minilm-l6-v2"))["reranker"]
    assert finding.text == "not on disk; run `newsdesk models get ms-marco-minilm-l6-v2`"


def test_an_entailment_model_is_looked_for_where_one_is_set(
    settings: Settings, tmp_path: Path
) -> None:
    assert "entailment" not in found(settings)
    assert not found(replace(settings, entailment=str(tmp_path)))["entailment"].good
    (tmp_path / "config.json").write_text("{}")
    assert found(replace(settings, entailment=str(tmp_path)))["entailment"].good


def test_a_file_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert not has_archive(tmp_path / "file")
    assert not has_archive(tmp_path)
