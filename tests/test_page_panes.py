from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from gradio.blocks import Block

from rag import Archive, Assistant
from rag.page.conversation import Conversation, Exchange
from rag.page.desk import Desk, Inquiry
from rag.page.panes import chat
from rag.page.panes.chat import ChatEvents
from rag.page.panes.parts import Choice, html
from tests.fakes import ScriptedGenerator, make_archive

# As errors they would be raised inside Gradio, for how it uses its libraries.
pytestmark = pytest.mark.filterwarnings("default")

WHY = "Why did dockers in Harrow walk out?"
BECAUSE = "Dockers in Harrow walked out over pay."


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    news = tmp_path / "news.jsonl"
    news.write_text(
        '{"title": "Strike", "text": "Dockers in Harrow walked out over pay.", "publisher": "A"}\n'
        '{"title": "Walk", "text": "Dockers in Harrow walk out at noon.", "publisher": "B"}\n'
    )
    archive = make_archive(tmp_path / "archive", model="none")
    archive.add(news)
    return archive


def of_publisher(inquiry: Inquiry, name: str) -> Inquiry:
    return replace(inquiry, question=replace(inquiry.question, publishers=(name,)))


def last_conversation(steps: list[list[Any]]) -> Conversation:
    found = [step[0] for step in steps if isinstance(step[0], tuple)]
    return found[-1]


def test_a_choice_narrows_the_question_that_is_asked(archive: Archive) -> None:
    with gr.Blocks():
        pane, publisher = chat.lay_out(), gr.Textbox()
    events = ChatEvents(Desk(Assistant(archive)), pane, [Choice(publisher, of_publisher)])
    values: dict[Block, Any] = {
        pane.question: WHY,
        pane.memory: (),
        pane.current: "",
        publisher: "B",
    }
    conversation = last_conversation(list(events.ask(values, gr.Request(session_hash="ann"))))
    assert {quote.article.title for quote in conversation[-1].evidence or ()} == {"Walk"}


def test_a_question_is_asked_of_all_articles_whatever_the_choices(archive: Archive) -> None:
    with gr.Blocks():
        pane, publisher = chat.lay_out(), gr.Textbox()
    events = ChatEvents(Desk(Assistant(archive)), pane, [Choice(publisher, of_publisher)])
    values: dict[Block, Any] = {
        pane.question: "a draft",
        pane.memory: (),
        pane.current: "",
        publisher: "B",
    }
    chosen = gr.EventData(None, {"question": WHY})
    steps = list(events.ask_widely(values, chosen, gr.Request(session_hash="ann")))
    conversation = last_conversation(steps)
    assert conversation[-1].question == WHY
    assert {quote.article.title for quote in conversation[-1].evidence or ()} == {"Strike", "Walk"}


def test_asking_again_drops_what_came_after(archive: Archive) -> None:
    with gr.Blocks():
        pane = chat.lay_out()
    events, ann = ChatEvents(Desk(Assistant(archive)), pane), gr.Request(session_hash="ann")
    before: Conversation = ()
    for question in (WHY, "Who walks out at noon?", "Is there a strike?"):
        values: dict[Block, Any] = {pane.question: question, pane.memory: before, pane.current: ""}
        before = last_conversation(list(events.ask(values, ann)))
    values = {pane.question: "", pane.memory: before, pane.current: ""}
    edited = gr.EventData(None, {"number": "2", "question": "Who walks out over pay?"})
    conversation = last_conversation(list(events.ask_again(values, edited, ann)))
    asked = [(exchange.number, exchange.question) for exchange in conversation]
    assert asked == [(1, WHY), (2, "Who walks out over pay?")]


@pytest.mark.parametrize("number", ["7", "", "x", "-1"])
def test_asking_a_question_again_that_is_not_there_changes_nothing(
    archive: Archive, number: str
) -> None:
    with gr.Blocks():
        pane = chat.lay_out()
    values: dict[Block, Any] = {pane.question: "", pane.memory: (), pane.current: ""}
    again = gr.EventData(None, {"number": number})
    events = ChatEvents(Desk(Assistant(archive)), pane)
    [views] = events.ask_again(values, again, gr.Request(session_hash="ann"))
    assert views == [gr.skip()] * len(views)


