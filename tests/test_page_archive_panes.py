"""The events of the panes that add, list and limit, without a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import httpx
import pytest

from rag.archive import Archive
from rag.assistant import Assistant
from rag.page.desk import Desk
from rag.page.panes.adding import AddingEvents
from tests.fakes import make_archive
from tests.web_server import article_page

# As errors they would be raised inside Gradio, for how it uses its libraries.
pytestmark = pytest.mark.filterwarnings("default")

NEWS = (
    '{"id": "strike", "title": "Strike", "text": "Dockers walked out.", "publisher": "A", '
    '"published": "2023-06-01"}\n'
    '{"id": "walk", "title": "Walk", "text": "Walkers set out.", "publisher": "B", '
    '"published": "2023-07-01"}\n'
    '{"id": "march", "title": "March", "text": "Marchers set out.", "publisher": "B", '
    '"published": "2023-08-01"}\n'
)
ANN = gr.Request(session_hash="ann", username="ann")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "news.jsonl").write_text(NEWS)
    archive = make_archive(tmp_path / "archive", model="none")
    archive.add(tmp_path / "news.jsonl")
    return archive


@pytest.fixture
def desk(archive: Archive) -> Desk:
    return Desk(Assistant(archive))


def chosen(**data: str) -> gr.EventData:
    return gr.EventData(None, data)


def last(views: Iterator[list[Any]]) -> list[Any]:
    *_, final = views
    return final


def test_a_file_is_added_and_who_makes_vectors_is_told(desk: Desk, tmp_path: Path) -> None:
    told: list[str] = []
    events = AddingEvents(desk, lambda: told.append("added"))
    upload = tmp_path / "port.md"
    upload.write_text("# Port opens\n\nThe port opened on Sunday.")
    report, stop, uploads = last(events.add_files([str(upload)], ANN))
    assert "<h2>port.md</h2>" in report
    assert "<li>Port opens</li>" in report
    assert (stop["visible"], uploads, told) == (False, None, ["added"])


def test_a_page_is_fetched_by_the_client_that_the_page_was_given(desk: Desk) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        page = article_page("Ferries sail")
        return httpx.Response(200, headers={"content-type": "text/html"}, text=page)

    transport = httpx.MockTransport(answer)
    events = AddingEvents(desk, lambda: None, lambda: httpx.Client(transport=transport))
    report, _, addresses = last(events.add_addresses("a.example/ferry", ANN))
    assert "<li>Ferries sail</li>" in report
    assert addresses == ""


def test_pasted_text_is_added_and_its_fields_emptied(desk: Desk) -> None:
    events = AddingEvents(desk, lambda: None)
    text, published = "The bridge opened.", "2023-08-14"
    report, _, trouble, fold, *fields = last(
        events.add_pasted(text, "Bridge opens", "Gazette", published, ANN)
    )
    assert "<li>Bridge opens</li>" in report
    assert (trouble, fold["open"], fields) == ("", False, ["", "", "", ""])


def test_what_cannot_be_pasted_is_told_and_stays_to_be_corrected(desk: Desk) -> None:
    events = AddingEvents(desk, lambda: None)
    [views] = events.add_pasted("The bridge opened.", "", "", "soon", ANN)
    assert "&#x27;soon&#x27; is no date that can be read" in str(views[2])
    assert [view for view in views if view != views[2]] == [gr.skip()] * 7


@pytest.mark.parametrize("nothing", [None, []])
def test_nothing_given_changes_nothing(desk: Desk, nothing: list[str] | None) -> None:
    events = AddingEvents(desk, lambda: None)
    assert list(events.add_files(nothing, ANN)) == [[gr.skip()] * 3]
    assert list(events.add_addresses("  ", ANN)) == [[gr.skip()] * 3]
