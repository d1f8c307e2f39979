"""The tab that adds articles: files dropped, and what became of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import gradio as gr

from rag.errors import RagError
from rag.page.adding import ADDING_HINT, FILE_TYPES, add_uploads, render_outcome
from rag.page.desk import Desk
from rag.page.escaping import render_trouble
from rag.page.panes.parts import Refresh, Views, html, refresh_after

PROGRESS = gr.Progress()


@dataclass(frozen=True, slots=True)
class AddingPane:
    uploads: gr.File
    report: gr.HTML


@dataclass(frozen=True, slots=True)
class AddingEvents:
    """What happens with files; `on_added` is told when there are new articles."""

    desk: Desk
    on_added: Callable[[], None]

    def add(self, uploads: list[str] | None, progress: gr.Progress = PROGRESS) -> Views:
        """Add the files; return the report and an empty place for the next."""
        if not uploads:
            return [gr.skip(), gr.skip()]
        progress((0, None), desc="Reading", unit="articles")
        try:
            outcome = add_uploads(
                self.desk.archive,
                [Path(upload) for upload in uploads],
                lambda done: progress((done, None), desc="Reading", unit="articles"),
            )
        except RagError as error:
            return [render_trouble(str(error)), None]
        self.on_added()
        return [render_outcome(outcome), None]


def lay_out() -> AddingPane:
    html(ADDING_HINT, "adding")
    uploads = gr.File(
        label="Files with articles",
        file_count="multiple",
        file_types=list(FILE_TYPES),
        height=160,
        elem_id="uploads",
    )
    return AddingPane(uploads, html("", "report"))


def connect(pane: AddingPane, events: AddingEvents, refreshes: Sequence[Refresh]) -> None:
    adding = pane.uploads.upload(
        events.add,
        pane.uploads,
        [pane.report, pane.uploads],
        show_progress_on=[pane.report],
        api_visibility="private",
    )
    refresh_after(adding, refreshes)
