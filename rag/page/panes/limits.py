"""Fields that limit to dates and publishers: for the list of articles, and for questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import gradio as gr
from gradio.components import Component

from rag.archive import Archive
from rag.errors import RagError
from rag.limits import WrittenLimits, check_order, read_limits
from rag.page.bounds import CLEAR, render_limits_in_force
from rag.page.desk import Desk, Inquiry
from rag.page.escaping import render_trouble
from rag.page.panes.chat import ChatPane
from rag.page.panes.parts import QUIETLY, Choice, Quietly, Refresh, Views, html
from rag.types import Limits

Trigger = Callable[..., object]  # an event of a component, to be listened to
WRITE_DATES = "2023 or 2023-08"


@dataclass(frozen=True, slots=True)
class LimitFields:
    first: gr.Textbox
    last: gr.Textbox
    publishers: gr.Dropdown

    @property
    def all(self) -> list[Component]:
        return [self.first, self.last, self.publishers]

    @property
    def changes(self) -> list[Trigger]:
        """The events at which one of them may have changed."""
        left = [event for box in (self.first, self.last) for event in (box.submit, box.blur)]
        return [*left, self.publishers.input]


@dataclass(frozen=True, slots=True)
class LimitsPane:
    """What limits questions; `told` shows the visitor's limits while they hold."""

    fields: LimitFields
    told: gr.HTML


@dataclass(frozen=True, slots=True)
class LimitsEvents:
    desk: Desk

    def open(self) -> Views:
        return [publisher_choices(self.desk.archive)]

    def change(self, first: str, last: str, publishers: Sequence[str]) -> str:
        """Return what is told of the limits that are written."""
        try:
            return render_limits_in_force(read_limits(WrittenLimits(first, last, publishers)))
        except RagError as error:
            return render_trouble(str(error))

    def clear(self) -> Views:
        return ["", *empty_fields()]


def lay_out_fields(name: str) -> LimitFields:
    """Lay the fields out, empty: what is folded up has the value it was made with, or none."""
    with gr.Row(elem_classes="limit-fields"):
        return LimitFields(
            first=_date_field("From", f"{name}-from"),
            last=_date_field("To", f"{name}-to"),
            publishers=gr.Dropdown(
                [], value=[], multiselect=True, label="Publishers", elem_id=f"{name}-publishers"
            ),
        )


def _date_field(label: str, name: str) -> gr.Textbox:
    return gr.Textbox("", label=label, placeholder=WRITE_DATES, max_lines=1, elem_id=name)


def lay_out() -> LimitsPane:
    told = html("", "limits-told", acts=(CLEAR,))
    with gr.Accordion("Limit to dates and publishers", open=False, elem_id="limits"):
        fields = lay_out_fields("limits")
    return LimitsPane(fields, told)


def connect(pane: LimitsPane, events: LimitsEvents, talk: ChatPane) -> tuple[Refresh, list[Choice]]:
    """Return how to read the publishers anew, and how the limits change a question."""
    fields, cleared = pane.fields, [pane.told, *pane.fields.all]
    on_change(fields.changes, events.change, fields.all, [pane.told])
    pane.told.clear(events.clear, None, cleared, **QUIETLY)
    for exchanges in (talk.earlier, talk.last):
        exchanges.widen(events.clear, None, cleared, **QUIETLY)
    choices = [
        Choice(fields.first, limit_first),
        Choice(fields.last, limit_last),
        Choice(fields.publishers, limit_publishers),
    ]
    return Refresh(events.open, [fields.publishers]), choices


def limit_first(inquiry: Inquiry, written: str) -> Inquiry:
    return _limit(inquiry, WrittenLimits(published_from=written))


def limit_last(inquiry: Inquiry, written: str) -> Inquiry:
    return _limit(inquiry, WrittenLimits(published_to=written))


def limit_publishers(inquiry: Inquiry, names: Sequence[str]) -> Inquiry:
    return _limit(inquiry, WrittenLimits(publishers=names))


def _limit(inquiry: Inquiry, written: WrittenLimits) -> Inquiry:
    """Add what is written to the question's limits; what cannot be is told instead of an answer."""
    try:
        more, before = read_limits(written), inquiry.question.limits
        limits = Limits(
            more.published_from or before.published_from,
            more.published_to or before.published_to,
            more.publishers or before.publishers,
        )
        check_order(limits)
    except RagError as error:
        return replace(inquiry, refused=str(error))
    return replace(inquiry, question=inquiry.question.within(limits))


def on_change(
    events: Sequence[Trigger],
    read: Callable[..., object],
    inputs: Sequence[Component],
    outputs: Sequence[Component],
    how: Quietly = QUIETLY,
) -> None:
    """Read the inputs at these events; of several that come while one is read, the last counts."""
    gr.on(list(events), read, list(inputs), list(outputs), trigger_mode="always_last", **how)


def publisher_choices(archive: Archive) -> object:
    """Return the change that offers the archive's publishers, those with most articles first."""
    try:
        publishers = archive.publishers()
    except RagError:  # which is told where the list or the status is read
        return gr.skip()
    counted = sorted(publishers.items(), key=lambda each: (-each[1], each[0]))
    return gr.update(choices=[(f"{name} ({count:,})", name) for name, count in counted])


def empty_fields() -> Views:
    return ["", "", []]
