import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # tests that need no model load none of these
    from embeddings.sentence_transformer import SentenceTransformerEmbedder
    from rag.generation import LlamaCppGenerator

MODELS = os.environ.get("NEWSDESK_MODELS")


@pytest.fixture(autouse=True)
def a_home_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No test reads or writes the settings and archives of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("NEWSDESK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NEWSDESK_ARCHIVE", str(home / "archive"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="session")
def models_folder() -> Path:
    """The folder of the real models, which `make test` fills."""
    from rag.settings import default_models

    return Path(MODELS) if MODELS else default_models()


def real_model(name: str, models_folder: Path) -> Path:
    """Return the model's file or folder; skip the test where it has not been fetched."""
    from rag.models import find_model

    path = find_model(name, models_folder)
    if path is None:
        pytest.skip(f"{name} is not on disk; run `newsdesk models get {name}`")
    return path


@pytest.fixture(scope="session")
def minilm_folder(models_folder: Path) -> Path:
    return real_model("all-minilm-l6-v2", models_folder)


@pytest.fixture(scope="session")
def minilm(minilm_folder: Path) -> "SentenceTransformerEmbedder":
    from embeddings.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(minilm_folder, name="all-minilm-l6-v2")


@pytest.fixture(scope="session")
def smollm_file(models_folder: Path) -> Path:
    return real_model("smollm2-135m", models_folder)


@pytest.fixture(scope="session")
def smollm(smollm_file: Path) -> "LlamaCppGenerator":
    from rag.generation import LlamaCppGenerator

    return LlamaCppGenerator(smollm_file, name="smollm2-135m", context_tokens=4096)
