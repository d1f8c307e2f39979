"""The line above all: what the archive holds, who writes, and the way to begin anew."""

from dataclasses import dataclass

import gradio as gr

from rag.errors import RagError
from rag.page.desk import Desk
from rag.page.escaping import render_trouble
from rag.page.panes.parts import QUIETLY, Refresh, Views, html
from rag.page.status import read_status, render_person, render_status

LOOK_SECONDS = 3.0  # between looks at the status while passages lack their vectors


@dataclass(frozen=True, slots=True)
class Masthead:
    status: gr.HTML
    person: gr.HTML
    anew: gr.Button
    timer: gr.Timer


@dataclass(frozen=True, slots=True)
class MastheadEvents:
    desk: Desk

    def look(self) -> Views:
        """Return the status, and whether to look again soon."""
        try:
            now = read_status(self.desk.assistant)
        except RagError as error:
            return [render_trouble(str(error)), gr.Timer(active=False)]
        return [render_status(now), gr.Timer(active=now.passages_left > 0)]

    def greet(self, request: gr.Request) -> str:
        """Return who has logged in, and the way out."""
        asked = request.request
        return render_person(request.username, asked.scope["root_path"] if asked else "")


def lay_out() -> Masthead:
    html("<h1>Newsdesk</h1>", "name")
    return Masthead(
        status=html("", "status"),
        person=html("", "person"),
        anew=gr.Button("New conversation", size="sm", elem_id="anew"),
        timer=gr.Timer(LOOK_SECONDS, active=False),
    )


def connect(page: gr.Blocks, masthead: Masthead, events: MastheadEvents) -> Refresh:
    """Look at the status from time to time, and return how to look at it at any other."""
    page.load(events.greet, None, masthead.person, **QUIETLY)
    shown = [masthead.status, masthead.timer]
    masthead.timer.tick(events.look, None, shown, **QUIETLY)
    return Refresh(events.look, shown)
