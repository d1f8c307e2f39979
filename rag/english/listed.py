"""`The other one`, `the second`, `both`: of names that a turn gave together."""

import re
from collections.abc import Sequence

from rag.english.antecedents import Resolved, names_together
from rag.types import Turn

LISTED = re.compile(
    r"\b(?:the|that|this) (?P<which>other|former|latter|first|second|third)(?: one)?\b"
    r"(?=\s*(?:$|[?,.]|(?:do|does|did|is|was|has|had|will|would|can|could|cost|say|said)\b))"
    r"|\b(?P<both>both)\b(?! (?:of )?(?:the|these|those|them)\b| [a-z]+s\b)",
    re.IGNORECASE,
)
PLACES = {"first": 0, "former": 0, "second": 1, "latter": -1, "third": 2}


def name_listed(text: str, turns: Sequence[Turn]) -> Resolved | None:
    """Put names in for what points into a list; None where nothing does, or there is no list."""
    match = LISTED.search(text)
    if not match or (match["both"] and " and " in text):
        return None
    for number in range(len(turns) - 1, -1, -1):
        names = names_together(turns[number])
        if not names:
            continue
        if match["both"]:
            chosen, sure = " and ".join(names[:2]), len(names) == 2
        elif match["which"].casefold() == "other":
            chosen, sure = _other(names, turns, number)
        else:
            place = PLACES[match["which"].casefold()]
            chosen, sure = names[min(place, len(names) - 1)], place < len(names)
        return Resolved(f"{text[: match.start()]}{chosen}{text[match.end() :]}", sure)
    return None


def _other(names: Sequence[str], turns: Sequence[Turn], number: int) -> tuple[str, bool]:
    """Return the name that the turns after the list did not speak of, and whether it is the one."""
    later = " ".join(f"{turn.question} {turn.answer}" for turn in turns[number + 1 :])
    spoken_of = later or turns[number].question
    left = [name for name in names if name not in spoken_of]
    return (left[0] if left else names[-1]), len(left) == 1
