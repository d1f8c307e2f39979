import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.assistant import Assistant
from rag.errors import ModelError, RagError, SettingsError
from rag.page.choosing import Chooser, why_refused
from rag.page.desk import Desk
from rag.page.getting import Getter
from rag.page.machine import Machine
from rag.page.models import Option, list_options
from rag.settings import Settings, load_settings
from tests.fakes import ScriptedGenerator, make_archive

SMALL = "smollm2-135m"
SMALL_FILE = f"{SMALL}/SmolLM2-135M-Instruct.Q4_1.gguf"
MACHINE = Machine(2, 8_000_000_000)

Choose = Callable[..., Chooser]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = make_archive(tmp_path / "archive", models=tmp_path / "models", model="none")
    yield archive
    archive.close()


@pytest.fixture
def chooser(archive: Archive) -> Choose:
    """Give a chooser; the scripted model is in use."""

    def make(*, fixed: Mapping[str, str] | None = None, refusal: str = "") -> Chooser:
        desk = Desk(Assistant(archive, ScriptedGenerator("Over pay.")))
        getter = Getter(archive.settings.models)
        return Chooser(desk, getter, fixed=fixed, refusal=refusal)

    return make


def put_model(archive: Archive, path: str, size: int) -> None:
    file = archive.settings.models / path
    file.parent.mkdir(parents=True)
    with file.open("wb") as content:
        content.truncate(size)


def kept(archive: Archive) -> dict[str, object]:
    file = archive.folder / "page-settings.toml"
    return tomllib.loads(file.read_text()) if file.exists() else {}


def test_what_is_chosen_serves_the_next_question_and_survives_a_restart(
    archive: Archive, chooser: Choose
) -> None:
    here = chooser()
    before = here.desk.assistant
    here.choose_model("none")
    here.choose_passages(5)
    now = here.desk.assistant
    assert (now.generator, now.settings.passages) == (None, 5)
    assert before.generator is not None
    assert kept(archive) == {"model": "none", "passages": 5}
    restarted = load_settings({"archive": archive.folder}, environment={})
    assert (restarted.model, restarted.passages) == ("none", 5)


def test_another_number_of_passages_keeps_the_model_loaded(chooser: Choose) -> None:
    here = chooser()
    generator = here.desk.assistant.generator
    here.choose_passages(5)
    assert here.desk.assistant.generator is generator


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("qwen2.5-1.5b", "qwen2.5-1.5b is not on disk; get it first", id="not-on-disk"),
        pytest.param("all-minilm-l6-v2", "not offered here", id="an-embedder"),
        pytest.param("/etc/passwd", "not offered here", id="a-file"),
        pytest.param("http://evil.example/v1", "not offered here", id="an-endpoint"),
        pytest.param("owner/repository:file.gguf", "not offered here", id="a-repository"),
        pytest.param(SMALL, "cannot be run", id="damaged"),
    ],
)
def test_a_model_that_cannot_be_used_leaves_all_as_it_was(
    archive: Archive, chooser: Choose, name: str, message: str
) -> None:
    put_model(archive, SMALL_FILE, 98_362_432)  # of zeros
    here = chooser()
    before = here.desk.assistant
    with pytest.raises(ModelError, match=message):
        here.choose_model(name)
    assert here.desk.assistant is before
    assert kept(archive) == {}


@pytest.mark.parametrize("count", [0, 11, -1])
def test_only_as_many_passages_as_are_offered(
    archive: Archive, chooser: Choose, count: int
) -> None:
    with pytest.raises(SettingsError, match="choose between 1 and 10 passages"):
        chooser().choose_passages(count)
    assert kept(archive) == {}


def test_what_was_given_at_the_start_is_not_changed_and_the_page_says_by_what(
    archive: Archive, chooser: Choose
) -> None:
    here = chooser(fixed={"model": "--model"})
    with pytest.raises(SettingsError, match=r"^--model was given when Newsdesk was started; start"):
        here.choose_model("none")
    here.choose_passages(4)
    assert kept(archive) == {"passages": 4}


def test_where_the_page_may_change_nothing_it_does_not(archive: Archive, chooser: Choose) -> None:
    here = chooser(refusal="Not here.")
    attempts: list[Callable[[], None]] = [
        lambda: here.choose_model("none"),
        lambda: here.choose_passages(4),
        lambda: here.get(SMALL),
        here.stop_getting,
    ]
    for attempt in attempts:
        with pytest.raises(RagError, match="Not here"):
            attempt()
    assert here.getter.getting is None
    assert kept(archive) == {}


def test_only_what_is_offered_is_fetched(chooser: Choose) -> None:
    here = chooser()
    for name in ("all-minilm-l6-v2", "owner/repository:file.gguf", "none"):
        with pytest.raises(ModelError, match="not offered here"):
            here.get(name)
    assert here.getter.getting is None


@pytest.mark.parametrize(
    ("settings", "allowed"),
    [
        pytest.param(Settings(), True, id="this-machine"),
        pytest.param(Settings(host="::1"), True, id="this-machine-6"),
        pytest.param(Settings(host="localhost"), True, id="this-machine-by-name"),
        pytest.param(Settings(host="0.0.0.0"), False, id="all-addresses"),
        pytest.param(Settings(host="192.168.1.7"), False, id="the-network"),
        pytest.param(Settings(host="desk.example"), False, id="a-name"),
        pytest.param(Settings(host="0.0.0.0", visitors_change_settings=True), True, id="told-so"),
    ],
)
def test_settings_are_changed_from_this_machine_unless_told_otherwise(
    settings: Settings, allowed: bool
) -> None:
    assert bool(why_refused(settings)) is not allowed


def used(options: list[Option]) -> list[str]:
    return [option.name for option in options if option.in_use]


def test_models_are_listed_with_what_one_needs_to_know(archive: Archive) -> None:
    put_model(archive, SMALL_FILE, 98_362_432)
    put_model(archive, "qwen2.5-3b/qwen2.5-3b-instruct-q4_k_m.gguf.partial", 700_000_000)
    options = {each.name: each for each in list_options(Assistant(archive, "none"), MACHINE)}
    assert list(options)[:2] == ["none", SMALL]
    assert "all-minilm-l6-v2" not in options
    small = options[SMALL]
    assert (small.size, small.licence, small.on_disk) == ("98 MB", "Apache-2.0", "on disk")
    assert (small.can_be_used, options["qwen2.5-1.5b"].can_be_used) == (True, False)
    assert options["qwen2.5-1.5b"].on_disk == "not on disk"
    assert options["qwen2.5-3b"].on_disk == "700 MB of it on disk"
    assert options["qwen2.5-3b"].terms is not None
    assert options["qwen2.5-3b"].fit.startswith("Fits: takes about 3.7 GB of memory")
    assert used(list(options.values())) == ["none"]


def test_a_model_that_is_no_preset_is_listed_while_it_is_in_use(archive: Archive) -> None:
    options = list_options(Assistant(archive, ScriptedGenerator()), MACHINE)
    assert options[0].name == "scripted"
    assert used(options) == ["scripted"]


def test_the_model_that_was_found_by_itself_is_shown_as_the_one_in_use(archive: Archive) -> None:
    assistant = Assistant(archive, "none")
    assistant.settings = replace(assistant.settings, model="auto")
    assistant._given = ScriptedGenerator()
    assert used(list_options(assistant, MACHINE)) == ["scripted"]
