"""The tab of settings: which model writes, and how much it reads; both are everybody's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import gradio as gr
from gradio.components import Component

from rag.errors import RagError
from rag.page.choosing import MOST_PASSAGES, Chooser
from rag.page.escaping import render_trouble, text
from rag.page.machine import describe_machine, look_at_machine
from rag.page.model_cards import GET, STOP, USE, render_models
from rag.page.models import list_options
from rag.page.panes.parts import QUIETLY, Refresh, Views, html, refresh_after

LOOK_SECONDS = 1.0  # between looks at a download
LOADING = '<p class="progress waiting" role="status">Loading the model</p>'
KEPT = '<p class="note" role="status">This holds from the next question on, and is kept.</p>'
PASSAGES_INFO = "More find more, and take longer to read."


@dataclass(frozen=True, slots=True)
class SettingsPane:
    tab: gr.Tab
    machine: gr.HTML
    news: gr.HTML
    models: gr.HTML
    passages: gr.Slider
    timer: gr.Timer

    @property
    def shown(self) -> list[Component]:
        return [self.news, self.machine, self.models, self.passages, self.timer]


@dataclass(frozen=True, slots=True)
class SettingsEvents:
    """What happens on the tab; the events return what `shown` names."""

    chooser: Chooser

    def open(self) -> Views:
        return self._views("")

    def look(self) -> Views:
        """Return how far a download is; what was said before stays."""
        return self._views(gr.skip())

    def use(self, chosen: gr.EventData) -> Iterator[Views]:
        yield [LOADING, *[gr.skip()] * 4]
        yield self._change(lambda: self.chooser.choose_model(_model(chosen)), KEPT)

    def get(self, chosen: gr.EventData) -> Views:
        return self._change(lambda: self.chooser.get(_model(chosen)))

    def stop(self) -> Views:
        return self._change(self.chooser.stop_getting)

    def choose_passages(self, count: float) -> str:
        """Return the news alone: the slider is still in somebody's hand."""
        try:
            self.chooser.choose_passages(int(count))
        except RagError as error:
            return render_trouble(str(error))
        return KEPT

    def _change(self, change: Callable[[], None], news: str = "") -> Views:
        try:
            change()
        except RagError as error:
            news = render_trouble(str(error))
        return self._views(news)

    def _views(self, news: object) -> Views:
        assistant, getting = self.chooser.desk.assistant, self.chooser.getter.getting
        machine = look_at_machine()
        try:
            options = list_options(assistant, machine)
            models = render_models(options, getting, locked=self.chooser.why_fixed("model"))
        except RagError as error:
            models = render_trouble(str(error))
        busy = getting is not None and not getting.has_ended
        return [
            news,
            f'<p class="hint">{text(describe_machine(machine))}</p>',
            models,
            _slider(assistant.settings.passages, locked=self.chooser.why_fixed("passages")),
            gr.Timer(active=busy),
        ]


def lay_out(tab: gr.Tab) -> SettingsPane:
    news = html("", "settings-news")
    passages = gr.Slider(
        1,
        MOST_PASSAGES,
        step=1,
        label="Passages that are read for an answer",
        info=PASSAGES_INFO,
        buttons=[],
        elem_id="passages",
    )
    html("<h3>Who writes the answers</h3>", "writes")
    return SettingsPane(
        tab=tab,
        news=news,
        passages=passages,
        machine=html("", "machine"),
        models=html("", "models", acts=(USE, GET, STOP)),
        timer=gr.Timer(LOOK_SECONDS, active=False),
    )


def connect(pane: SettingsPane, events: SettingsEvents, refreshes: Sequence[Refresh]) -> None:
    """Show the settings whenever the tab is opened; `refreshes` follow another model."""
    pane.tab.select(events.open, None, pane.shown, **QUIETLY)
    pane.timer.tick(events.look, None, pane.shown, **QUIETLY)
    refresh_after(pane.models.use(events.use, None, pane.shown, **QUIETLY), refreshes)
    pane.models.get(events.get, None, pane.shown, **QUIETLY)
    pane.models.stop(events.stop, None, pane.shown, **QUIETLY)
    pane.passages.input(
        events.choose_passages, pane.passages, pane.news, trigger_mode="always_last", **QUIETLY
    )


def _model(chosen: gr.EventData) -> str:
    return str(getattr(chosen, "model", ""))


def _slider(passages: int, *, locked: str) -> dict[str, object]:
    return gr.update(
        value=passages,
        maximum=max(MOST_PASSAGES, passages),
        interactive=not locked,
        info=locked or PASSAGES_INFO,
    )
