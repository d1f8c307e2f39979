"""The tab that evaluates: question sets, progress, and the figures of the runs so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gradio as gr
from gradio.processing_utils import save_file_to_cache
from gradio.utils import get_upload_folder

from rag.errors import RagError
from rag.page.escaping import render_trouble
from rag.page.evaluating import Evaluation, Evaluator
from rag.page.panes.parts import QUIETLY, Views, html
from rag.page.progress import EVALUATING_HINT, render_evaluation
from rag.page.question_sets import SET_TYPES, keep_set, list_sets
from rag.page.runs import list_runs

WATCH_SECONDS = 1.0  # between looks at an evaluation
OPENING = '<p class="progress">Drawing the figures</p>'


@dataclass(frozen=True, slots=True)
class EvaluationPane:
    sets: gr.Dropdown
    upload: gr.UploadButton
    start: gr.Button
    stop: gr.Button
    progress: gr.HTML
    runs: gr.Radio
    report: gr.DownloadButton
    figures: gr.HTML
    timer: gr.Timer


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


def lay_out() -> EvaluationPane:
    html(EVALUATING_HINT, "evaluating")
    with gr.Row(elem_id="evaluation"):
        sets = gr.Dropdown([], label="Question set", elem_id="question-sets")
        upload = gr.UploadButton("Upload a set", file_types=list(SET_TYPES), elem_id="upload-set")
        start = gr.Button("Evaluate", elem_id="evaluate")
        stop = gr.Button("Stop", visible=False, elem_id="stop-evaluation")
    return EvaluationPane(
        sets=sets,
        upload=upload,
        start=start,
        stop=stop,
        progress=html("", "evaluation-progress"),
        runs=gr.Radio([], label="Runs so far, newest first", elem_id="runs"),
        report=gr.DownloadButton("Download the report", visible=False, elem_id="report-file"),
        figures=html("", "figures"),
        timer=gr.Timer(WATCH_SECONDS, active=False),
    )


def connect(page: gr.Blocks, pane: EvaluationPane, events: EvaluationEvents) -> None:
    watched = [pane.runs, pane.progress, pane.start, pane.stop, pane.timer]
    page.load(events.open, None, [pane.sets, *watched], **QUIETLY)
    pane.upload.upload(events.keep, pane.upload, [pane.sets, pane.progress], **QUIETLY)
    pane.start.click(events.start, pane.sets, watched, **QUIETLY)
    pane.stop.click(events.evaluator.stop, None, None, **QUIETLY)
    pane.timer.tick(events.watch, None, watched, **QUIETLY)
    pane.runs.change(events.show, pane.runs, [pane.figures, pane.report], **QUIETLY)
