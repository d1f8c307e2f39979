"""One article in full, with the quotes of a question marked where they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.archive import Archive
from rag.page.conversation import Conversation, Exchange, citations
from rag.page.escaping import day, link, render_trouble, running_text, text
from rag.page.excerpts import joined
from rag.page.keeping import SINCE
from rag.types import Article, Span

OPEN = "open"  # what a control with the attributes of `opening` does
CLOSE = "close"
GONE = "This article is no longer in the archive."


@dataclass(frozen=True, slots=True)
class Marked:
    """Words to mark in an article: cited by the answer, or found and not cited."""

    span: Span
    cited: bool


def opening(article: Article, *, number: int = 0, start: int = 0, end: int = 0) -> str:
    """Return the attributes of a control that opens the article.

    `number` is the question whose quotes are marked in it, 0 for none; `start` is where to look.
    Where there is an `end`, the words up to it are marked.
    """
    marked = f' data-end="{end}"' if end else ""
    return (
        f'data-act="{OPEN}" data-article="{text(article.id)}" '
        f'data-exchange="{number}" data-start="{start}"{marked}'
    )


def opener(article: Article, attributes: str) -> str:
    """Return the headline as a link that opens the article, with the attributes of `opening`."""
    return f'<a class="opens" href="#reader" {attributes}>{headline_of(article)}</a>'


def headline_of(article: Article) -> str:
    return f"<bdi>{text(article.title) or 'Without a headline'}</bdi>"


def open_article(
    archive: Archive,
    conversation: Conversation,
    article_id: str,
    number: int,
    *,
    span: Span | None = None,
) -> str:
    """Return an article as it stood when the question was asked, or as the archive has it now.

    Outside a conversation the words at `span` are marked.
    """
    exchange = next((each for each in conversation if each.number == number), None)
    marked = find_marked(exchange, article_id) if exchange else []
    known = (article for article in _articles(exchange) if article.id == article_id)
    article = next(known, None) or archive.article(article_id)
    if article is None:
        return render_trouble(GONE)
    if exchange is None and span and 0 <= span.start < span.end <= len(article.text):
        marked = [Marked(span, cited=True)]
    return render_article(article, marked, number, since=render_since(exchange, article))


def find_marked(exchange: Exchange, article_id: str) -> list[Marked]:
    """Return what is to be marked in the article, in its order, none overlapping another."""
    cited = [
        Span(citation.start, citation.end)
        for citation in citations(exchange)
        if citation.article.id == article_id
    ]
    found = [
        Span(quote.start, quote.end)
        for quote in exchange.evidence or ()
        if quote.article.id == article_id
    ]
    return [
        Marked(span, cited=any(span.start <= each.start < span.end for each in cited))
        for span in joined([*cited, *found])
    ]


def render_article(
    article: Article, marked: Iterable[Marked] = (), number: int = 0, *, since: str = ""
) -> str:
    marks = list(marked)
    return (
        f'<article class="reader" aria-label="Article: {text(article.title)}" '
        f'data-article="{text(article.id)}" data-exchange="{number}">'
        f'<div class="reader-bar"><button type="button" class="quiet" data-act="{CLOSE}">'
        f"Back to the sources</button>{_steps(len(marks))}</div>"
        f'<h3 class="headline" tabindex="-1">{headline_of(article)}</h3>'
        f'<p class="facts">{facts(article)}</p>{since}'
        f'<p class="whole">{_body(article.text, marks)}</p></article>'
    )


def render_since(exchange: Exchange | None, article: Article) -> str:
    """Return what became of an article since an answer that was kept cited it, if anything did."""
    fate = exchange.outdated.get(article.id) if exchange else None
    return f'<p class="since">This article {SINCE[fate]}.</p>' if fate else ""


def facts(article: Article) -> str:
    """Return author, publisher, date and link, as far as they are known."""
    known = (text(article.publisher or ""), day(article.published_on), link(article.url))
    return " · ".join(fact for fact in known if fact)


def marked_text(body: str, within: Span, marks: Iterable[tuple[Span, str]]) -> str:
    """Return a slice of an article as HTML; each mark is a span in it and its tag's attributes."""
    pieces, position = [], within.start
    for span, attributes in marks:
        pieces.append(running_text(body[position : span.start]))
        pieces.append(f"<mark{attributes}>{running_text(body[span.start : span.end])}</mark>")
        position = span.end
    pieces.append(running_text(body[position : within.end]))
    return "".join(pieces)


def _body(body: str, marks: Iterable[Marked]) -> str:
    tags = [(mark.span, _attributes(mark)) for mark in marks]
    return marked_text(body, Span(0, len(body)), tags)


def _attributes(mark: Marked) -> str:
    kind = "cited" if mark.cited else "found"
    span = mark.span
    return f' class="{kind}" tabindex="-1" data-start="{span.start}" data-end="{span.end}"'


def _steps(count: int) -> str:
    if count == 0:
        return ""
    told = f'<span class="at" aria-live="polite">{"1 quote" if count == 1 else ""}</span>'
    if count == 1:
        return f'<span class="steps">{told}</span>'
    back, on = (
        f'<button type="button" class="quiet" data-step="{by}" aria-label="{name}">{sign}</button>'
        for by, name, sign in ((-1, "Previous quote", "↑"), (1, "Next quote", "↓"))
    )
    label = "Quotes in this article"
    return f'<span class="steps" role="group" aria-label="{label}">{back}{told}{on}</span>'


def _articles(exchange: Exchange | None) -> Iterator[Article]:
    if exchange:
        yield from (citation.article for citation in citations(exchange))
        yield from (quote.article for quote in exchange.evidence or ())
