"""Thumbs up and down: what happens when an answer is rated."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import gradio as gr
from gradio.events import Dependency

from rag.errors import RagError
from rag.page.answers import render_exchanges
from rag.page.conversation import Conversation, Exchange
from rag.page.panes.chat import ChatPane
from rag.page.panes.conversations import visitor
from rag.page.panes.parts import QUIETLY, SAVE, Views
from rag.page.ratings import change_rating, explain_rating
from rag.page.talks import Talks

UNCHANGED = [gr.skip()] * 3
NONE_YET = "You have rated no answer yet; thumbs stand below every answer."


@dataclass(frozen=True, slots=True)
class RatingsPane:
    download: gr.Button
    file: gr.Textbox  # what is to be saved, as JSON; not to be seen


@dataclass(frozen=True, slots=True)
class RatingEvents:
    """What happens with ratings; most events return memory, earlier and last answer."""

    talks: Talks

    def save(self, request: gr.Request) -> str:
        """Return the visitor's ratings as a question set to download."""
        try:
            file = self.talks.question_set(visitor(request))
        except RagError as error:
            raise gr.Error(str(error), print_exception=False) from error
        if file is None:
            gr.Info(NONE_YET)
            return ""
        return json.dumps(asdict(file))

    def rate(
        self, memory: Conversation, current: str, chosen: gr.EventData, request: gr.Request
    ) -> Views:
        """Press a thumb, or take it back."""
        good = getattr(chosen, "good", "") == "yes"
        talk = self._open(memory, current, request)
        now = [change_rating(each, good=good) for each in talk if _is_chosen(each, chosen)]
        return self._keep(talk, current, now, request)

    def explain(
        self, memory: Conversation, current: str, chosen: gr.EventData, request: gr.Request
    ) -> Views:
        """Keep the reason of a rating."""
        reason = str(getattr(chosen, "reason", ""))
        talk = self._open(memory, current, request)
        now = [explain_rating(each, reason) for each in talk if _is_chosen(each, chosen)]
        return self._keep(talk, current, now, request)

    def settle(self, memory: Conversation, current: str, request: gr.Request) -> Views:
        """Enter the ratings that were given while an answer was being written."""
        try:
            ratings = self.talks.ratings(visitor(request), current)
        except RagError:
            return UNCHANGED  # keeping the answer has just told of it
        now = tuple(replace(each, rating=ratings.get(each.number)) for each in memory)
        return UNCHANGED if now == memory else _shown(now)

    def _open(self, memory: Conversation, current: str, request: gr.Request) -> Conversation:
        """Return the conversation, also where a server that began anew has forgotten it."""
        try:
            return memory or self.talks.open(visitor(request), current)
        except RagError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def _keep(
        self, talk: Conversation, current: str, rated: Sequence[Exchange], request: gr.Request
    ) -> Views:
        """Keep the rating of the one exchange that was rated, if there is one."""
        for exchange in rated:
            try:
                self.talks.rate(visitor(request), current, exchange.number, exchange.rating)
            except RagError as error:
                raise gr.Error(str(error), print_exception=False) from error
            return _shown((*talk[: exchange.number - 1], exchange, *talk[exchange.number :]))
        return UNCHANGED


def lay_out() -> RatingsPane:
    download = gr.Button("Download my ratings", elem_id="download-ratings")
    return RatingsPane(download, gr.Textbox("", visible=False))


def connect(
    pane: RatingsPane, events: RatingEvents, chat: ChatPane, asking: Sequence[Dependency]
) -> None:
    """Rate the answers of `chat`; `asking` ends with a new one."""
    asked, shown = [chat.memory, chat.current], [chat.memory, chat.earlier, chat.last]
    for each in asking:
        each.then(events.settle, asked, shown, **QUIETLY)
    for part in (chat.earlier, chat.last):
        part.rate(events.rate, asked, shown, **QUIETLY)
        part.explain(events.explain, asked, shown, **QUIETLY)
    saving = pane.download.click(events.save, None, pane.file, **QUIETLY)
    saving.then(None, pane.file, None, js=SAVE, **QUIETLY)


def _shown(conversation: Conversation) -> Views:
    return [conversation, render_exchanges(conversation[:-1]), render_exchanges(conversation[-1:])]


def _is_chosen(exchange: Exchange, chosen: gr.EventData) -> bool:
    return str(getattr(chosen, "number", "")) == str(exchange.number)
