"""Quotes of an article that has changed or is gone -> a text of their words alone."""

from collections.abc import Mapping

from rag.types import Span

LEFT_OUT = "\n\n…\n\n"
BLANK = 2  # characters between two quotes that can only be white space


def join_quotes(quotes: Mapping[Span, str]) -> tuple[str, dict[Span, Span]]:
    """Return the quoted words in their order, and where in this text each quote stands.

    `quotes` are words by their offsets in the article. Those that overlap are joined.
    """
    text, end = "", 0  # the end of the quotes so far, in the article
    places: dict[Span, Span] = {}
    for span in sorted(quotes, key=lambda span: (span.start, span.end)):
        if text and span.start > end:
            text += " " * (span.start - end) if span.start - end <= BLANK else LEFT_OUT
        new = span.end - max(span.start, end) if text else span.end - span.start
        text += quotes[span][-new:] if new > 0 else ""
        end = max(end, span.end)
        start = len(text) - (end - span.start)
        places[span] = Span(start, start + span.end - span.start)
    return text, places
