"""Exchanges -> the source pane's HTML: articles with the quoted words marked where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.page.answers import quote_id, source_id
from rag.page.conversation import Conversation, Exchange, citations
from rag.page.escaping import day, link, running_text, text
from rag.page.excerpts import Excerpt, make_excerpts
from rag.types import Article, Citation, Quote, Span

EMPTY = (
    '<p class="hint">Here you will see the articles that an answer rests on, '
    "with the exact words marked.</p>"
)


@dataclass(frozen=True, slots=True)
class Source:
    """An article with the spans to mark; `anchors` names the places that links lead to.

    Without a marker it was found, but is not cited.
    """

    article: Article
    spans: Sequence[Span]
    marker: int | None = None
    anchors: tuple[tuple[int, str], ...] = ()  # (offset, id)


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
            tuple((citation.start, quote_id(exchange.number, citation)) for citation in cited),
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
    return "".join(_card(exchange.number, source) for source in sources)


def _card(number: int, source: Source) -> str:
    article, marker = source.article, source.marker
    anchor = f' id="{source_id(number, marker)}"' if marker else ""
    shown_marker = f'<span class="marker">{marker}</span>' if marker else ""
    facts = (text(article.publisher or ""), day(article.published_on), link(article.url))
    excerpts = "".join(
        f'<p class="excerpt">{_excerpt(article.text, excerpt, source.anchors)}</p>'
        for excerpt in make_excerpts(article.text, source.spans)
    )
    return (
        f'<article class="source"{anchor}>{shown_marker}'
        f'<h3 class="headline"><bdi>{text(article.title)}</bdi></h3>'
        f'<p class="facts">{" · ".join(fact for fact in facts if fact)}</p>{excerpts}'
        f'<a class="back" href="#exchange-{number}">Back to the answer</a></article>'
    )


def _excerpt(body: str, excerpt: Excerpt, anchors: Sequence[tuple[int, str]]) -> str:
    pieces = ["… " if body[: excerpt.start].strip() else ""]
    position = excerpt.start
    for span in excerpt.marked:
        pieces.append(running_text(body[position : span.start]))
        names = [name for offset, name in anchors if span.start <= offset < span.end]
        # Where marks were joined, each place that a link leads to stays a place.
        pieces += [f'<span id="{name}"></span>' for name in names[1:]]
        first = f' id="{names[0]}"' if names else ""
        pieces.append(f'<mark{first} tabindex="-1">{running_text(body[span.start : span.end])}')
        pieces.append("</mark>")
        position = span.end
    pieces.append(running_text(body[position : excerpt.end]))
    pieces.append(" …" if body[excerpt.end :].strip() else "")
    return "".join(pieces)
