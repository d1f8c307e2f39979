"""A subject's events -> HTML: in order, each with the words that report it, to open the article."""

from collections.abc import Sequence

from rag.page.escaping import text
from rag.page.reader import opening
from rag.timeline import Event, timeline_rows

NOTHING = "No article reports an event of this subject; try fewer or other words."


def render_timeline(events: Sequence[Event], notes: Sequence[str] = ()) -> str:
    """Return the events with their days; `notes` tell how the subject's dates were understood."""
    told = [f"{_counted(events)}, in order" if events else NOTHING, *notes]
    said = "".join(f'<p class="facts">{text(each)}</p>' for each in told)
    if not events:
        return f'<div role="status">{said}</div>'
    items = "".join(map(_item, events))
    return f'<div role="status">{said}</div><ol class="chronicle">{items}</ol>'


def _counted(events: Sequence[Event]) -> str:
    return "1 event" if len(events) == 1 else f"{len(events)} events"


def _item(event: Event) -> str:
    (row,) = timeline_rows([event])
    quote = event.quote
    others = f" · also {', '.join(row.others)}" if row.others else ""
    opens = opening(quote.article, start=quote.start, end=quote.end)
    return (
        f'<li><p class="when">{text(row.when)}</p>'
        f'<button type="button" class="reports" {opens}>“{text(row.words)}”</button>'
        f'<p class="facts">{text(row.source + others)}</p></li>'
    )
