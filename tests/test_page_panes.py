from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from gradio.blocks import Block

from rag import Archive, Assistant
from rag.page.conversation import Conversation
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
    values: dict[Block, Any] = {pane.question: WHY, pane.memory: (), publisher: "B"}
    conversation = last_conversation(list(events.ask(values, gr.Request(session_hash="ann"))))
    assert {quote.article.title for quote in conversation[-1].evidence or ()} == {"Walk"}


def test_a_question_is_asked_of_all_articles_whatever_the_choices(archive: Archive) -> None:
    with gr.Blocks():
        pane, publisher = chat.lay_out(), gr.Textbox()
    events = ChatEvents(Desk(Assistant(archive)), pane, [Choice(publisher, of_publisher)])
    values: dict[Block, Any] = {pane.question: "a draft", pane.memory: (), publisher: "B"}
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
        values: dict[Block, Any] = {pane.question: question, pane.memory: before}
        before = last_conversation(list(events.ask(values, ann)))
    values = {pane.question: "", pane.memory: before}
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
    values: dict[Block, Any] = {pane.question: "", pane.memory: ()}
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
    values: dict[Block, Any] = {pane.question: WHY, pane.memory: ()}
    conversation = last_conversation(list(events.ask(values, gr.Request(session_hash="ann"))))
    assert conversation[-1].answer is not None
    assert conversation[-1].answer.model == "scripted"


def test_who_listens_is_told_of_the_ended_conversation_and_its_visitor(archive: Archive) -> None:
    with gr.Blocks():
        pane = chat.lay_out()
    told: list[tuple[str, Conversation]] = []
    events = ChatEvents(
        Desk(Assistant(archive)),
        pane,
        on_ended=lambda who, now: told.append((who.session_hash or "", now)),
    )
    values: dict[Block, Any] = {pane.question: WHY, pane.memory: ()}
    conversation = last_conversation(list(events.ask(values, gr.Request(session_hash="ann"))))
    assert told == [("ann", conversation)]


def test_an_act_of_html_is_an_event_of_its_name() -> None:
    with gr.Blocks() as page:
        listing = html("", "listing", acts=("open",))
        listing.open(lambda: None)
        with pytest.raises(AttributeError, match="no attribute 'close'"):
            listing.close(lambda: None)
    assert [target[1] for fn in page.fns.values() for target in fn.targets] == ["open"]
