"""Periods that an event bounds: "since the summit", "before the Orleby flood"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.dates import Period
from rag.dating.spans import DaySpan

DaysOf = Callable[[str], DaySpan | None]  # an event's words -> when it was, where that is known

NOUN = (
    r"(?:summit|meeting|talks|call|visit|trip|election|vote|referendum|recount|strike|walkout|fire"
    r"|blaze|flood|storm|hurricane|earthquake|quake|crash|explosion|attack|shooting|invasion|war"
    r"|ceasefire|verdict|ruling|trial|resignation|inauguration|coronation|funeral|final|match"
    r"|concert|opening|closure|theft|burglary|launch|merger)"
)
BOUNDED = re.compile(
    rf"\b(?P<word>since|before|until|till|after)\s+(?P<event>(?:the|his|her|their)\s+"
    rf"(?:[\w’'-]+\s+){{0,3}}?{NOUN}\b(?:\s+(?:in|at|of|on)\s+(?:the\s+)?[A-Z][\w’'-]+)?)"
)


def nobody_knows(event: str) -> DaySpan | None:
    """Tell of no event when it was."""
    return None


def find_event_periods(question: str, periods: Sequence[Period], days_of: DaysOf) -> list[Period]:
    """Return the periods that events bound and no date does."""
    found: list[Period] = []
    for match in BOUNDED.finditer(question):
        taken = any(match.start() < each.end and each.start < match.end() for each in periods)
        days = None if taken else days_of(match["event"].split(maxsplit=1)[1])
        if days is not None:
            whole = Period(days.first, None, match.start(), match.end())
            is_until = match["word"] in ("before", "until", "till")
            found.append(replace(whole, first=None, last=days.last) if is_until else whole)
    return found
