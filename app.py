"""The chat page: layout and events. What is shown and remembered comes from rag.page."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Literal, TypedDict

import gradio as gr
import httpx
from gradio.processing_utils import save_file_to_cache
from gradio.utils import get_upload_folder
from rich.console import Console
from starlette.middleware import Middleware

from rag import Assistant, RagError, SettingsError
from rag.cli import main
from rag.page import assets
from rag.page.adding import (
    ADDING_HINT,
    FILE_TYPES,
    LARGEST_UPLOAD,
    add_uploads,
    render_outcome,
)
from rag.page.answers import render_exchanges
from rag.page.asking import ask
from rag.page.conversation import Conversation, Exchange
from rag.page.escaping import render_trouble
from rag.page.evaluating import Evaluation, Evaluator
from rag.page.headers import SafeHeaders
from rag.page.progress import EVALUATING_HINT, render_evaluation
from rag.page.question_sets import SET_TYPES, keep_set, list_sets
from rag.page.running import Running
from rag.page.runs import list_runs
from rag.page.sources import render_sources
from rag.page.status import read_status, render_status
from rag.page.vectors import VectorMaker
from rag.page.welcome import read_examples, render_welcome

LOOK_SECONDS = 3.0  # between looks at the status while passages lack their vectors
WATCH_SECONDS = 1.0  # between looks at an evaluation
VISITORS_AT_ONCE = 20
PROGRESS = gr.Progress()
THEME = gr.themes.Base(
    font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"], radius_size="sm"
)

OPENING = '<p class="progress">Drawing the figures</p>'

Views = list[object]  # one for each output of an event


@dataclass(frozen=True, slots=True)
class Events:
    """What happens when a person does something; one object serves all visitors."""

    assistant: Assistant
    on_added: Callable[[], None]
    running: Running = field(default_factory=Running)

    def open(self) -> Views:
        """Return the welcome, and the status."""
        return [render_welcome(read_examples(self.assistant.archive)), *self.look()]

    def look(self) -> Views:
        """Return the status, and whether to look again soon."""
        try:
            now = read_status(self.assistant)
        except RagError as error:
            return [render_trouble(str(error)), gr.Timer(active=False)]
        return [render_status(now), gr.Timer(active=now.passages_left > 0)]

    def ask(
        self, question: str, conversation: Conversation, request: gr.Request
    ) -> Iterator[Views]:
        if not question.strip():
            yield [gr.skip()] * 6
            return
        with self.running.question(request.session_hash or "") as stopped:
            before: Conversation = ()
            for now in ask(self.assistant, conversation, question, stopped):
                yield _conversation_views(before, now)
                before = now

    def stop(self, request: gr.Request) -> None:
        self.running.stop(request.session_hash or "")

    def begin_anew(self, request: gr.Request) -> Views:
        self.stop(request)
        return [(), _question_box(busy=False), gr.update(visible=True), "", "", render_sources(())]

    def add(self, uploads: list[str] | None, progress: gr.Progress = PROGRESS) -> Views:
        """Add the files; return the report and an empty place for the next."""
        if not uploads:
            return [gr.skip(), gr.skip()]
        progress((0, None), desc="Reading", unit="articles")
        try:
            outcome = add_uploads(
                self.assistant.archive,
                [Path(upload) for upload in uploads],
                lambda done: progress((done, None), desc="Reading", unit="articles"),
            )
        except RagError as error:
            return [render_trouble(str(error)), None]
        self.on_added()
        return [render_outcome(outcome), None]


@dataclass(frozen=True, slots=True)
class EvaluationEvents:
    """What happens on the Evaluate tab: views of runs, progress, start, stop and timer."""

    evaluator: Evaluator

    def open(self) -> Views:
        """Return the question sets, then the views; what ended before this visit is not told."""
        sets, now = list_sets(self.evaluator.folder), self.evaluator.evaluation
        chosen = gr.update(choices=sets, value=sets[0] if sets else None)
        return [chosen, *self._views(self._runs(), None if now and now.has_ended else now)]

    def watch(self) -> Views:
        """Return how far it is; the run that has ended is opened by its choice in the list."""
        now = self.evaluator.evaluation
        return self._views(self._runs(opened=now.run) if now and now.has_ended else gr.skip(), now)

    def start(self, name: str | None) -> Views:
        try:
            self.evaluator.start(name or "")
        except RagError as error:
            return [gr.skip(), render_trouble(str(error)), gr.skip(), gr.skip(), gr.skip()]
        return self._views(gr.update(value=None), self.evaluator.evaluation)

    def keep(self, upload: str) -> Views:
        """Keep an uploaded set and choose it; return sets and progress."""
        try:
            name = keep_set(self.evaluator.folder, Path(upload))
        except RagError as error:
            return [gr.skip(), render_trouble(str(error))]
        return [gr.update(choices=list_sets(self.evaluator.folder), value=name), ""]

    def show(self, name: str | None) -> Iterator[Views]:
        """Return the run's figures, and its report to download."""
        yield [OPENING if name else "", gr.update(visible=False)]
        if name:
            try:
                run, figures = self.evaluator.show(name)
                # The archive's folder is none that Gradio serves files from.
                report = save_file_to_cache(run.report, get_upload_folder())
                yield [figures, gr.update(value=report, visible=True)]
            except (RagError, FileNotFoundError) as error:
                yield [render_trouble(str(error)), gr.skip()]

    def _runs(self, opened: str | None = None) -> object:
        runs = [(entry.describe(), entry.name) for entry in list_runs(self.evaluator.folder)]
        return gr.update(choices=runs, value=opened) if opened else gr.update(choices=runs)

    def _views(self, runs: object, now: Evaluation | None) -> Views:
        busy = now is not None and not now.has_ended
        buttons = [gr.update(visible=not busy), gr.update(visible=busy)]
        return [runs, render_evaluation(now), *buttons, gr.Timer(active=busy)]


