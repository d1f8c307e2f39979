"""The tab with the archive: a list of its articles, narrowed by words, dates and publishers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import gradio as gr
from gradio.components import Component

from rag.errors import RagError
from rag.limits import WrittenLimits, read_limits
from rag.page.browsing import (
    REMOVE,
    RESET,
    TURN,
    Wanted,
    browse,
    render_removed,
    render_shelf,
)
from rag.page.desk import Desk
from rag.page.escaping import render_trouble
from rag.page.panes.limits import (
    LimitFields,
    empty_fields,
    lay_out_fields,
    on_change,
    publisher_choices,
)
from rag.page.panes.parts import QUIETLY, Quietly, Refresh, Views, html, refresh_after
from rag.page.reader import OPEN

IN_TURN: Quietly = {**QUIETLY, "concurrency_id": "browsing"}


@dataclass(frozen=True, slots=True)
class BrowsingPane:
    tab: gr.Tab
    wanted: gr.State  # the visitor's Wanted
    words: gr.Textbox
    fields: LimitFields
    news: gr.HTML
    shelf: gr.HTML

    @property
    def shown(self) -> list[Component]:
        return [self.wanted, self.shelf, self.news]


@dataclass(frozen=True, slots=True)
class BrowsingEvents:
    """What happens with the list; each returns what is wanted, the list, and news."""

    desk: Desk

    def open(self, wanted: Wanted) -> Views:
        """Return the list as it is now, and the publishers that there are."""
        return [*self._views(wanted), publisher_choices(self.desk.archive)]

    def look(self, words: str, first: str, last: str, publishers: Sequence[str]) -> Views:
        try:
            limits = read_limits(WrittenLimits(first, last, publishers))
        except RagError as error:
            return [gr.skip(), gr.skip(), render_trouble(str(error))]
        return self._views(Wanted(words, limits))

    def turn(self, wanted: Wanted, turned: gr.EventData) -> Views:
        """Return another page of the list."""
        page = str(getattr(turned, "page", ""))
        return self._views(replace(wanted, page=int(page[:9]) if page.isdecimal() else 0))

    def reset(self) -> Views:
        return [*self._views(Wanted()), "", *empty_fields()]

    def remove(self, wanted: Wanted, chosen: gr.EventData) -> Views:
        article_id = str(getattr(chosen, "article", ""))
        try:
            article = self.desk.archive.article(article_id)
            removed = self.desk.archive.remove(article_id)
        except RagError as error:
            return [gr.skip(), gr.skip(), render_trouble(str(error))]
        title = article.title if article and removed else None
        return self._views(wanted, news=render_removed(title))

    def _views(self, wanted: Wanted, news: str = "") -> Views:
        try:
            shelf = browse(self.desk.archive, wanted)
        except RagError as error:
            return [gr.skip(), gr.skip(), render_trouble(str(error))]
        return [shelf.wanted, render_shelf(shelf), news]


def lay_out(tab: gr.Tab) -> BrowsingPane:
    words = gr.Textbox(
        label="Search the articles",
        placeholder="Words in the articles",
        max_lines=1,
        submit_btn="Search",
        elem_id="browse-words",
    )
    return BrowsingPane(
        tab=tab,
        wanted=gr.State(Wanted()),
        words=words,
        fields=lay_out_fields("browse"),
        news=html("", "browse-news"),
        shelf=html("", "shelf", acts=(OPEN, TURN, RESET, REMOVE)),
    )


def connect(pane: BrowsingPane, events: BrowsingEvents, refreshes: Sequence[Refresh]) -> None:
    """Show the list whenever the tab is opened; `refreshes` follow a removal."""
    written: list[Component] = [pane.words, *pane.fields.all]
    opened = [*pane.shown, pane.fields.publishers]
    # One after the other: what is shown last is what was asked for last.
    pane.tab.select(events.open, pane.wanted, opened, concurrency_limit=1, **IN_TURN)
    on_change([pane.words.submit, *pane.fields.changes], events.look, written, pane.shown, IN_TURN)
    pane.shelf.turn(events.turn, pane.wanted, pane.shown, **IN_TURN)
    pane.shelf.reset(events.reset, None, [*pane.shown, *written], **IN_TURN)
    refresh_after(pane.shelf.remove(events.remove, pane.wanted, pane.shown, **QUIETLY), refreshes)