def test_the_desk_answers_with_the_assistant_that_is_in_use_now(archive: Archive) -> None:
    with gr.Blocks():
        pane = chat.lay_out()
    desk = Desk(Assistant(archive))
    events = ChatEvents(desk, pane)
    desk.use(Assistant(archive, ScriptedGenerator(BECAUSE)))
    values: dict[Block, Any] = {pane.question: WHY, pane.memory: (), pane.current: ""}
    conversation = last_conversation(list(events.ask(values, gr.Request(session_hash="ann"))))
    assert conversation[-1].answer is not None
    assert conversation[-1].answer.model == "scripted"


class KeepsAll:
    """Remembers what it was told; `forgotten` is what it brings back."""

    def __init__(self, forgotten: Conversation = ()) -> None:
        self.forgotten = forgotten
        self.kept: list[tuple[str, Exchange, str | None]] = []
        self.finished: list[tuple[str, Exchange, str | None]] = []

    def begin(self, current: str, *, anew: bool) -> str:
        return "another" if anew else current

    def keep(self, id_: str, asked: Exchange, request: gr.Request) -> None:
        self.kept.append((id_, asked, request.session_hash))

    def finish(self, id_: str, ended: Exchange, request: gr.Request) -> None:
        self.finished.append((id_, ended, request.session_hash))

    def bring_back(self, current: str, request: gr.Request) -> Conversation:
        return self.forgotten if current else ()


def asked(
    archive: Archive, keeper: KeepsAll, *, memory: Conversation = (), current: str = ""
) -> tuple[Conversation, object]:
    """Ask a question; return the conversation, and the id that the browser is given."""
    with gr.Blocks():
        pane = chat.lay_out()
    events = ChatEvents(Desk(Assistant(archive)), pane, keeper=keeper)
    values: dict[Block, Any] = {pane.question: WHY, pane.memory: memory, pane.current: current}
    steps = list(events.ask(values, gr.Request(session_hash="ann")))
    return last_conversation(steps), steps[-1][-1]


def test_a_question_begins_a_conversation_and_is_kept_in_it(archive: Archive) -> None:
    keeper = KeepsAll()
    conversation, current = asked(archive, keeper, current="left")
    assert current == "another"
    assert keeper.kept == [("another", Exchange(1, WHY), "ann")]
    assert keeper.finished == [("another", conversation[0], "ann")]


def test_a_question_that_its_visitor_leaves_is_finished_as_far_as_it_came(
    archive: Archive,
) -> None:
    with gr.Blocks():
        pane = chat.lay_out()
    keeper = KeepsAll()
    events = ChatEvents(Desk(Assistant(archive)), pane, keeper=keeper)
    values: dict[Block, Any] = {pane.question: WHY, pane.memory: (), pane.current: ""}
    with closing(events.ask(values, gr.Request(session_hash="ann"))) as steps:
        emptied, _begun = next(steps), next(steps)
    assert emptied[1] == ""
    assert keeper.finished == keeper.kept != []


def test_the_next_question_is_kept_in_the_same_conversation(archive: Archive) -> None:
    keeper = KeepsAll()
    before, _ = asked(archive, keeper)
    conversation, current = asked(archive, keeper, memory=before, current="open")
    assert (len(conversation), current) == (2, "open")
    assert keeper.finished[-1] == ("open", conversation[1], "ann")


def test_what_a_server_has_forgotten_is_brought_back_before_the_next_question(
    archive: Archive,
) -> None:
    before, _ = asked(archive, KeepsAll())
    keeper = KeepsAll(forgotten=before)
    conversation, current = asked(archive, keeper, current="open")
    assert (conversation[0], current) == (before[0], "open")


def test_the_only_question_asked_again_stays_in_its_conversation(archive: Archive) -> None:
    keeper = KeepsAll()
    before, _ = asked(archive, keeper)
    with gr.Blocks():
        pane = chat.lay_out()
    events = ChatEvents(Desk(Assistant(archive)), pane, keeper=keeper)
    values: dict[Block, Any] = {pane.question: "", pane.memory: before, pane.current: "open"}
    again = gr.EventData(None, {"number": "1"})
    list(events.ask_again(values, again, gr.Request(session_hash="ann")))
    assert [id_ for id_, _, _ in keeper.finished] == ["another", "open"]


def test_an_act_of_html_is_an_event_of_its_name() -> None:
    with gr.Blocks() as page:
        listing = html("", "listing", acts=("open",))
        listing.open(lambda: None)
        with pytest.raises(AttributeError, match="no attribute 'close'"):
            listing.close(lambda: None)
    assert [target[1] for fn in page.fns.values() for target in fn.targets] == ["open"]
