"""The chat: the conversation, the box for the next question, and what happens with both."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

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
from rag.page.panes.parts import QUIETLY, Choice, Recall, Refresh, Values, Views, html
from rag.page.panes.sources import SourcePane
from rag.page.reader import OPEN
from rag.page.running import Running
from rag.page.sources import render_sources
from rag.page.welcome import ASK, read_examples, render_welcome
from rag.types import NO_LIMITS, Question

ACTS = (OPEN, AGAIN, WIDEN, *ratings.ACTS)
OUTPUTS = 7  # what `outputs` returns

Ended = Callable[[gr.Request, Conversation], None]


@dataclass(frozen=True, slots=True)
class ChatPane:
    memory: gr.State  # the visitor's Conversation
    welcome: gr.HTML
    earlier: gr.HTML
    last: gr.HTML
    question: gr.Textbox


@dataclass(frozen=True, slots=True)
class ChatEvents:
    """What happens when a person asks; one object serves all visitors.

    `on_ended` is told the visitor's request and the conversation when a question has ended, also
    where the visitor has left meanwhile. `recall` brings back what a server that began anew forgot.
    """

    desk: Desk
    pane: ChatPane
    choices: Sequence[Choice] = ()
    on_ended: Ended = lambda request, conversation: None
    recall: Recall | None = None
    running: Running = field(default_factory=Running)

    def open(self) -> Views:
        return [render_welcome(read_examples(self.desk.archive))]

    def ask(self, values: Values, request: gr.Request) -> Iterator[Views]:
        """Yield what changes as the answer grows."""
        question = values[self.pane.question]
        if not question.strip():
            yield [gr.skip()] * OUTPUTS
            return
        yield [gr.skip(), "", *[gr.skip()] * (OUTPUTS - 2)]
        inquiry = self._inquiry(question, values)
        yield from self._answer(inquiry, self._conversation(values, request), request)

    def ask_example(
        self, values: Values, chosen: gr.EventData, request: gr.Request
    ) -> Iterator[Views]:
        inquiry = self._inquiry(str(getattr(chosen, "question", "")), values)
        yield from self._answer(inquiry, self._conversation(values, request), request)

    def ask_widely(
        self, values: Values, chosen: gr.EventData, request: gr.Request
    ) -> Iterator[Views]:
        """Ask a question that was declined of all articles."""
        inquiry = self._inquiry(str(getattr(chosen, "question", "")), values)
        widened = replace(inquiry, question=inquiry.question.within(NO_LIMITS), refused=None)
        yield from self._answer(widened, self._conversation(values, request), request)

    def ask_again(
        self, values: Values, again: gr.EventData, request: gr.Request
    ) -> Iterator[Views]:
        """Ask a question anew, as it was or edited, with only what came before it."""
        conversation = self._conversation(values, request)
        number = str(getattr(again, "number", ""))
        asked = next((each for each in conversation if str(each.number) == number), None)
        if asked is None:
            yield [gr.skip()] * OUTPUTS
            return
        question = str(getattr(again, "question", "")).strip() or asked.question
        before = conversation[: asked.number - 1]
        yield from self._answer(self._inquiry(question, values), before, request)

    def stop(self, request: gr.Request) -> None:
        self.running.stop(request.session_hash or "")

    def begin_anew(self, request: gr.Request) -> Views:
        self.stop(request)
        return show(())

    def _conversation(self, values: Values, request: gr.Request) -> Conversation:
        conversation: Conversation = values[self.pane.memory]
        if conversation or self.recall is None:
            return conversation
        return self.recall.read(values[self.recall.component], request)

    def _answer(
        self, inquiry: Inquiry, conversation: Conversation, request: gr.Request
    ) -> Iterator[Views]:
        before: Conversation = ()
        latest = conversation
        with self.running.question(request.session_hash or "") as stopped:
            try:
                for latest in ask(inquiry, conversation, stopped):
                    yield _changed(before, latest)
                    before = latest
            finally:
                self.on_ended(request, latest)

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
    return ChatPane(gr.State(()), welcome, earlier, last, question)


def outputs(pane: ChatPane, sources: SourcePane) -> list[Component]:
    """Return what `show` shows."""
    shown = [pane.memory, pane.question, pane.welcome, pane.earlier, pane.last]
    return [*shown, sources.listing, sources.reader]


def connect(
    pane: ChatPane, events: ChatEvents, *, sources: SourcePane, anew: gr.Button
) -> tuple[Refresh, list[Dependency]]:
    """Return how to read the welcome anew, and the events that end with an answer."""
    shown = outputs(pane, sources)
    asked: set[Block] = {pane.question, pane.memory}
    asked.update(choice.component for choice in events.choices)
    if events.recall:
        asked.add(events.recall.component)
    ways: list[tuple[Callable[..., Dependency], Callable[..., Iterator[Views]]]] = [
        (pane.question.submit, events.ask),
        (pane.welcome.ask, events.ask_example),
        *((answers.again, events.ask_again) for answers in (pane.earlier, pane.last)),
        *((answers.widen, events.ask_widely) for answers in (pane.earlier, pane.last)),
    ]
    asking = [listen(answer, asked, shown, **QUIETLY) for listen, answer in ways]
    pane.question.stop(events.stop, None, None, **QUIETLY)
    anew.click(events.begin_anew, None, shown, **QUIETLY)
    return Refresh(events.open, [pane.welcome]), asking


def show(conversation: Conversation) -> Views:
    """Return all views of a conversation in which nothing is being asked."""
    return [
        conversation,
        _question_box(busy=False),
        gr.update(visible=not conversation),
        render_exchanges(conversation[:-1]),
        render_exchanges(conversation[-1:]),
        render_sources(conversation),
        "",
    ]


def _changed(before: Conversation, now: Conversation) -> Views:
    """Return what has changed since: one view for each of `outputs`.

    How components look is told every time. Gradio sends the difference between two such changes,
    and the page forgets what the later of them no longer tells if they come at once.
    """
    began, ended = not before, now[-1].has_ended
    looks = [_question_box(busy=not ended), gr.update(visible=False)]
    if before and before[-1] is now[-1]:
        return [gr.skip(), *looks, *[gr.skip()] * (OUTPUTS - 3)]
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
