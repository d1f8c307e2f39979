import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import cli
from rag.archive import Archive
from rag.settings import Settings
from tests.fakes import make_archive

RECORDS = [
    {
        "id": "trip",
        "title": "Trip off",
        "text": "Antony Blinken cancelled his trip to China because of a balloon. 😀",
        "publisher": "AP",
        "published": "2023-02-04",
        "url": "https://example.org/trip",
    },
    {
        "id": "flood",
        "title": "Flood",
        "text": "The river rose by two metres in the town of Orleby.",
    },
]


def write_dump(folder: Path) -> Path:
    file = folder / "dump.jsonl"
    file.write_text("\n".join(map(json.dumps, RECORDS)), encoding="utf-8")
    return file


class Output:
    """What a command printed, and its exit code."""

    def __init__(self, code: object, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


class Newsdesk:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Output:
        with pytest.raises(SystemExit) as caught:
            cli.main(arguments)
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return Output(caught.value.code, out, err)


@pytest.fixture
def newsdesk(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Newsdesk:
    """The command line in an empty folder, with no models and no archive yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSDESK_MODELS", str(tmp_path / "models"))
    return Newsdesk(capsys)


def test_without_a_command_the_commands_are_told(newsdesk: Newsdesk) -> None:
    shown = newsdesk("--help")
    assert shown.code == 0
    for command in ("add", "ask", "search", "timeline", "list", "remove", "embed", "chat"):
        assert f"\n  {command} " in shown.out


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["frobnicate"], id="unknown-command"),
        pytest.param(["ask"], id="no-question"),
        pytest.param(["ask", "Why?", "--colour"], id="unknown-flag"),
        pytest.param(["search", "trip", "-k", "0"], id="too-few"),
        pytest.param(["search", "trip", "-k", "many"], id="no-number"),
        pytest.param(["chat", "--port", "http"], id="no-port"),
    ],
)
def test_wrong_usage_is_told_in_words(newsdesk: Newsdesk, arguments: list[str]) -> None:
    shown = newsdesk(*arguments)
    assert shown.code == 2
    assert shown.err.startswith("Usage: ")
    assert "Error: " in shown.err


@pytest.mark.parametrize("command", ["ask", "search", "timeline", "remove", "embed"])
def test_where_there_is_no_archive_none_is_made(
    newsdesk: Newsdesk, tmp_path: Path, command: str
) -> None:
    arguments = [] if command == "embed" else ["x"]
    shown = newsdesk(command, *arguments, "--archive", str(tmp_path / "typo"))
    assert shown.code == 1
    assert shown.err == (
        f"newsdesk: there is no archive in {tmp_path / 'typo'}; run `newsdesk add` with a file or "
        "folder, or name another archive with --archive\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        (
            "NEWSDESK_PASAGES",
            "3",
            "the environment has an unknown setting NEWSDESK_PASAGES; did you mean "
            "NEWSDESK_PASSAGES?",
        ),
        (
            "NEWSDESK_THREADS",
            "-1",
            "the setting threads cannot be '-1': input should be greater than or equal to 0",
        ),
    ],
)
def test_a_wrong_setting_is_one_line(
    newsdesk: Newsdesk,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    message: str,
) -> None:
    monkeypatch.setenv(variable, value)
    shown = newsdesk("ask", "Why?")
    assert (shown.code, shown.out, shown.err) == (1, "", f"newsdesk: {message}\n")


def test_an_unknown_key_in_the_settings_file_is_one_line(
    newsdesk: Newsdesk, tmp_path: Path
) -> None:
    (tmp_path / "newsdesk.toml").write_text('modle = "none"', encoding="utf-8")
    shown = newsdesk("doctor")
    assert shown.err == (
        f"newsdesk: {tmp_path / 'newsdesk.toml'} has an unknown setting 'modle'; "
        "did you mean model?\n"
    )


def test_a_port_out_of_range_is_one_line(newsdesk: Newsdesk) -> None:
    shown = newsdesk("chat", "--port", "70000")
    assert shown.code == 1
    assert shown.err == (
        "newsdesk: the setting port cannot be '70000': input should be less than or equal to "
        "65535\n"
    )


def test_chat_lets_no_strangers_in_by_oversight(newsdesk: Newsdesk, tmp_path: Path) -> None:
    shown = newsdesk("chat", "--host", "0.0.0.0")
    assert shown.code == 1
    assert shown.err == (
        "newsdesk: at 0.0.0.0 others could read and change the archive: say who may come in with "
        "--auth FILE, or --public-without-auth if everybody who reaches it may\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_articles_are_removed_by_their_ids(newsdesk: Newsdesk, tmp_path: Path) -> None:
    with make_archive(tmp_path / "archive") as archive:
        archive.add(write_dump(tmp_path))
    shown = newsdesk("remove", "flood", "nobody", "--archive", str(tmp_path / "archive"))
    assert shown.code == 1
    assert shown.out == "1 removed\n"
    assert shown.err == "newsdesk: the archive has no article with the id nobody\n"
    with make_archive(tmp_path / "archive") as archive:
        assert [article.id for article in archive.articles()] == ["trip"]


@pytest.fixture
def filled(tmp_path: Path) -> str:
    """The folder of an archive that was filled without a model."""
    with make_archive(tmp_path / "archive") as archive:
        archive.add(write_dump(tmp_path))
    return str(tmp_path / "archive")


TRIP = "“Trip off” (AP, 4 February 2023) · id trip · https://example.org/trip\n"


@pytest.mark.parametrize(
    ("flags", "printed"),
    [
        pytest.param([], f"{TRIP}“Flood” · id flood\n2 articles\n", id="all"),
        pytest.param(["-k", "1"], f"{TRIP}1 of 2 articles\n", id="newest"),
        pytest.param(["--from", "2023-02", "--to", "2023"], f"{TRIP}1 article\n", id="dates"),
        pytest.param(["--publisher", "ap"], f"{TRIP}1 article\n", id="publisher"),
        pytest.param(["--to", "2022"], "0 articles\n", id="nothing"),
    ],
)
def test_articles_are_listed_newest_first_within_limits(
    newsdesk: Newsdesk, filled: str, flags: list[str], printed: str
) -> None:
    shown = newsdesk("list", *flags, "--archive", filled)
    assert (shown.code, shown.out) == (0, printed)


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        pytest.param(
            ["--from", "soon"],
            "newsdesk: 'soon' is no date that can be read; write 2023, 2023-08 or 14 August 2023\n",
            id="no-date",
        ),
        pytest.param(
            ["--publisher", "APP"],
            "newsdesk: no article has the publisher 'APP'; did you mean AP?\n",
            id="no-publisher",
        ),
    ],
)
def test_limits_that_cannot_be_are_one_line(
    newsdesk: Newsdesk, filled: str, flags: list[str], message: str
) -> None:
    shown = newsdesk("list", *flags, "--archive", filled)
    assert (shown.code, shown.err) == (1, message)


def test_a_damaged_archive_is_one_line(newsdesk: Newsdesk, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "archive.sqlite").write_bytes(b"no database" * 1000)
    shown = newsdesk("remove", "x", "--archive", str(tmp_path / "archive"))
    assert shown.code == 1
    assert shown.err.startswith("newsdesk: the archive ")
    assert shown.err.count("\n") == 1


def test_models_are_listed_with_what_is_on_disk(newsdesk: Newsdesk, tmp_path: Path) -> None:
    shown = newsdesk("models")
    assert shown.code == 0
    for name in ("all-minilm-l6-v2", "smollm2-135m", "qwen2.5-coder-1.5b", "Apache-2.0"):
        assert name in shown.out
    assert shown.out.endswith(f"Models folder: {tmp_path / 'models'}\n")


def test_an_unknown_model_is_one_line(newsdesk: Newsdesk) -> None:
    shown = newsdesk("models", "get", "smollm")
    assert shown.code == 1
    assert shown.err.startswith(
        "newsdesk: There is no model 'smollm', did you mean smollm2-135m? A model is a name"
    )
    assert shown.err.count("\n") == 1


def test_the_doctor_says_what_to_do(newsdesk: Newsdesk) -> None:
    shown = newsdesk("doctor", "--model", "smollm2-135m")
    assert shown.code == 1
    assert "to do embedder: not on disk; run `newsdesk models get all-minilm-l6-v2`" in shown.out
    assert "to do language model: not on disk; run `newsdesk models get smollm2-135m`" in shown.out
    assert "to do archive: there is none in " in shown.out


def test_a_terminal_without_a_character_gets_another(
    newsdesk: Newsdesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "out").open("w", encoding="ascii") as narrow:
        monkeypatch.setattr(sys, "stdout", narrow)
        monkeypatch.setenv("NEWSDESK_MODELS", str(tmp_path / "modèles"))
        newsdesk("models")
    assert "Models folder: " in (tmp_path / "out").read_text(encoding="ascii")


# With the real embedder


@pytest.fixture(scope="module")
def archive_folder(
    tmp_path_factory: pytest.TempPathFactory, models_folder: Path, minilm_folder: Path
) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("cli")
    settings = Settings(archive=folder / "archive", models=models_folder)
    with Archive(settings=settings) as archive:
        archive.add(write_dump(folder))
        yield archive.folder


@pytest.fixture
def with_models(newsdesk: Newsdesk, monkeypatch: pytest.MonkeyPatch, models_folder: Path) -> None:
    monkeypatch.setenv("NEWSDESK_MODELS", str(models_folder))


@pytest.mark.model
@pytest.mark.usefixtures("with_models")
def test_an_answer_is_printed_with_its_sources(newsdesk: Newsdesk, archive_folder: Path) -> None:
    question = "Why was the trip to China cancelled?"
    shown = newsdesk("ask", question, "--model", "none", "--archive", str(archive_folder))
    assert (shown.code, shown.err) == (0, "")
    assert " ".join(shown.out.split()) == (
        "AP, 4 February 2023: “Antony Blinken cancelled his trip to China because of a balloon.” "
        "[1] [1] “Trip off” (AP, 4 February 2023) · id trip · https://example.org/trip “Antony "
        "Blinken cancelled his trip to China because of a balloon.”"
    )


@pytest.mark.model
@pytest.mark.usefixtures("with_models")
def test_json_holds_the_whole_answer_with_verbatim_quotes(
    newsdesk: Newsdesk, archive_folder: Path
) -> None:
    question = "Why was the trip to China cancelled?"
    shown = newsdesk("ask", question, "--json", "--model", "none", "--archive", str(archive_folder))
    assert (shown.code, shown.err) == (0, "")
    told = json.loads(shown.out)
    assert (told["question"], told["abstained"], told["model"]) == (question, False, "none")
    assert told["articles"]["trip"]["url"] == "https://example.org/trip"
    with make_archive(archive_folder) as archive:
        for quoted in told["citations"] + told["evidence"]:
            article = archive.article(quoted["article"])
            assert article is not None
            assert quoted["quote"] == article.text[quoted["start"] : quoted["end"]]
    assert told["citations"]


@pytest.mark.model
@pytest.mark.usefixtures("with_models")
def test_a_question_that_is_no_text_is_declined(newsdesk: Newsdesk, archive_folder: Path) -> None:
    shown = newsdesk("ask", "\udcff?", "--model", "none", "--archive", str(archive_folder))
    assert shown.code == 0
    assert shown.out.startswith("The articles do not say.")


def test_a_timeline_shows_events_in_order_without_a_model(
    newsdesk: Newsdesk, archive_folder: Path
) -> None:
    shown = newsdesk("timeline", "Blinken trip", "--archive", str(archive_folder))
    assert shown.code == 0
    told = " ".join(shown.out.split())
    assert told.startswith("reported 4 February 2023 “Antony Blinken cancelled his trip to China")
    assert "“Trip off” (AP, 4 February 2023)" in told
    form = json.loads(
        newsdesk("timeline", "Blinken trip", "--json", "--archive", str(archive_folder)).out
    )
    assert [event["from"] for event in form["events"]] == ["2023-02-04"]


def test_a_timeline_without_events_says_what_to_do(
    newsdesk: Newsdesk, archive_folder: Path
) -> None:
    shown = newsdesk("timeline", "Qvistholm", "--archive", str(archive_folder))
    assert (shown.code, shown.out) == (0, "")
    assert shown.err == ("No article reports an event of this subject; try fewer or other words.\n")


@pytest.mark.model
@pytest.mark.usefixtures("with_models")
def test_search_shows_the_nearest_passage(newsdesk: Newsdesk, archive_folder: Path) -> None:
    shown = newsdesk("search", "water level", "-k", "1", "--archive", str(archive_folder))
    assert shown.code == 0
    assert shown.out.split("\n")[:2] == [
        "1. “Flood” · id flood",
        "   The river rose by two metres in the town of Orleby.",
    ]


@pytest.mark.model
@pytest.mark.usefixtures("with_models")
def test_search_stays_within_limits(newsdesk: Newsdesk, archive_folder: Path) -> None:
    flags = ["--publisher", "AP", "--archive", str(archive_folder)]
    shown = newsdesk("search", "water level", *flags)
    assert "Trip off" in shown.out
    assert "Flood" not in shown.out


@pytest.mark.model
@pytest.mark.usefixtures("with_models")
def test_a_question_that_nothing_within_its_limits_answers_says_so(
    newsdesk: Newsdesk, archive_folder: Path
) -> None:
    flags = ["--to", "2022", "--model", "none", "--archive", str(archive_folder)]
    shown = newsdesk("ask", "Why was the trip cancelled?", *flags)
    assert (shown.code, shown.out) == (
        0,
        "The articles do not say.\nOnly articles until 31 December 2022 were searched.\n",
    )
    as_json = json.loads(newsdesk("ask", "Why was it?", "--json", *flags).out)
    assert as_json["abstained_because"] == "no article within the limits matches the question"


@pytest.mark.model
@pytest.mark.usefixtures("with_models")
@pytest.mark.parametrize(
    ("model", "message"),
    [
        pytest.param(
            "smolm2-135m",
            "There is no model 'smolm2-135m', did you mean smollm2-135m? ",
            id="misspelt",
        ),
        pytest.param("no.gguf", "There is no model file no.gguf: check its path.", id="no-file"),
        pytest.param("http://127.0.0.1:9/v1", "http://127.0.0.1:9/v1 cannot be ", id="no-server"),
        pytest.param("http://[::1", "http://[::1 is no address (", id="no-address"),
    ],
)
def test_a_model_that_cannot_be_had_is_one_line(
    newsdesk: Newsdesk, archive_folder: Path, model: str, message: str
) -> None:
    shown = newsdesk("ask", "Why?", "--model", model, "--archive", str(archive_folder))
    assert shown.code == 1
    assert shown.err.startswith(f"newsdesk: {message}")
    assert shown.err.count("\n") == 1


@pytest.mark.model
@pytest.mark.usefixtures("with_models")
def test_adding_tells_what_became_of_the_sources(newsdesk: Newsdesk, tmp_path: Path) -> None:
    dump = str(write_dump(tmp_path))
    archive = str(tmp_path / "archive")
    added = newsdesk("add", dump, "missing.txt", "--no-vectors", "--archive", archive)
    assert added.code == 0
    assert "2 added, 1 failed\n" in added.err
    assert "missing.txt does not exist; check the name" in added.err
    again = newsdesk("add", dump, "--no-vectors", "--archive", archive)
    assert "2 unchanged\n" in again.err
    nothing = newsdesk("add", "missing.txt", "--no-vectors", "--archive", archive)
    assert (nothing.code, "1 failed\n" in nothing.err) == (1, True)
