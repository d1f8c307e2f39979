"""Thumbs up and down for an answer, with room for a reason."""

from dataclasses import replace

from rag.conversations import Rating
from rag.page.conversation import Conversation, Exchange
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
    return (
        f'<form class="reason" data-sends="{EXPLAIN}" data-number="{exchange.number}">'
        f'<span role="status">Kept for evaluation.</span>'
        f'<input name="reason" maxlength="{LONGEST_REASON}" value="{text(rating.reason)}" '
        f'aria-label="{asked}" placeholder="{asked} (optional)" autocomplete="off">'
        f'<button type="submit" class="quiet">Keep the reason</button></form>'
    )


def change_rating(exchange: Exchange, *, good: bool) -> Rating | None:
    """Return the rating after a thumb was pressed: pressed again, it is taken back."""
    before = exchange.rating
    return None if before and before.good is good else Rating(good)


def explain_rating(exchange: Exchange, reason: str) -> Rating | None:
    """Return the rating with a reason, in one line."""
    said = " ".join(reason.split())[:LONGEST_REASON]
    return Rating(exchange.rating.good, said) if exchange.rating else None


def rated(conversation: Conversation, number: int, rating: Rating | None) -> Conversation:
    return tuple(
        replace(each, rating=rating) if each.number == number else each for each in conversation
    )


def _thumb(exchange: Exchange, *, good: bool) -> str:
    pressed = exchange.rating is not None and exchange.rating.good is good
    label = "Good answer" if good else "Bad answer"
    return (
        f'<button type="button" class="thumb {"up" if good else "down"}" data-act="{RATE}" '
        f'data-number="{exchange.number}" data-good="{"yes" if good else "no"}" '
        f'aria-pressed="{"true" if pressed else "false"}" aria-label="{label}" '
        f'title="{label}"></button>'
    )
