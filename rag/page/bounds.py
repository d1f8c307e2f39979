"""Limits as they are shown: beside the question box, on each exchange, where nothing was found."""

from rag.limits import describe_limits
from rag.page.conversation import Exchange
from rag.page.escaping import text
from rag.types import Limits

CLEAR, WIDEN = "clear", "widen"  # what the controls do


def render_limits(limits: Limits, *, control: str = "") -> str:
    """Return the limits as chips, nothing where there are none; `control` may follow them."""
    if not limits:
        return ""
    chips = "".join(f"<li><bdi>{text(each)}</bdi></li>" for each in describe_limits(limits))
    return f'<div class="limits"><span>Only articles</span><ul>{chips}</ul>{control}</div>'


def render_limits_in_force(limits: Limits) -> str:
    """Return the limits of the next question, with the way to be rid of them."""
    clear = f'<button type="button" class="quiet" data-act="{CLEAR}">Clear the limits</button>'
    return render_limits(limits, control=clear)


def offer_to_widen(exchange: Exchange) -> str:
    """Return the way to ask a question that was declined of all articles."""
    if not exchange.limits:
        return ""
    return (
        "<p>Only articles within your limits were searched. "
        f'<button type="button" class="quiet" data-act="{WIDEN}" '
        f'data-question="{text(exchange.question)}">Ask without limits</button></p>'
    )
