"""Thumbs up and down for an answer, with room for a reason."""

from dataclasses import replace

from rag.conversations import Rating
from rag.page.conversation import Exchange
from rag.page.escaping import text

RATE, EXPLAIN = "rate", "explain"
ACTS = (RATE, EXPLAIN)
LONGEST_REASON = 500  # characters


def render_thumbs(exchange: Exchange) -> str:
    """Return the thumbs of an answer, pressed as it was rated; nothing where there is none."""
    if exchange.answer is None:
        return ""
    return "".join(_thumb(exchange, good=good) for good in (True, False))


def render_reason(exchange: Exchange) -> str:
    """Return, once an answer is rated, what there is to say about it."""
    rating = exchange.rating
    if rating is None:
        return ""
    asked = "What was good?" if rating.good else "What was wrong?"
    kept = "Kept with your reason." if rating.reason else "Kept for evaluation."
    return (
        f'<form class="reason" data-sends="{EXPLAIN}" data-number="{exchange.number}">'
        f'<span role="status">{kept}</span>'
        f'<input name="reason" id="reason-{exchange.number}" maxlength="{LONGEST_REASON}" '
        f'value="{text(rating.reason)}" '
        f'aria-label="{asked}" placeholder="{asked} (optional)" autocomplete="off">'
        f'<button type="submit" class="quiet">Keep the reason</button></form>'
    )


def change_rating(exchange: Exchange, *, good: bool) -> Exchange:
    """Return the exchange after a thumb was pressed: pressed again, the rating is taken back."""
    before = exchange.rating
    taken_back = before is not None and before.good is good
    return replace(exchange, rating=None if taken_back else Rating(good))


def explain_rating(exchange: Exchange, reason: str) -> Exchange:
    """Return the exchange with the reason of its rating, in one line."""
    said = " ".join(reason.split())[:LONGEST_REASON]
    return replace(exchange, rating=exchange.rating and Rating(exchange.rating.good, said))


def _thumb(exchange: Exchange, *, good: bool) -> str:
    pressed = exchange.rating is not None and exchange.rating.good is good
    label = "Good answer" if good else "Bad answer"
    way = "up" if good else "down"
    return (
        f'<button type="button" class="thumb {way}" id="{way}-{exchange.number}" data-act="{RATE}" '
        f'data-number="{exchange.number}" data-good="{"yes" if good else "no"}" '
        f'aria-pressed="{"true" if pressed else "false"}" aria-label="{label}" '
        f'title="{label}"></button>'
    )
