"""A visitor's conversations -> HTML: titles to open, what a search found, what can be done."""

from collections.abc import Iterable

from rag.conversations import Entry
from rag.page.escaping import day, text
from rag.page.exporting import JSON_LINES, MARKDOWN

RESUME, SAVE_AS, DELETE, CONFIRM, KEEP = "resume", "save_as", "delete", "confirm", "keep"
ACTS = (RESUME, SAVE_AS, DELETE, CONFIRM, KEEP)
NONE_YET = "What you ask is kept here, for you alone."
NONE_FOUND = "No conversation has these words."


def render_talks(
    entries: Iterable[Entry], *, current: str = "", searched: str = "", doubted: str = ""
) -> str:
    """Return the list; `current` is open, and of `doubted` it is asked whether to delete it."""
    items = "".join(_item(entry, entry.id == current, entry.id == doubted) for entry in entries)
    if not items:
        return f'<p class="hint">{NONE_FOUND if searched.strip() else NONE_YET}</p>'
    return f'<ul class="talks" aria-label="Conversations">{items}</ul>'


def _item(entry: Entry, is_current: bool, is_doubted: bool) -> str:
    state = ' class="current" aria-current="true"' if is_current else ""
    excerpt = f'<span class="excerpt">{text(entry.excerpt)}</span>' if entry.excerpt else ""
    count = "1 question" if entry.questions == 1 else f"{entry.questions:,} questions"
    below = _doubt(entry) if is_doubted else ""
    return (
        f'<li{state}><button type="button" class="title" id="talk-{text(entry.id)}" '
        f"{_attributes(RESUME, entry)}>"
        f"<bdi>{text(entry.title)}</bdi>{excerpt}"
        f'<span class="facts">{count} · {day(entry.changed_at.astimezone().date())}</span></button>'
        f"{'' if is_doubted else _more(entry)}{below}</li>"
    )


def _more(entry: Entry) -> str:
    actions = "".join(
        f'<button type="button" {attributes}>{shown}</button>'
        for attributes, shown in (
            (f'{_attributes(SAVE_AS, entry)} data-form="{MARKDOWN}"', "Save as Markdown"),
            (f'{_attributes(SAVE_AS, entry)} data-form="{JSON_LINES}"', "Save as JSON lines"),
            (_attributes(DELETE, entry), "Delete…"),
        )
    )
    label = text(f"More about “{entry.title}”")
    return (
        f'<details class="more"><summary aria-label="{label}" title="Save or delete">⋯</summary>'
        f'<div class="actions">{actions}</div></details>'
    )


def _doubt(entry: Entry) -> str:
    return (
        '<div class="doubt" role="alertdialog" aria-label="Delete this conversation?">'
        "<p>Delete it for good, with its ratings?</p>"
        f'<button type="button" {_attributes(CONFIRM, entry)}>Delete</button>'
        f'<button type="button" {_attributes(KEEP, entry)}>Keep</button></div>'
    )


def _attributes(act: str, entry: Entry) -> str:
    return f'data-act="{act}" data-talk="{text(entry.id)}"'
