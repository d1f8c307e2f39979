"""Quotes -> excerpts of their article: the quoted words with a sentence or two around them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rag.sentences import split_sentences
from rag.types import Span

SENTENCES_BEFORE, SENTENCES_AFTER = 1, 1
WINDOW = 500  # characters looked at on each side; a sentence may be endless


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A slice of an article; `marked` are disjoint spans inside it, ascending."""

    start: int
    end: int
    marked: tuple[Span, ...]


def make_excerpts(text: str, quotes: Iterable[Span]) -> list[Excerpt]:
    """Return the quotes in their surroundings, in the article's order; neighbours are joined."""
    excerpts: list[Excerpt] = []
    for quote in joined(quotes):
        start, end = _start_before(text, quote.start), _end_after(text, quote.end)
        if excerpts and not text[excerpts[-1].end : start].strip():
            last = excerpts[-1]
            marked = (*last.marked, quote)
            excerpts[-1] = replace(last, end=max(last.end, end), marked=marked)
        else:
            excerpts.append(Excerpt(start, end, (quote,)))
    return excerpts


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones as one."""
    disjoint: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.start, span.end)):
        if disjoint and span.start < disjoint[-1].end:
            disjoint[-1] = Span(disjoint[-1].start, max(disjoint[-1].end, span.end))
        else:
            disjoint.append(span)
    return disjoint


def _start_before(text: str, position: int) -> int:
    """Return where the sentences before `position` begin."""
    window = max(0, position - WINDOW)
    sentences = split_sentences(text[window:position])
    if window:
        sentences = sentences[1:]  # the window cut it
    chosen = sentences[-SENTENCES_BEFORE:]
    return window + chosen[0].start if chosen else position


def _end_after(text: str, position: int) -> int:
    """Return where the sentences after `position` end."""
    window = text[position : position + WINDOW]
    sentences = split_sentences(window)
    if position + WINDOW < len(text):
        sentences = sentences[:-1]
    chosen = sentences[:SENTENCES_AFTER]
    return position + chosen[-1].end if chosen else position
