"""A follow-up question -> one that can be searched for by itself."""

import re
from collections.abc import Sequence

from rag.types import Turn
from rag.verification import without_markers
from rag.words import content_stems

REFERENCE = re.compile(
    r"\b(he|him|his|she|her|hers|it|its|they|them|their|theirs|this|that|these|those|there|then|"
    r"the (?:other|former|latter|same)|else|instead|also|too)\b",
    re.IGNORECASE,
)
OPENING = re.compile(r"^\s*(and|but|so|what about|how about|why not|or)\b", re.IGNORECASE)
FEW_WORDS = 2  # "Where?", "In May?": hardly anything to search for


def stand_alone(question: str, history: Sequence[Turn | tuple[str, str]]) -> str:
    """Return the question with the turn before it put in front, where it leans on that turn.

    A question with names and facts of its own is returned as it is, so that a change of subject
    is not dragged back.
    """
    if not history or not leans_on_history(question):
        return question
    asked, answered = history[-1]
    return " ".join((asked, without_markers(answered), question))


def leans_on_history(question: str) -> bool:
    """Whether the question refers to what was said before, or says too little by itself."""
    return bool(
        OPENING.search(question)
        or REFERENCE.search(question)
        or len(content_stems(question)) <= FEW_WORDS
    )
