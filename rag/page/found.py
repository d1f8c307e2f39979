"""What was found before anything was written: quotes, and the articles nearest to a question."""

from collections.abc import Sequence

from rag.composing import attribution
from rag.page.escaping import running_text, text
from rag.page.proof import render_caption
from rag.page.reader import opener, opening
from rag.types import Quote

FIRST = 3  # quotes shown while nothing is written
NEAREST = 3  # articles offered when the question is declined


def render_first_quotes(number: int, evidence: Sequence[Quote]) -> str:
    """Return the best quotes, to read until there is an answer."""
    if not evidence:
        return ""
    quotes = "".join(_quote(number, quote) for quote in evidence[:FIRST])
    return f'<section class="first" aria-label="Quotes found">{quotes}</section>'


def render_all_quotes(number: int, evidence: Sequence[Quote]) -> str:
    """Return all quotes, folded away under a line that counts them."""
    if not evidence:
        return ""
    quotes = "1 quote" if len(evidence) == 1 else f"{len(evidence)} quotes"
    count = len({quote.article.id for quote in evidence})
    articles = "1 article" if count == 1 else f"{count} articles"
    items = "".join(_quote(number, quote) for quote in evidence)
    return (
        f'<details class="evidence" id="evidence-{number}">'
        f"<summary>Found first: {quotes} in {articles}</summary>{items}</details>"
    )


def render_nearest(number: int, evidence: Sequence[Quote]) -> str:
    """Return the nearest articles, each to be opened at the words that came nearest."""
    best: dict[str, Quote] = {}
    for quote in evidence:
        best.setdefault(quote.article.id, quote)
    items = "".join(_near(number, quote) for quote in list(best.values())[:NEAREST])
    return f"<p>The nearest articles:</p><ul>{items}</ul>" if items else ""


def _near(number: int, quote: Quote) -> str:
    article = quote.article
    opens = opening(article, number=number, start=quote.start)
    source = text(attribution(article))
    return f"<li><cite>{opener(article, opens)}</cite> <span>{source}</span></li>"


def _quote(number: int, quote: Quote) -> str:
    opens = opening(quote.article, number=number, start=quote.start)
    return (
        f'<figure class="quotation"><blockquote>“{running_text(quote.text)}”</blockquote>'
        f"{render_caption(quote.article, opens)}</figure>"
    )
