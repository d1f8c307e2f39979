import os
from pathlib import Path

import pytest

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
