"""The tab that adds articles: files, pages and feeds, pasted text, and what became of each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import gradio as gr
import httpx
from gradio.components import Component

from rag.errors import RagError
from rag.expected import expected_records
from rag.page.adding import FILE_TYPES, Additions, Given
from rag.page.additions import Addition, render_additions
from rag.page.desk import Desk
from rag.page.escaping import render_trouble
from rag.page.given import Pasted, name_uploads, read_addresses, read_pasted, read_uploads
from rag.page.panes.parts import QUIETLY, Refresh, Views, html, refresh_after, refresh_at
from rag.page.reader import OPEN
from rag.page.vectors import Pace, render_vectors
from rag.page.visitors import owner_of

ADDING_HINT = (
    '<p class="hint">Text, Markdown, web pages, PDF and Word files, and dumps of many articles as '
    "JSON lines, CSV or Parquet. A file replaces what one of the same name held before.</p>"
)
PASTING_HINT = '<p class="hint">One article, as plain text; what you know of it beside.</p>'


@dataclass(frozen=True, slots=True)
class PastedFields:
    text: gr.Textbox
    title: gr.Textbox
    publisher: gr.Textbox
    published: gr.Textbox
    button: gr.Button
    trouble: gr.HTML
    fold: gr.Accordion

    @property
    def all(self) -> list[Component]:
        return [self.text, self.title, self.publisher, self.published]


@dataclass(frozen=True, slots=True)
class AddingPane:
    uploads: gr.File
    addresses: gr.Textbox
    pasted: PastedFields
    stop: gr.Button
    report: gr.HTML
    vectors: gr.HTML


@dataclass(frozen=True, slots=True)
class AddingEvents:
    """What happens with what is given.

    `on_added` is told when there are new articles; `make_client` makes what fetches pages.
    """

    desk: Desk
    on_added: Callable[[], None]
    make_client: Callable[[], httpx.Client] = httpx.Client
    additions: Additions = field(default_factory=Additions)
    pace: Pace = field(default_factory=Pace)

    def add_files(self, uploads: list[str] | None, request: gr.Request) -> Iterator[Views]:
        """Yield report and stop button as the files are read, and an empty place for the next."""
        if not uploads:
            yield [gr.skip()] * 3
            return
        files = [Path(upload) for upload in uploads]
        records = read_uploads(files, owner_of(request.username, request.cookies) or "")
        given = Given(name_uploads(files), records, lambda: expected_records(files))
        for views in self._add(given, request):
            yield [*views, None]

    def add_addresses(self, addresses: str, request: gr.Request) -> Iterator[Views]:
        """Yield report, stop button and address box as the pages are read."""
        if not addresses.strip():
            yield [gr.skip()] * 3
            return
        name = " ".join(addresses.split())
        given = Given(name, read_addresses(addresses, self.make_client))
        for views in self._add(given, request):
            yield [*views, ""]

    def add_pasted(
        self, text: str, title: str, publisher: str, published: str, request: gr.Request
    ) -> Iterator[Views]:
        """Yield report, stop button, trouble, fold, and the fields: empty once they are read."""
        try:
            record = read_pasted(Pasted(text, title, publisher, published))
        except RagError as error:
            yield [gr.skip(), gr.skip(), render_trouble(str(error)), *[gr.skip()] * 5]
            return
        given = Given(record.title or record.source, (each for each in (record,)))
        for views in self._add(given, request):
            yield [*views, "", gr.update(open=False), "", "", "", ""]

    def stop(self, request: gr.Request) -> None:
        self.additions.stop(_session(request))

    def look(self) -> Views:
        """Return how many passages have their vectors, and how long the rest will take."""
        try:
            passages = self.desk.archive.passages
            made = passages - self.desk.archive.vectors_left
            return [render_vectors(made, passages, self.pace.seconds_left(made, passages))]
        except RagError as error:
            return [render_trouble(str(error))]

    def _add(self, given: Given, request: gr.Request) -> Iterator[Views]:
        before: list[Addition] = []
        for now in self.additions.add(self.desk.archive, given, _session(request)):
            if now != before:
                busy = not all(each.has_ended for each in now)
                yield [render_additions(now), gr.update(visible=busy)]
            before = now
        self.on_added()


def lay_out() -> AddingPane:
    html(ADDING_HINT, "adding")
    uploads = gr.File(
        label="Files with articles",
        file_count="multiple",
        file_types=list(FILE_TYPES),
        height=130,
        elem_id="uploads",
    )
    addresses = gr.Textbox(
        label="Web pages and feeds",
        placeholder="https://…, several apart by spaces",
        submit_btn="Add",
        elem_id="addresses",
    )
    pasted = _lay_out_pasting()
    return AddingPane(
        uploads=uploads,
        addresses=addresses,
        pasted=pasted,
        stop=gr.Button("Stop adding", visible=False, elem_id="stop-adding"),
        report=html("", "report", acts=(OPEN,)),
        vectors=html("", "vectors"),
    )


def _lay_out_pasting() -> PastedFields:
    with gr.Accordion("Paste the text of an article", open=False, elem_id="pasting") as fold:
        html(PASTING_HINT, "pasting-hint")
        text = gr.Textbox(label="Text", lines=6, max_lines=14, elem_id="pasted-text")
        with gr.Row(elem_classes="limit-fields"):
            title, publisher, published = (
                gr.Textbox(label=label, max_lines=1) for label in ("Headline", "Publisher", "Date")
            )
        button = gr.Button("Add this text", elem_id="add-pasted")
        trouble = html("", "pasting-trouble")
    return PastedFields(text, title, publisher, published, button, trouble, fold)


def connect(
    pane: AddingPane, events: AddingEvents, refreshes: Sequence[Refresh], timer: gr.Timer
) -> Refresh:
    """Return how to look at the vectors; `timer` runs as long as some are missing."""
    news: list[Component] = [pane.report, pane.stop]
    pasted = pane.pasted
    look = Refresh(events.look, [pane.vectors])
    refresh_at(timer, look)
    adding = [
        pane.uploads.upload(events.add_files, pane.uploads, [*news, pane.uploads], **QUIETLY),
        pane.addresses.submit(
            events.add_addresses, pane.addresses, [*news, pane.addresses], **QUIETLY
        ),
        pasted.button.click(
            events.add_pasted,
            pasted.all,
            [*news, pasted.trouble, pasted.fold, *pasted.all],
            **QUIETLY,
        ),
    ]
    pane.stop.click(events.stop, None, None, **QUIETLY)
    for event in adding:
        refresh_after(event, [*refreshes, look])
    return look


def _session(request: gr.Request) -> str:
    return request.session_hash or ""