def _conversation_views(before: Conversation, now: Conversation) -> Views:
    """Return what has changed: memory, question box, welcome, earlier and last answer, sources."""
    if before and before[-1] is now[-1]:
        return [gr.skip()] * 6
    began, ended = not before, now[-1].has_ended
    sourced = began or ended or _proof(before[-1]) != _proof(now[-1])
    return [
        now,
        _question_box(busy=not ended) if began or ended else gr.skip(),
        gr.update(visible=False) if began else gr.skip(),
        render_exchanges(now[:-1]) if began else gr.skip(),
        render_exchanges(now[-1:]),
        render_sources(now) if sourced else gr.skip(),
    ]


def _proof(exchange: Exchange) -> tuple[int, int]:
    """Return how much of the source pane there is: it changes only when this does."""
    return len(exchange.evidence or ()), len(exchange.checked)


def _question_box(*, busy: bool) -> dict[str, object]:
    """Return how the box changes: empty with a way to stop, or ready for the next question."""
    if busy:
        return gr.update(value="", submit_btn=False, stop_btn="Stop")
    return gr.update(submit_btn="Ask", stop_btn=False)


class Quietly(TypedDict):
    """How events run whose progress the page shows itself, and that are no interface."""

    show_progress: Literal["hidden"]
    api_visibility: Literal["private"]


