"""The bar of conversations: kept as they go on, found, opened again, saved and deleted."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency

from rag.errors import RagError
from rag.page.conversation import Conversation
from rag.page.escaping import render_trouble
from rag.page.exporting import JSON_LINES, MARKDOWN
from rag.page.panes.chat import show
from rag.page.panes.parts import QUIETLY, Views, html
from rag.page.running import Running
from rag.page.talk_list import ACTS, render_talks
from rag.page.talks import Talks
from rag.page.visitors import owner_of

# talks.js does what only the browser can.
TOGGLE = "() => newsdeskTalks.toggle()"
GIVE_WAY = "() => newsdeskTalks.giveWay()"
REMEMBER = "(id) => newsdeskTalks.remember(id)"
RECALL = "(_, words) => [newsdeskTalks.recall(), words]"
SAVE = "(file) => newsdeskTalks.save(file)"


@dataclass(frozen=True, slots=True)
class TalksPane:
    close: gr.Button
    words: gr.Textbox
    listing: gr.HTML
    current: gr.Textbox  # the id of the conversation that is open; not to be seen
    file: gr.Textbox  # what is to be saved, as JSON; not to be seen


class Chat(NamedTuple):
    """What the bar acts on: what shows a conversation, and the events that end with an answer."""

    shown: Sequence[Component]
    asking: Sequence[Dependency]
    anew: gr.Button
    opener: gr.Button


@dataclass(frozen=True, slots=True)
class TalksEvents:
    """What happens with conversations; what a visitor is asking is stopped before another."""

    talks: Talks
    running: Running

    def bring_back(self, current: str, request: gr.Request) -> Conversation:
        """Return what was said before a server that has begun anew."""
        try:
            return self.talks.open(visitor(request), _session(request), current)
        except RagError:
            return ()

    def ended(self, request: gr.Request, conversation: Conversation) -> None:
        self.talks.keep(visitor(request), _session(request), conversation)

    def look(self, words: str, request: gr.Request) -> Views:
        """Return the list, and the conversation that is open."""
        return [self._list(words, request), self.talks.current(_session(request))]

    def recall(self, current: str, words: str, request: gr.Request) -> Views:
        """Show the conversation that the browser's tab was in, unless it is gone."""
        return self._open(current, words, request) if current else self._unopened(words, request)

    def resume(self, words: str, chosen: gr.EventData, request: gr.Request) -> Views:
        self.running.stop(_session(request))
        return self._open(_talk(chosen), words, request)

    def doubt(self, words: str, chosen: gr.EventData, request: gr.Request) -> str:
        return self._list(words, request, doubted=_talk(chosen))

    def keep(self, words: str, request: gr.Request) -> str:
        return self._list(words, request)

    def delete(self, words: str, chosen: gr.EventData, request: gr.Request) -> Views:
        """Delete it; where it is the one that is open, begin anew."""
        session, talk = _session(request), _talk(chosen)
        is_open = self.talks.current(session) == talk
        if is_open:
            self.running.stop(_session(request))
        try:
            self.talks.delete(visitor(request), session, talk)
        except RagError as error:
            return [*[gr.skip()] * len(show(())), render_trouble(str(error)), gr.skip()]
        if is_open:
            return [*show(()), *self.look(words, request)]
        return self._unopened(words, request)

    def save(self, chosen: gr.EventData, request: gr.Request) -> str:
        ending = JSON_LINES if getattr(chosen, "form", "") == JSON_LINES else MARKDOWN
        try:
            file = self.talks.export(visitor(request), _talk(chosen), ending)
        except RagError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return json.dumps(asdict(file)) if file else ""

    def leave(self, request: gr.Request) -> None:
        self.running.stop(
            _session(request)
        )  # what is being answered still belongs to the conversation that is left
        self.talks.leave(_session(request))

    def _open(self, talk: str, words: str, request: gr.Request) -> Views:
        try:
            conversation = self.talks.open(visitor(request), _session(request), talk)
        except RagError as error:
            return [*[gr.skip()] * len(show(())), render_trouble(str(error)), gr.skip()]
        if not conversation:
            return self._unopened(words, request)
        return [*show(conversation), *self.look(words, request)]

    def _unopened(self, words: str, request: gr.Request) -> Views:
        return [*[gr.skip()] * len(show(())), *self.look(words, request)]

    def _list(self, words: str, request: gr.Request, *, doubted: str = "") -> str:
        """Return the list; a search that fails is told in its place."""
        owner, current = visitor(request), self.talks.current(_session(request))
        try:
            entries = self.talks.find(owner, words)
        except RagError as error:
            return render_trouble(str(error))
        trouble = self.talks.trouble
        note = render_trouble(f"not kept: {trouble}") if trouble else ""
        listed = render_talks(entries, current=current, searched=words, doubted=doubted)
        return f"{note}{listed}"


def lay_out() -> TalksPane:
    with gr.Row(elem_id="talks-head"):
        html("<h2>Conversations</h2>", "talks-heading")
        close = gr.Button("Close", size="sm", elem_id="close-talks")
    return TalksPane(
        close=close,
        words=gr.Textbox(
            label="Search your conversations",
            placeholder="Search",
            max_lines=1,
            elem_id="talks-words",
        ),
        listing=html("", "talks", acts=ACTS),
        current=gr.Textbox(visible=False),
        file=gr.Textbox(visible=False),
    )


def lay_out_opener() -> gr.Button:
    return gr.Button("Conversations", size="sm", elem_id="open-talks")


def connect(page: gr.Blocks, pane: TalksPane, events: TalksEvents, chat: Chat) -> None:
    """Keep the list in step with the chat."""
    listed = [pane.listing, pane.current]
    words, talking = pane.words, [*chat.shown, *listed]
    left = chat.anew.click(events.leave, None, None, **QUIETLY)
    changes = [
        page.load(events.recall, [pane.current, words], talking, js=RECALL, **QUIETLY),
        pane.listing.resume(events.resume, words, talking, **QUIETLY),
        pane.listing.confirm(events.delete, words, talking, **QUIETLY),
        left.then(events.look, words, listed, **QUIETLY),
        *(each.then(events.look, words, listed, **QUIETLY) for each in chat.asking),
    ]
    for change in changes:
        change.then(None, pane.current, None, js=REMEMBER, **QUIETLY)
    for button in (chat.opener, pane.close):
        button.click(None, None, None, js=TOGGLE, **QUIETLY)
    pane.listing.resume(None, None, None, js=GIVE_WAY, **QUIETLY)
    words.change(events.keep, words, pane.listing, trigger_mode="always_last", **QUIETLY)
    pane.listing.delete(events.doubt, words, pane.listing, **QUIETLY)
    pane.listing.keep(events.keep, words, pane.listing, **QUIETLY)
    saving = pane.listing.save_as(events.save, None, pane.file, **QUIETLY)
    saving.then(None, pane.file, None, js=SAVE, **QUIETLY)


def visitor(request: gr.Request) -> str | None:
    """Return whose the conversations are that a request may see."""
    return owner_of(request.username, request.cookies)


def _session(request: gr.Request) -> str:
    return request.session_hash or ""


def _talk(chosen: gr.EventData) -> str:
    return str(getattr(chosen, "talk", ""))
