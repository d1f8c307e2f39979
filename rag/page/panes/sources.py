"""The source pane: the articles that an answer rests on."""

from dataclasses import dataclass

import gradio as gr

from rag.page.panes.parts import html
from rag.page.sources import render_sources


@dataclass(frozen=True, slots=True)
class SourcePane:
    listing: gr.HTML


def lay_out() -> SourcePane:
    return SourcePane(listing=html(render_sources(()), "sources"))
