"""A follow-up question -> one that can be searched for by itself."""

import re
from collections.abc import Sequence

from rag.types import Turn
from rag.verification import without_markers
from rag.words import content_stems, proper_names

PERSON = re.compile(
    r"\b(?:he|him|his|she|hers?|they|them|theirs?|the (?:other|former|latter|same)(?: one)?)\b",
    re.IGNORECASE,
)
THING = re.compile(r"\b(?:it|its|this|these|those|there|then|else|instead)\b", re.IGNORECASE)
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
    """Whether the question refers to what was said before, or says too little by itself.

    A name of its own makes it stand alone, save after "And …" or with a person's pronoun: in "Will
    it rain in Paris?" the word refers to nothing.
    """
    if OPENING.search(question) or PERSON.search(question):
        return True
    if proper_names(question):
        return False
    return bool(THING.search(question)) or len(content_stems(question)) <= FEW_WORDS
