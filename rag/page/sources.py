"""Exchanges -> the source pane's HTML: articles with the quoted words marked where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.composing import also_in
from rag.page.conversation import Conversation, Exchange, citations
from rag.page.escaping import text
from rag.page.excerpts import Excerpt, make_excerpts
from rag.page.proof import TICK
from rag.page.reader import facts, marked_text, opener, opening, render_since
from rag.types import Article, Citation, Quote, Span

EMPTY = (
    '<section class="legend"><p class="hint">Here stand the articles that an answer rests on, with '
    "the exact words marked.</p><h3>How to read an answer</h3><dl>"
    f'<dt><span class="proof">{TICK}<span class="mark">[1]</span></span></dt><dd>An article proves '
    "this sentence. Point at the number for its words; click it to read the article.</dd>"
    '<dt><span class="unproved">words</span></dt><dd>No article proves this sentence: it is left '
    "out of the answer, and named below it.</dd>"
    "<dt><strong>The articles do not say</strong></dt><dd>Nothing is proved. The nearest articles "
    "are yours to read.</dd></dl></section>"
)


@dataclass(frozen=True, slots=True)
class Source:
    """An article with the spans to mark; without a marker it was found, but is not cited."""

    article: Article
    spans: Sequence[Span]
    marker: int | None = None
    also: str = ""


def render_sources(conversation: Conversation) -> str:
    """Return the sources of every question; only the last one's are to be seen at first."""
    groups = [_group(exchange, exchange is conversation[-1]) for exchange in conversation]
    return "".join(groups) or EMPTY


def cited_sources(exchange: Exchange) -> list[Source]:
    """Return the cited articles by marker, from 1."""
    by_marker: dict[int, list[Citation]] = {}
    for citation in citations(exchange):
        by_marker.setdefault(citation.marker, []).append(citation)
    return [
        Source(
            cited[0].article,
            [Span(citation.start, citation.end) for citation in cited],
            marker,
            also_in(cited),
        )
        for marker, cited in sorted(by_marker.items())
    ]


def found_sources(exchange: Exchange) -> list[Source]:
    """Return the articles of the evidence that are not cited, best first."""
    cited = {citation.article.id for citation in citations(exchange)}
    by_article: dict[str, list[Quote]] = {}
    for quote in exchange.evidence or ():
        if quote.article.id not in cited:
            by_article.setdefault(quote.article.id, []).append(quote)
    return [
        Source(quotes[0].article, [Span(quote.start, quote.end) for quote in quotes])
        for quotes in by_article.values()
    ]


def _group(exchange: Exchange, shown: bool) -> str:
    cited = _cards(exchange, cited_sources(exchange))
    found = _cards(exchange, found_sources(exchange))
    if cited and found:
        count = len(found_sources(exchange))
        others = "1 other article" if count == 1 else f"{count} other articles"
        found = f'<details class="others"><summary>{others} found</summary>{found}</details>'
    heading = _heading(exchange, bool(cited))
    label = f"Sources of question {exchange.number}"
    return (
        f'<section class="sources{" shown" if shown else ""}" id="sources-{exchange.number}" '
        f'aria-label="{label}"><p class="for">{heading} <q>{text(exchange.question)}</q></p>'
        f"{cited}{found}</section>"
    )


def _heading(exchange: Exchange, has_citations: bool) -> str:
    if exchange.evidence is None:
        return "No search was finished for" if exchange.has_ended else "Searching for"
    if not exchange.evidence:
        return "Nothing found for"
    return "Proof for" if has_citations else "Found for"


def _cards(exchange: Exchange, sources: Iterable[Source]) -> str:
    return "".join(_card(exchange, source) for source in sources)


def _card(exchange: Exchange, source: Source) -> str:
    number, article, marker = exchange.number, source.article, source.marker
    shown_marker = f'<span class="marker">{marker}</span>' if marker else ""
    excerpts = make_excerpts(article.text, source.spans)
    first = opening(article, number=number, start=excerpts[0].marked[0].start)
    also = f" · {text(source.also)}" if source.also else ""
    shown = "".join(_excerpt(number, article, excerpt) for excerpt in excerpts)
    return (
        f'<article class="source"><h3 class="headline">{shown_marker}{opener(article, first)}</h3>'
        f'<p class="facts">{facts(article)}{also}</p>{render_since(exchange, article)}{shown}'
        "</article>"
    )


def _excerpt(number: int, article: Article, excerpt: Excerpt) -> str:
    """Return the excerpt; a click on marked words opens the article there, as its headline does."""
    body = article.text
    marks = [
        (span, f" {opening(article, number=number, start=span.start)}") for span in excerpt.marked
    ]
    before = "… " if body[: excerpt.start].strip() else ""
    after = " …" if body[excerpt.end :].strip() else ""
    shown = marked_text(body, Span(excerpt.start, excerpt.end), marks)
    return f'<p class="excerpt">{before}{shown}{after}</p>'
