"""Where sentences begin and end in a text."""

import re

import sentencex

from rag.types import Span

# sentencex 1.0.32 stops with a panic at some white space of more than one byte, such as U+0085.
# One character becomes one character, so the offsets stay true.
UNUSUAL_SPACE = re.compile(r"[^\S\n ]")


def split_sentences(text: str) -> list[Span]:
    """Return the sentences in order, without surrounding white space; all else is in one of them.

    A line break inside a paragraph does not end a sentence, an empty line does.
    """
    spans: list[Span] = []
    for boundary in sentencex.get_sentence_boundaries("en", UNUSUAL_SPACE.sub(" ", text)):
        span = trim(text, boundary["start_index"], boundary["end_index"])
        if span.start < span.end:
            spans.append(span)
    return spans


def trim(text: str, start: int, end: int) -> Span:
    """Return the slice without the white space around it; empty where there is nothing else."""
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
