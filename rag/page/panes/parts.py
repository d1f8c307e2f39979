"""What panes are made of: HTML that can act, how events run, and what is read anew on a change."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict

import gradio as gr
from gradio.blocks import Block
from gradio.components import Component
from gradio.events import Dependency

from rag.page.desk import Inquiry

Views = list[object]  # one for each output of an event
Values = Mapping[Block, Any]  # what the inputs of an event hold

# A click on <button data-act="open" data-article="…"> is the event "open", told the data; sending
# <form data-sends="search"> is the event "search", told the data and the fields.
ACTS = """
const acts = %s;
element.addEventListener("click", (event) => {
  const control = event.target.closest("[data-act]");
  if (control && acts.includes(control.dataset.act)) {
    event.preventDefault();
    trigger(control.dataset.act, { ...control.dataset });
  }
});
element.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-sends]");
  if (form && acts.includes(form.dataset.sends)) {
    event.preventDefault();
    trigger(form.dataset.sends, { ...form.dataset, ...Object.fromEntries(new FormData(form)) });
  }
});
"""


# talks.js saves what a component holds as JSON: a file's name and content.
SAVE = "(file) => newsdeskTalks.save(file)"


class Quietly(TypedDict):
    """How events run whose progress the page shows itself, and that are no interface.

    Those with the same `concurrency_id` run at most as many at once as one of them allows.
    """

    show_progress: Literal["hidden"]
    api_visibility: Literal["private"]
    concurrency_id: NotRequired[str]


QUIETLY: Quietly = {"show_progress": "hidden", "api_visibility": "private"}


class Refresh(NamedTuple):
    """What a pane reads and shows when the page opens, and after the archive has changed."""

    read: Callable[[], Views]
    shown: Sequence[Component]


class Choice(NamedTuple):
    """An input of the question's event, and what its value makes of the inquiry."""

    component: Component
    apply: Callable[[Inquiry, Any], Inquiry]


def html(value: str, name: str, *, acts: Sequence[str] = ()) -> gr.HTML:
    """Return HTML with an id; each of its `acts` is an event of that name, listened to as such."""
    script = ACTS % json.dumps(list(acts)) if acts else None
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=script)


def refresh_on_load(page: gr.Blocks, refreshes: Sequence[Refresh]) -> None:
    for refresh in refreshes:
        page.load(_views(refresh), None, list(refresh.shown), **QUIETLY)


def refresh_after(event: Dependency, refreshes: Sequence[Refresh]) -> None:
    for refresh in refreshes:
        event.then(_views(refresh), None, list(refresh.shown), **QUIETLY)


def refresh_at(timer: gr.Timer, refresh: Refresh) -> None:
    timer.tick(_views(refresh), None, list(refresh.shown), **QUIETLY)


def _views(refresh: Refresh) -> Callable[[], object]:
    """Return what reads; Gradio takes a list for a single output to be that output's value."""
    return (lambda: refresh.read()[0]) if len(refresh.shown) == 1 else refresh.read
