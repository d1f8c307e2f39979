"""The source pane: the articles that an answer rests on, and one of them to read in full."""

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

from rag.errors import RagError
from rag.page.conversation import Conversation
from rag.page.desk import Desk
from rag.page.escaping import render_trouble
from rag.page.panes.parts import QUIETLY, html
from rag.page.reader import CLOSE, OPEN, open_article
from rag.page.sources import render_sources
from rag.types import Span


@dataclass(frozen=True, slots=True)
class SourcePane:
    """`reader` lies over `listing` as long as there is an article in it."""

    listing: gr.HTML
    reader: gr.HTML


@dataclass(frozen=True, slots=True)
class SourceEvents:
    desk: Desk

    def open(self, conversation: Conversation, opened: gr.EventData) -> str:
        """Return the article that a control with the attributes of `opening` names."""
        number = str(getattr(opened, "exchange", ""))
        try:
            return open_article(
                self.desk.archive,
                conversation,
                article_id=str(getattr(opened, "article", "")),
                number=int(number) if number.isdecimal() else 0,
                span=_span(opened),
            )
        except RagError as error:
            return render_trouble(str(error))


def _span(opened: gr.EventData) -> Span | None:
    """Return which words the control says to mark; what comes from the browser may be anything."""
    start, end = (str(getattr(opened, name, ""))[:9] for name in ("start", "end"))
    both = start.isascii() and end.isascii() and start.isdecimal() and end.isdecimal()
    return Span(int(start), int(end)) if both else None


def lay_out() -> SourcePane:
    reader = html("", "reader", acts=(CLOSE,))
    return SourcePane(html(render_sources(()), "sources", acts=(OPEN,)), reader)


def connect(
    pane: SourcePane, events: SourceEvents, *, memory: gr.State, openers: Sequence[gr.HTML]
) -> None:
    """Open an article wherever one of `openers` is asked to; its `acts` name OPEN."""
    for opener in (pane.listing, *openers):
        opener.open(events.open, memory, pane.reader, **QUIETLY)
    pane.reader.close(None, None, pane.reader, js="() => ''", **QUIETLY)
