"""The part of the archive's tab that shows a subject's events in order."""

from dataclasses import dataclass

import gradio as gr

from rag.errors import RagError
from rag.page.chronicle import render_timeline
from rag.page.desk import Desk
from rag.page.escaping import render_trouble
from rag.page.panes.parts import QUIETLY, Quietly, html
from rag.page.reader import OPEN
from rag.reading import printable

IN_TURN: Quietly = {**QUIETLY, "concurrency_id": "timeline"}


@dataclass(frozen=True, slots=True)
class TimelinePane:
    subject: gr.Textbox
    chronicle: gr.HTML


@dataclass(frozen=True, slots=True)
class TimelineEvents:
    desk: Desk

    def show(self, subject: str) -> str:
        """Return the events that articles report of the subject; nothing for no subject."""
        asked = printable(subject).strip()
        if not asked:
            return ""
        try:
            events = self.desk.archive.timeline(asked)
            return render_timeline(events, self.desk.archive.timing(asked).notes)
        except RagError as error:
            return render_trouble(str(error))


def lay_out() -> TimelinePane:
    with gr.Accordion("Timeline of a subject", open=False, elem_id="timeline"):
        subject = gr.Textbox(
            label="Subject",
            placeholder="Names and words, and from when: Blinken China since May 2023",
            max_lines=1,
            submit_btn="Show",
            elem_id="timeline-subject",
        )
        return TimelinePane(subject, html("", "chronicle", acts=(OPEN,)))


def connect(pane: TimelinePane, events: TimelineEvents) -> None:
    # One after the other: what is shown last is what was asked for last.
    pane.subject.submit(events.show, pane.subject, pane.chronicle, concurrency_limit=1, **IN_TURN)