QUIETLY: Quietly = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events read and change."""

    memory: gr.State
    status: gr.HTML
    anew: gr.Button
    welcome: gr.HTML
    earlier: gr.HTML
    last: gr.HTML
    question: gr.Textbox
    sources: gr.HTML
    uploads: gr.File
    report: gr.HTML
    timer: gr.Timer


def build(
    assistant: Assistant,
    *,
    on_added: Callable[[], None] = lambda: None,
    evaluator: Evaluator | None = None,
) -> gr.Blocks:
    """Return the page; `on_added` is told when there are new articles."""
    page: gr.Blocks
    with gr.Blocks(title="Newsdesk", analytics_enabled=False, fill_width=True) as page:
        parts = _lay_out(page, EvaluationEvents(evaluator or Evaluator(assistant)))
        _connect(page, parts, Events(assistant, on_added))
    return page


def _lay_out(page: gr.Blocks, evaluation: EvaluationEvents) -> Parts:
    with gr.Row(elem_id="masthead"):
        _html("<h1>Newsdesk</h1>", "name")
        status = _html("", "status")
        anew = gr.Button("New conversation", size="sm", elem_id="anew")
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk", scale=3):
            with gr.Column(elem_id="exchanges"):
                welcome, earlier, last = (
                    _html("", name) for name in ("welcome", "earlier", "last")
                )
            question = gr.Textbox(
                label="Your question",
                placeholder="Ask about the articles",
                max_lines=6,
                submit_btn="Ask",
                elem_id="question",
            )
        with gr.Column(elem_id="side", scale=2), gr.Tabs():
            with gr.Tab("Sources", elem_id="sources-tab"):
                sources = _html(render_sources(()), "sources")
            with gr.Tab("Add articles", elem_id="add-tab"):
                uploads, report = _lay_out_adding()
            with gr.Tab("Evaluate", elem_id="evaluate-tab"):
                _evaluation_tab(page, evaluation)
    return Parts(
        memory=gr.State(()),
        status=status,
        anew=anew,
        welcome=welcome,
        earlier=earlier,
        last=last,
        question=question,
        sources=sources,
        uploads=uploads,
        report=report,
        timer=gr.Timer(LOOK_SECONDS, active=False),
    )


def _lay_out_adding() -> tuple[gr.File, gr.HTML]:
    _html(ADDING_HINT, "adding")
    uploads = gr.File(
        label="Files with articles",
        file_count="multiple",
        file_types=list(FILE_TYPES),
        height=160,
        elem_id="uploads",
    )
    return uploads, _html("", "report")


def _evaluation_tab(page: gr.Blocks, events: EvaluationEvents) -> None:
    """Lay the tab out and connect it: nothing else on the page has to do with it."""
    _html(EVALUATING_HINT, "evaluating")
    with gr.Row(elem_id="evaluation"):
        sets = gr.Dropdown([], label="Question set", elem_id="question-sets")
        upload = gr.UploadButton("Upload a set", file_types=list(SET_TYPES), elem_id="upload-set")
        start = gr.Button("Evaluate", elem_id="evaluate")
        stop = gr.Button("Stop", visible=False, elem_id="stop-evaluation")
    progress = _html("", "evaluation-progress")
    runs = gr.Radio([], label="Runs so far, newest first", elem_id="runs")
    report = gr.DownloadButton("Download the report", visible=False, elem_id="report-file")
    figures = _html("", "figures")
    timer = gr.Timer(WATCH_SECONDS, active=False)
    watched = [runs, progress, start, stop, timer]
    page.load(events.open, None, [sets, *watched], **QUIETLY)
    upload.upload(events.keep, upload, [sets, progress], **QUIETLY)
    start.click(events.start, sets, watched, **QUIETLY)
    stop.click(events.evaluator.stop, None, None, **QUIETLY)
    timer.tick(events.watch, None, watched, **QUIETLY)
    runs.change(events.show, runs, [figures, report], **QUIETLY)


def _html(value: str, name: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=None)


def _connect(page: gr.Blocks, parts: Parts, events: Events) -> None:
    question, memory = parts.question, parts.memory
    shown = [memory, question, parts.welcome, parts.earlier, parts.last, parts.sources]
    looked = [parts.status, parts.timer]
    page.queue(default_concurrency_limit=VISITORS_AT_ONCE)
    page.load(events.open, None, [parts.welcome, *looked], **QUIETLY)
    parts.timer.tick(events.look, None, looked, **QUIETLY)
    asking = question.submit(events.ask, [question, memory], shown, **QUIETLY)
    asking.then(events.look, None, looked, **QUIETLY)
    question.stop(events.stop, None, None, **QUIETLY)
    parts.anew.click(events.begin_anew, None, shown, **QUIETLY)
    adding = parts.uploads.upload(
        events.add,
        parts.uploads,
        [parts.report, parts.uploads],
        show_progress_on=[parts.report],
        api_visibility="private",
    )
    adding.then(events.open, None, [parts.welcome, *looked], **QUIETLY)


def serve(
    page: gr.Blocks, *, host: str = "127.0.0.1", port: int, open_browser: bool = False
) -> None:
    """Serve the page and return.

    Raises:
        SettingsError: the port is taken, or the address is none of this machine's.
    """
    try:
        page.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            ssr_mode=False,
            footer_links=[],
            favicon_path=assets.ICON,
            max_file_size=LARGEST_UPLOAD,
            app_kwargs={"middleware": [Middleware(SafeHeaders)]},
            theme=THEME,
            css_paths=assets.STYLE,
            head=assets.read_script(),
        )
    except (OSError, httpx.InvalidURL) as error:
        raise SettingsError(
            f"the page cannot be opened at {host}, port {port}: it is taken, or no address of this "
            "machine; end what uses it, or choose another with --port or --host"
        ) from error


def launch(assistant: Assistant, *, host: str, port: int, open_browser: bool) -> None:
    """Serve the page until Ctrl-C, and make the vectors that are missing meanwhile.

    Raises:
        RagError: the page cannot be opened.
    """
    vectors = VectorMaker(assistant.archive)
    evaluator = Evaluator(assistant)
    page = build(assistant, on_added=vectors.wake, evaluator=evaluator)
    serve(page, host=host, port=port, open_browser=open_browser)
    vectors.start()
    Console().print(f"Newsdesk is open at {page.local_url} (Ctrl-C ends it)", highlight=False)
    try:
        with suppress(KeyboardInterrupt):
            Event().wait()
    finally:
        page.close(verbose=False)
        evaluator.close()
        vectors.stop()


if __name__ == "__main__":
    main(["chat", *sys.argv[1:]])
