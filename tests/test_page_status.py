from pathlib import Path

import pytest

from rag import Assistant
from rag.page.status import Status, read_status, render_person, render_status, short_name
from tests.fakes import ScriptedGenerator, make_archive

IN_QUOTES = (
    '<span title="No language model is used: answers are the articles’ own sentences.">'
    "Answers in quotes only</span>"
)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        pytest.param(Status(1, "m", 0), "<span>1 article</span>", id="one"),
        pytest.param(Status(26632, "m", 0), "<span>26,632 articles</span>", id="thousands"),
        pytest.param(Status(2, "<m>", 0), "<span>Answers by &lt;m&gt;</span>", id="a-model"),
        pytest.param(Status(2, None, 0), IN_QUOTES, id="no-model"),
        pytest.param(Status(2, None, 1200), "the meaning of 1,200 passages", id="embedding"),
        pytest.param(Status(2, None, 1), "the meaning of 1 passage<", id="embedding-the-last"),
    ],
)
def test_the_status_tells(status: Status, told: str) -> None:
    assert told in render_status(status)


def test_nothing_is_being_learnt_once_all_passages_have_vectors() -> None:
    assert "Learning" not in render_status(Status(2, None, 0))


def test_who_has_logged_in_is_named_with_the_way_out() -> None:
    assert render_person("<ada>", "/desk") == (
        '<p class="person">&lt;ada&gt; <a href="/desk/logout">Log out</a></p>'
    )
    assert render_person(None, "/desk") == ""


def test_the_status_is_read_from_archive_and_model(tmp_path: Path) -> None:
    (tmp_path / "port.md").write_text("# Port strike\n\nDockers in Harrow walked out on Monday.")
    archive = make_archive(tmp_path / "archive", model="none")
    archive.add(tmp_path / "port.md", embed=False)
    assert read_status(Assistant(archive)) == Status(1, None, 1)
    assert read_status(Assistant(archive, ScriptedGenerator())) == Status(1, "scripted", 1)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        pytest.param("smollm2-135m", "smollm2-135m", id="a-preset"),
        pytest.param("/home/ann/models/big.gguf", "big.gguf", id="a-file"),
        pytest.param("C:\\models\\big.gguf", "big.gguf", id="a-file-on-windows"),
        pytest.param("owner/repository:big.gguf", "repository:big.gguf", id="of-a-hub"),
        pytest.param("http://host:8080/v1", "http://host:8080/v1", id="an-endpoint"),
    ],
)
def test_models_have_short_names(model: str, name: str) -> None:
    assert short_name(model) == name
