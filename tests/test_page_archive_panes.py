"""The events of the panes that add, list and limit, without a browser."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import gradio as gr
import httpx
import pytest
from starlette.requests import Request

from rag.archive import Archive
from rag.assistant import Assistant
from rag.page.asking import ask
from rag.page.browsing import Wanted
from rag.page.desk import Desk, Inquiry
from rag.page.panes import limits
from rag.page.panes.adding import AddingEvents
from rag.page.panes.browsing import BrowsingEvents
from rag.page.panes.limits import LimitsEvents, limit_first, limit_last, limit_publishers
from rag.page.panes.timeline import TimelineEvents
from rag.types import Limits, Question
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
ANN = gr.Request(Request({"type": "http", "headers": []}), "ann", "ann")


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
    assert "<bdi>Port opens</bdi>" in report
    assert (stop["visible"], uploads, told) == (False, None, ["added"])


def test_a_visitor_without_a_name_is_known_by_the_cookie(desk: Desk, tmp_path: Path) -> None:
    events = AddingEvents(desk, lambda: None)
    for visitor, told in (("a" * 43, "1 added"), ("b" * 43, "1 added"), ("a" * 43, "1 replaced")):
        cookie = (b"cookie", f"newsdesk_visitor={visitor}".encode())
        request = gr.Request(Request({"type": "http", "headers": [cookie]}), session_hash=visitor)
        upload = tmp_path / "port.md"
        upload.write_text(f"# Port\n\nThe port opened to {visitor}, {told}.")
        assert told in last(events.add_files([str(upload)], request))[0]


def test_a_page_is_fetched_by_the_client_that_the_page_was_given(desk: Desk) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        page = article_page("Ferries sail")
        return httpx.Response(200, headers={"content-type": "text/html"}, text=page)

    transport = httpx.MockTransport(answer)
    events = AddingEvents(desk, lambda: None, lambda: httpx.Client(transport=transport))
    report, _, addresses = last(events.add_addresses("a.example/ferry", ANN))
    assert "<bdi>Ferries sail</bdi>" in report
    assert addresses == ""


def test_pasted_text_is_added_and_its_fields_emptied(desk: Desk) -> None:
    events = AddingEvents(desk, lambda: None)
    text, published = "The bridge opened.", "2023-08-14"
    report, _, trouble, fold, *fields = last(
        events.add_pasted(text, "Bridge opens", "Gazette", published, ANN)
    )
    assert "<bdi>Bridge opens</bdi>" in report
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


def test_the_list_is_narrowed_as_the_fields_say(desk: Desk) -> None:
    wanted, shelf, news = BrowsingEvents(desk).look("", "2023-07", "", ["B"])
    assert wanted == Wanted(limits=Limits(date(2023, 7, 1), None, ("B",)))
    assert "2 articles, newest first · only from 1 July 2023, B" in str(shelf)
    assert news == ""


def test_a_date_that_cannot_be_read_leaves_the_list(desk: Desk) -> None:
    wanted, shelf, news = BrowsingEvents(desk).look("", "soon", "", [])
    assert (wanted, shelf) == (gr.skip(), gr.skip())
    assert "is no date that can be read" in str(news)


@pytest.mark.parametrize("page", ["7", "-1", "9" * 40, "x", "²"])
def test_a_page_comes_from_the_browser_and_may_be_anything(desk: Desk, page: str) -> None:
    wanted, shelf, _ = BrowsingEvents(desk).turn(Wanted(), chosen(page=page))
    assert wanted == Wanted()
    assert "3 articles" in str(shelf)


def test_an_article_is_removed_and_the_list_is_what_is_left(desk: Desk, archive: Archive) -> None:
    wanted = Wanted(limits=Limits(publishers=("B",)))
    views = BrowsingEvents(desk).remove(wanted, chosen(article="walk"))
    assert archive.article("walk") is None
    assert views[0] == wanted
    assert "1 article, newest first" in str(views[1])
    assert "Removed: Walk" in str(views[2])
    again = BrowsingEvents(desk).remove(wanted, chosen(article="walk"))
    assert "It was gone already." in str(again[2])


def test_showing_all_empties_the_fields(desk: Desk) -> None:
    wanted, shelf, _, *fields = BrowsingEvents(desk).reset()
    assert wanted == Wanted()
    assert "3 articles, newest first" in str(shelf)
    assert fields == ["", "", "", []]


def test_publishers_are_offered_with_how_much_they_have(desk: Desk) -> None:
    publishers: Any = LimitsEvents(desk).open()[0]
    assert publishers["choices"] == [("B (2)", "B"), ("A (1)", "A")]


def limited(desk: Desk, first: str, last: str, publishers: list[str]) -> Inquiry:
    """Return a question as the choices of the pane change it."""
    inquiry = limit_first(Inquiry(desk.assistant, Question("Who?")), first)
    return limit_publishers(limit_last(inquiry, last), publishers)


def test_limits_that_are_written_are_told_and_narrow_the_question(desk: Desk) -> None:
    assert "from 1 July 2023" in LimitsEvents(desk).change("2023-07", "", ["B"])
    asked = limited(desk, "2023-07", "2024", ["B"])
    assert asked.question == Question(
        "Who?",
        published_from=date(2023, 7, 1),
        published_to=date(2024, 12, 31),
        publishers=("B",),
    )
    assert asked.refused is None


def test_without_limits_the_question_is_as_it_was(desk: Desk) -> None:
    assert limited(desk, "", " ", []) == Inquiry(desk.assistant, Question("Who?"))
    assert LimitsEvents(desk).change("", "", []) == ""


def test_fields_that_nobody_has_unfolded_limit_nothing(desk: Desk) -> None:
    with gr.Blocks():
        fields = limits.lay_out().fields
    first, last, publishers = (field.preprocess(field.value) for field in fields.all)
    assert limited(desk, first, last, publishers).question == Question("Who?")


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        pytest.param("soon", "", "is no date that can be read", id="no-date"),
        pytest.param("2024", "2023", "exchange the two dates", id="wrong-way-round"),
    ],
)
def test_a_question_within_limits_that_cannot_be_is_refused(
    desk: Desk, first: str, last: str, told: str
) -> None:
    assert told in LimitsEvents(desk).change(first, last, [])
    inquiry = limited(desk, first, last, ["B"])
    assert told in str(inquiry.refused)
    [conversation] = ask(inquiry, (), Event())
    assert conversation[-1].error == inquiry.refused


def test_a_subjects_events_are_shown(desk: Desk) -> None:
    shown = TimelineEvents(desk).show(" dockers ")
    assert '<p class="when">reported 1 June 2023</p>' in shown
    assert "“Dockers walked out.”" in shown


@pytest.mark.parametrize("subject", ["", "  "])
def test_no_subject_shows_nothing(desk: Desk, subject: str) -> None:
    assert TimelineEvents(desk).show(subject) == ""


def test_a_subject_of_no_event_says_so(desk: Desk) -> None:
    assert "No article reports an event" in TimelineEvents(desk).show("zebras")
