"""The chat: the conversation, the box for the next question, and what happens with both."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeAlias

import gradio as gr
from gradio.blocks import Block
from gradio.components import Component
from gradio.events import Dependency

from rag.page import ratings
from rag.page.answers import AGAIN, render_exchanges
from rag.page.asking import ask
from rag.page.bounds import WIDEN
from rag.page.conversation import Conversation, Exchange
from rag.page.desk import Desk, Inquiry
from rag.page.panes.parts import QUIETLY, Choice, Refresh, Values, Views, html
from rag.page.panes.sources import SourcePane
from rag.page.reader import OPEN
from rag.page.running import Running
from rag.page.sources import render_sources
from rag.page.welcome import ASK, read_examples, render_welcome
from rag.types import NO_LIMITS, Question

ACTS = (OPEN, AGAIN, WIDEN, *ratings.ACTS)
OUTPUTS = 8  # what `outputs` returns

Steps: TypeAlias = Generator[Views, None, None]  # what changes as an answer grows


class Keeper(Protocol):
    """Keeps conversations, each under an id that the browser holds while it is open."""

    def begin(self, current: str, *, anew: bool) -> str:
        """Return the id of the conversation in which a question is asked."""

    def keep(self, id_: str, asked: Exchange, request: gr.Request) -> None:
        """Keep a question that begins to be answered, in place of what followed before."""

    def finish(self, id_: str, ended: Exchange, request: gr.Request) -> None:
        """Keep what became of it, also where its visitor has left."""

    def bring_back(self, current: str, request: gr.Request) -> Conversation:
        """Return what a server that began anew has forgotten."""


class KeepsNothing:
    def begin(self, current: str, *, anew: bool) -> str:
        return ""

    def keep(self, id_: str, asked: Exchange, request: gr.Request) -> None:
        pass

    def finish(self, id_: str, ended: Exchange, request: gr.Request) -> None:
        pass

    def bring_back(self, current: str, request: gr.Request) -> Conversation:
        return ()


@dataclass(frozen=True, slots=True)
class ChatPane:
    memory: gr.State  # the visitor's Conversation
    current: gr.Textbox  # its id, empty before it begins; not to be seen
    welcome: gr.HTML
    earlier: gr.HTML
    last: gr.HTML
    question: gr.Textbox


@dataclass(frozen=True, slots=True)
class ChatEvents:
    """What happens when a person asks; one object serves all visitors."""

    desk: Desk
    pane: ChatPane
    choices: Sequence[Choice] = ()
    keeper: Keeper = field(default_factory=KeepsNothing)
    running: Running = field(default_factory=Running)

    def open(self) -> Views:
        return [render_welcome(read_examples(self.desk.archive))]

    def ask(self, values: Values, request: gr.Request) -> Steps:
        """Yield what changes as the answer grows."""
        question = values[self.pane.question]
        if not question.strip():
            yield [gr.skip()] * OUTPUTS
            return
        yield [gr.skip(), "", *[gr.skip()] * (OUTPUTS - 2)]
        yield from self._answer(self._inquiry(question, values), values, request)

    def ask_example(self, values: Values, chosen: gr.EventData, request: gr.Request) -> Steps:
        inquiry = self._inquiry(str(getattr(chosen, "question", "")), values)
        yield from self._answer(inquiry, values, request)

    def ask_widely(self, values: Values, chosen: gr.EventData, request: gr.Request) -> Steps:
        """Ask a question that was declined of all articles."""
        inquiry = self._inquiry(str(getattr(chosen, "question", "")), values)
        widened = replace(inquiry, question=inquiry.question.within(NO_LIMITS), refused=None)
        yield from self._answer(widened, values, request)

    def ask_again(self, values: Values, again: gr.EventData, request: gr.Request) -> Steps:
        """Ask a question anew, as it was or edited, with only what came before it."""
        conversation = self._conversation(values, request)
        number = str(getattr(again, "number", ""))
        asked = next((each for each in conversation if str(each.number) == number), None)
        if asked is None:
            yield [gr.skip()] * OUTPUTS
            return
        question = str(getattr(again, "question", "")).strip() or asked.question
        before = {**values, self.pane.memory: conversation[: asked.number - 1]}
        yield from self._answer(self._inquiry(question, values), before, request, again=True)

    def stop(self, request: gr.Request) -> None:
        self.running.stop(request.session_hash or "")

    def begin_anew(self, request: gr.Request) -> Views:
        self.stop(request)
        return show(())

    def _conversation(self, values: Values, request: gr.Request) -> Conversation:
        conversation: Conversation = values[self.pane.memory]
        return conversation or self.keeper.bring_back(values[self.pane.current], request)

    def _answer(
        self, inquiry: Inquiry, values: Values, request: gr.Request, *, again: bool = False
    ) -> Steps:
        """Yield what changes; where it is asked `again`, the conversation may be open and empty."""
        conversation = values[self.pane.memory] if again else self._conversation(values, request)
        anew = not conversation and not again
        current = self.keeper.begin(values[self.pane.current], anew=anew)
        before: Conversation = ()
        with self.running.question(request.session_hash or "") as stopped:
            try:
                for now in ask(inquiry, conversation, stopped):
                    changed, began, before = _changed(before, now), not before, now
                    if began:
                        self.keeper.keep(current, now[-1], request)
                    yield [*changed, current]
            finally:
                self.keeper.finish(current, before[-1], request)

    def _inquiry(self, question: str, values: Values) -> Inquiry:
        inquiry = Inquiry(self.desk.assistant, Question(question))
        for choice in self.choices:
            inquiry = choice.apply(inquiry, values[choice.component])
        return inquiry


def lay_out() -> ChatPane:
    with gr.Column(elem_id="exchanges"):
        welcome = html("", "welcome", acts=(ASK,))
        earlier, last = (html("", name, acts=ACTS) for name in ("earlier", "last"))
    question = gr.Textbox(
        label="Your question",
        placeholder="Ask about the articles",
        max_lines=6,
        submit_btn="Ask",
        elem_id="question",
    )
    current = gr.Textbox("", visible="hidden")  # in the page, so that its changes are told
    return ChatPane(gr.State(()), current, welcome, earlier, last, question)


def outputs(pane: ChatPane, sources: SourcePane) -> list[Component]:
    """Return what `show` shows."""
    shown = [pane.memory, pane.question, pane.welcome, pane.earlier, pane.last]
    return [*shown, sources.listing, sources.reader, pane.current]


def connect(
    pane: ChatPane, events: ChatEvents, *, sources: SourcePane, anew: gr.Button
) -> tuple[Refresh, list[Dependency]]:
    """Return how to read the welcome anew, and the events that end with another conversation."""
    shown = outputs(pane, sources)
    asked: set[Block] = {pane.question, pane.memory, pane.current}
    asked.update(choice.component for choice in events.choices)
    ways: list[tuple[Callable[..., Dependency], Callable[..., Steps]]] = [
        (pane.question.submit, events.ask),
        (pane.welcome.ask, events.ask_example),
        *((answers.again, events.ask_again) for answers in (pane.earlier, pane.last)),
        *((answers.widen, events.ask_widely) for answers in (pane.earlier, pane.last)),
    ]
    asking = [listen(answer, asked, shown, **QUIETLY) for listen, answer in ways]
    pane.question.stop(events.stop, None, None, **QUIETLY)
    asking.append(anew.click(events.begin_anew, None, shown, **QUIETLY))
    return Refresh(events.open, [pane.welcome]), asking


def show(conversation: Conversation, current: str = "") -> Views:
    """Return all views of a conversation in which nothing is being asked; `current` is its id."""
    return [
        conversation,
        _question_box(busy=False),
        gr.update(visible=not conversation),
        render_exchanges(conversation[:-1]),
        render_exchanges(conversation[-1:]),
        render_sources(conversation),
        "",
        current,
    ]


def _changed(before: Conversation, now: Conversation) -> Views:
    """Return what has changed since: one view for each of `outputs` but the last.

    How components look is told every time. Gradio sends the difference between two such changes,
    and the page forgets what the later of them no longer tells if they come at once.
    """
    began, ended = not before, now[-1].has_ended
    looks = [_question_box(busy=not ended), gr.update(visible=False)]
    if before and before[-1] is now[-1]:
        return [gr.skip(), *looks, *[gr.skip()] * (OUTPUTS - 4)]
    sourced = began or ended or _proof(before[-1]) != _proof(now[-1])
    return [
        now,
        *looks,
        render_exchanges(now[:-1]) if began else gr.skip(),
        render_exchanges(now[-1:]),
        render_sources(now) if sourced else gr.skip(),
        "" if began else gr.skip(),
    ]


def _proof(exchange: Exchange) -> tuple[int, int]:
    """Return how much of the source pane there is: it changes only when this does."""
    return len(exchange.evidence or ()), len(exchange.checked)


def _question_box(*, busy: bool) -> dict[str, object]:
    """Return how the box changes: with a way to stop, or ready for the next question."""
    return gr.update(submit_btn=not busy and "Ask", stop_btn=busy and "Stop")
