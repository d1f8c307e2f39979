"""The bar of conversations: kept as they go on, found, opened again, saved and deleted."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency

from rag.errors import RagError
from rag.page.conversation import Conversation, Exchange
from rag.page.escaping import render_trouble
from rag.page.exporting import JSON_LINES, MARKDOWN
from rag.page.panes.chat import OUTPUTS, ChatPane, show
from rag.page.panes.parts import QUIETLY, SAVE, Views, html
from rag.page.running import Running
from rag.page.talk_list import ACTS, render_talks
from rag.page.talks import Talks
from rag.page.visitors import owner_of

# talks.js does what only the browser can.
TOGGLE = "() => newsdeskTalks.toggle()"
GIVE_WAY = "() => newsdeskTalks.giveWay()"
REMEMBER = "(id) => newsdeskTalks.remember(id)"
RECALL = "(_, words) => [newsdeskTalks.recall(), words]"


UNCHANGED = [gr.skip()] * OUTPUTS  # of the chat


@dataclass(frozen=True, slots=True)
class TalksPane:
    close: gr.Button
    words: gr.Textbox
    listing: gr.HTML
    file: gr.Textbox  # what is to be saved, as JSON; not to be seen


class Chat(NamedTuple):
    """What the bar acts on: the chat and what shows a conversation in it, and who listens to it."""

    pane: ChatPane
    shown: Sequence[Component]
    asking: Sequence[Dependency]
    opener: gr.Button


@dataclass(frozen=True, slots=True)
class TalksEvents:
    """What happens with conversations; what a visitor is asking is stopped before another.

    `current` is the id of the open one, `words` are what is searched for.
    """

    talks: Talks
    running: Running

    # What the chat does with its conversation

    def begin(self, current: str, *, anew: bool) -> str:
        return self.talks.begin(current, anew=anew)

    def keep(self, id_: str, asked: Exchange, request: gr.Request) -> None:
        self.talks.keep(visitor(request), id_, asked)

    def finish(self, id_: str, ended: Exchange, request: gr.Request) -> None:
        self.talks.finish(visitor(request), id_, ended)

    def bring_back(self, current: str, request: gr.Request) -> Conversation:
        try:
            return self.talks.open(visitor(request), current) if current else ()
        except RagError:
            return ()

    # What a person does with the list

    def look(self, current: str, words: str, request: gr.Request) -> str:
        return self._list(current, words, request)

    def recall(self, current: str, words: str, request: gr.Request) -> Views:
        """Show the conversation that the browser's tab was in, unless it is gone."""
        return self._open(current, "", words, request)

    def resume(self, current: str, words: str, chosen: gr.EventData, request: gr.Request) -> Views:
        self._stop(request)
        return self._open(_talk(chosen), current, words, request)

    def doubt(self, current: str, words: str, chosen: gr.EventData, request: gr.Request) -> str:
        return self._list(current, words, request, doubted=_talk(chosen))

    def delete(self, current: str, words: str, chosen: gr.EventData, request: gr.Request) -> Views:
        """Delete it; where it is the one that is open, begin anew."""
        is_open = current == _talk(chosen)
        if is_open:
            self._stop(request)
        try:
            self.talks.delete(visitor(request), _talk(chosen))
        except RagError as error:
            return [*UNCHANGED, render_trouble(str(error))]
        if is_open:
            return [*show(()), self._list("", words, request)]
        return [*UNCHANGED, self._list(current, words, request)]

    def save(self, chosen: gr.EventData, request: gr.Request) -> str:
        ending = JSON_LINES if getattr(chosen, "form", "") == JSON_LINES else MARKDOWN
        try:
            file = self.talks.export(visitor(request), _talk(chosen), ending)
        except RagError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return json.dumps(asdict(file)) if file else ""

    def _open(self, talk: str, current: str, words: str, request: gr.Request) -> Views:
        """Return the conversation and the list; where there is none, `current` stays open."""
        try:
            conversation = self.talks.open(visitor(request), talk) if talk else ()
        except RagError as error:
            return [*UNCHANGED, render_trouble(str(error))]
        if not conversation:
            return [*UNCHANGED, self._list(current, words, request)]
        return [*show(conversation, talk), self._list(talk, words, request)]

    def _list(self, current: str, words: str, request: gr.Request, *, doubted: str = "") -> str:
        """Return the list; a search that fails is told in its place."""
        try:
            entries = self.talks.find(visitor(request), words)
        except RagError as error:
            return render_trouble(str(error))
        trouble = self.talks.trouble
        note = render_trouble(f"not kept: {trouble}") if trouble else ""
        listed = render_talks(entries, current=current, searched=words, doubted=doubted)
        return f"{note}{listed}"

    def _stop(self, request: gr.Request) -> None:
        self.running.stop(request.session_hash or "")


def lay_out() -> TalksPane:
    with gr.Row(elem_id="talks-head"):
        html("<h2>Conversations</h2>", "talks-heading")
        close = gr.Button("Close", size="sm", elem_id="close-talks")
    return TalksPane(
        close=close,
        words=gr.Textbox(
            "",
            label="Search your conversations",
            placeholder="Search",
            max_lines=1,
            elem_id="talks-words",
        ),
        listing=html("", "talks", acts=ACTS),
        file=gr.Textbox("", visible=False),
    )


def lay_out_opener() -> gr.Button:
    return gr.Button("Conversations", size="sm", elem_id="open-talks")


def connect(page: gr.Blocks, pane: TalksPane, events: TalksEvents, chat: Chat) -> None:
    """Keep the list in step with the chat."""
    asked, talking = [chat.pane.current, pane.words], [*chat.shown, pane.listing]
    for button in (chat.opener, pane.close):  # first: what one click does is done in turn
        button.click(None, None, None, js=TOGGLE, **QUIETLY)
    page.load(events.recall, asked, talking, js=RECALL, **QUIETLY)
    chat.pane.current.change(None, chat.pane.current, None, js=REMEMBER, **QUIETLY)
    pane.listing.resume(None, None, None, js=GIVE_WAY, **QUIETLY)
    pane.listing.resume(events.resume, asked, talking, **QUIETLY)
    pane.listing.confirm(events.delete, asked, talking, **QUIETLY)
    looks = [each.then for each in chat.asking] + [chat.opener.click]
    for look in looks:
        look(events.look, asked, pane.listing, **QUIETLY)
    pane.words.change(events.look, asked, pane.listing, trigger_mode="always_last", **QUIETLY)
    pane.listing.delete(events.doubt, asked, pane.listing, **QUIETLY)
    pane.listing.keep(events.look, asked, pane.listing, **QUIETLY)
    saving = pane.listing.save_as(events.save, None, pane.file, **QUIETLY)
    saving.then(None, pane.file, None, js=SAVE, **QUIETLY)


def visitor(request: gr.Request) -> str | None:
    """Return whose the conversations are that a request may see."""
    return owner_of(request.username, request.cookies)


def _talk(chosen: gr.EventData) -> str:
    return str(getattr(chosen, "talk", ""))
