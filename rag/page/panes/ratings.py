"""Thumbs up and down: what happens when an answer is rated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import gradio as gr
from gradio.events import Dependency

from rag.conversations import Rating
from rag.errors import RagError
from rag.page.answers import render_exchanges
from rag.page.conversation import Conversation, Exchange
from rag.page.panes.chat import ChatPane
from rag.page.panes.conversations import visitor
from rag.page.panes.parts import QUIETLY, Views
from rag.page.ratings import change_rating, explain_rating, rated
from rag.page.talks import Talks


@dataclass(frozen=True, slots=True)
class RatingEvents:
    """The events return memory, earlier and last answer."""

    talks: Talks

    def rate(self, memory: Conversation, chosen: gr.EventData, request: gr.Request) -> Views:
        good = getattr(chosen, "good", "") == "yes"
        return self._change(memory, chosen, request, lambda each: change_rating(each, good=good))

    def explain(self, memory: Conversation, chosen: gr.EventData, request: gr.Request) -> Views:
        reason = str(getattr(chosen, "reason", ""))
        return self._change(memory, chosen, request, lambda each: explain_rating(each, reason))

    def settle(self, memory: Conversation, request: gr.Request) -> Views:
        """Enter the ratings that were given while an answer was being written."""
        try:
            ratings = self.talks.ratings(visitor(request), request.session_hash or "")
        except RagError:
            return [gr.skip()] * 3  # keeping the answer has just told of it
        now = tuple(replace(each, rating=ratings.get(each.number)) for each in memory)
        return [gr.skip()] * 3 if now == memory else _shown(now)

    def _change(
        self,
        memory: Conversation,
        chosen: gr.EventData,
        request: gr.Request,
        change: Callable[[Exchange], Rating | None],
    ) -> Views:
        number = str(getattr(chosen, "number", ""))
        exchange = next((each for each in memory if str(each.number) == number), None)
        if exchange is None:
            return [gr.skip()] * 3
        rating = change(exchange)
        try:
            self.talks.rate(visitor(request), request.session_hash or "", exchange.number, rating)
        except RagError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return _shown(rated(memory, exchange.number, rating))


def connect(pane: ChatPane, events: RatingEvents, asking: Sequence[Dependency]) -> None:
    """Rate the answers of `pane`; `asking` ends with a new one."""
    shown = [pane.memory, pane.earlier, pane.last]
    for each in asking:
        each.then(events.settle, pane.memory, shown, **QUIETLY)
    for part in (pane.earlier, pane.last):
        part.rate(events.rate, pane.memory, shown, **QUIETLY)
        part.explain(events.explain, pane.memory, shown, **QUIETLY)


def _shown(conversation: Conversation) -> Views:
    return [conversation, render_exchanges(conversation[:-1]), render_exchanges(conversation[-1:])]
