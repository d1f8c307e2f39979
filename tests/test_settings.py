from pathlib import Path

import pytest

from rag.archive import Archive
from rag.errors import SettingsError
from rag.settings import NAMES, Settings, fixed_settings, load_settings


@pytest.fixture(autouse=True)
def an_empty_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_without_any_source_the_defaults_hold() -> None:
    settings = load_settings(environment={})
    assert settings == Settings()
    assert (settings.model, settings.passages, settings.port) == ("auto", 6, 7860)
    assert settings.archive.parts[-2:] == ("newsdesk", "archive")
    assert settings.models.parts[-2:] == ("newsdesk", "models")


def test_flags_win_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    file = write(tmp_path / "some.toml", 'passages = 3\ncandidates = 30\nmodel = "none"')
    settings = load_settings(
        {"passages": 9},
        environment={"NEWSDESK_PASSAGES": "7", "NEWSDESK_CANDIDATES": "70"},
        file=file,
    )
    assert (settings.passages, settings.candidates, settings.model) == (9, 70, "none")


def test_flags_that_are_none_count_as_not_given() -> None:
    settings = load_settings({"model": None}, environment={"NEWSDESK_MODEL": "smollm2-135m"})
    assert settings.model == "smollm2-135m"


def test_the_environment_of_the_process_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_THREADS", "2")
    assert load_settings().threads == 2


def test_an_empty_variable_counts_as_not_given() -> None:
    assert load_settings(environment={"NEWSDESK_ARCHIVE": ""}).archive == Settings().archive


def test_the_working_folders_file_wins_over_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    write(tmp_path / "config" / "newsdesk" / "newsdesk.toml", "passages = 3")
    assert load_settings(environment={}).passages == 3
    write(tmp_path / "newsdesk.toml", "passages = 4")
    assert load_settings(environment={}).passages == 4


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = write(tmp_path / "some.toml", "\ufeffpassages = 3")
    assert load_settings(environment={}, file=file).passages == 3


def test_folders_may_begin_with_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    settings = load_settings({"archive": Path("~/a")}, environment={"NEWSDESK_MODELS": "~/m"})
    assert (settings.archive, settings.models) == (tmp_path / "a", tmp_path / "m")


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        pytest.param(
            {"NEWSDESK_ARCHIV": "x"},
            "the environment has an unknown setting NEWSDESK_ARCHIV; did you mean "
            "NEWSDESK_ARCHIVE?",
            id="misspelt-name",
        ),
        pytest.param(
            {"NEWSDESK_QQQ": "x"},
            "the environment has an unknown setting NEWSDESK_QQQ; known are: "
            + ", ".join(f"NEWSDESK_{name.upper()}" for name in NAMES),
            id="unheard-of-name",
        ),
        pytest.param(
            {"NEWSDESK_PORT": "http"},
            "the setting port cannot be 'http': input should be a valid integer, unable to parse "
            "string as an integer",
            id="word-for-number",
        ),
        pytest.param(
            {"NEWSDESK_PASSAGES": "0"},
            "the setting passages cannot be '0': input should be greater than or equal to 1",
            id="out-of-range",
        ),
        pytest.param(
            {"NEWSDESK_ARCHIVE": "~no-such-user/a"},
            "the setting archive cannot be '~no-such-user/a': there is no such home folder",
            id="home-of-nobody",
        ),
        pytest.param(
            {"NEWSDESK_CONTEXT_TOKENS": "1000", "NEWSDESK_ANSWER_TOKENS": "600"},
            "answer_tokens is 600, but at least half of context_tokens (1000) is for the articles; "
            "lower the one or raise the other",
            id="no-room-for-articles",
        ),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wrong(
    environment: dict[str, str], message: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environment=environment)
    assert str(caught.value) == message


def test_an_unknown_name_in_the_file_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    file = write(tmp_path / "some.toml", "pasages = 3")
    with pytest.raises(SettingsError) as caught:
        load_settings(environment={}, file=file)
    assert str(caught.value) == f"{file} has an unknown setting 'pasages'; did you mean passages?"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"passages = ", id="not-toml"),
        pytest.param("model = 'é'".encode("latin-1"), id="not-utf-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_in_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "some.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(environment={}, file=file)
    assert str(caught.value).startswith(f"{file} cannot be read as settings: ")
    assert "\n" not in str(caught.value)


def test_other_programs_variables_are_none_of_ours() -> None:
    assert load_settings(environment={"NEWSDESKTOP": "1", "PATH": "/"}) == Settings()


def test_what_was_chosen_on_the_page_wins_over_the_file_only(tmp_path: Path) -> None:
    file = write(tmp_path / "some.toml", 'passages = 2\nmodel = "none"\ncandidates = 30')
    write(tmp_path / "a" / "page-settings.toml", 'passages = 5\nmodel = "smollm2-135m"')
    flags = {"archive": tmp_path / "a"}
    settings = load_settings(flags, environment={}, file=file)
    assert (settings.model, settings.passages, settings.candidates) == ("smollm2-135m", 5, 30)
    environment = {"NEWSDESK_PASSAGES": "7"}
    settings = load_settings({**flags, "model": "auto"}, environment=environment, file=file)
    assert (settings.model, settings.passages) == ("auto", 7)


def test_the_archive_that_is_opened_brings_its_own_choices(tmp_path: Path) -> None:
    write(tmp_path / "mine" / "page-settings.toml", "passages = 9")
    archive = Archive(tmp_path / "mine")
    assert (archive.settings.passages, archive.settings.archive) == (9, tmp_path / "mine")
    archive.close()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("passages = 99", r"passages cannot be '99'.*; delete .*page-", id="value"),
        pytest.param('archive = "/"', "unknown setting 'archive'", id="not-to-be-chosen"),
        pytest.param('model = "http://evil.example/v1"', "names a model", id="an-endpoint"),
        pytest.param('model = "weights.gguf"', "names a model", id="a-file"),
        pytest.param('model = "owner/repository:file.gguf"', "names a model", id="a-repository"),
        pytest.param("model = 3", "names a model", id="a-number"),
        pytest.param("what?", "cannot be read as settings", id="no-toml"),
    ],
)
def test_the_pages_file_holds_nothing_but_what_the_page_offers(
    tmp_path: Path, text: str, message: str
) -> None:
    write(tmp_path / "page-settings.toml", text)
    with pytest.raises(SettingsError, match=message):
        load_settings({"archive": tmp_path}, environment={})


def test_it_is_told_what_the_page_cannot_change_and_why() -> None:
    environment = {"NEWSDESK_MODEL": "none", "NEWSDESK_PASSAGES": "4", "NEWSDESK_PORT": "80"}
    fixed = fixed_settings({"model": "auto", "host": "0.0.0.0"}, environment=environment)
    assert fixed == {"model": "--model", "passages": "NEWSDESK_PASSAGES"}
    assert fixed_settings({"model": None}, environment={"NEWSDESK_MODEL": ""}) == {}
