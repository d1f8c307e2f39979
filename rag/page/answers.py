"""Exchanges -> HTML: questions, answers with their proof marks, what was left out and why."""

from collections.abc import Iterable

from rag.composing import attribution, quotation, reference, resolved
from rag.page.bounds import offer_to_widen, render_limits
from rag.page.conversation import Exchange
from rag.page.copying import as_markdown, as_text
from rag.page.escaping import day, render_trouble, running_text, text
from rag.page.ratings import render_reason, render_thumbs
from rag.page.status import short_name
from rag.types import Answer, Article, Citation, Quote, Sentence

NEAREST = 3  # articles named when the question is declined


def render_exchanges(exchanges: Iterable[Exchange]) -> str:
    return "".join(render_exchange(exchange) for exchange in exchanges)


def render_exchange(exchange: Exchange) -> str:
    number = exchange.number
    return (
        f'<article class="exchange" id="exchange-{number}" aria-label="Question {number}">'
        f'<h2 class="question">{text(exchange.question)}</h2>{render_limits(exchange.limits)}'
        f"{_body(exchange)}</article>"
    )


def quote_id(number: int, citation: Citation) -> str:
    """Return where in the source pane the cited words stand."""
    return f"quote-{number}-{citation.marker}-{citation.start}"


def source_id(number: int, marker: int) -> str:
    return f"source-{number}-{marker}"


def _body(exchange: Exchange) -> str:
    if exchange.answer is not None:
        return _answer(exchange, exchange.answer)
    if exchange.error is not None:
        return f'{render_trouble(exchange.error)}<p class="about">{_edit(exchange)}</p>'
    written = _written(exchange) or _first_quote(exchange)
    if exchange.stopped:
        return f'{written}<p class="about"><span>Stopped.</span>{_edit(exchange)}</p>'
    waiting = "" if exchange.checked or exchange.unchecked else " waiting"
    told = f'<p class="progress{waiting}" role="status">{_progress(exchange)}</p>'
    return written + told


def _progress(exchange: Exchange) -> str:
    if exchange.evidence is None:
        return "Searching the articles…"
    if exchange.checked or exchange.unchecked:
        return "Writing, and checking every sentence…"
    if exchange.before:
        others = "1 question is" if exchange.before == 1 else f"{exchange.before} questions are"
        return f"Waiting for the model: {others} before yours…"
    count = len(exchange.evidence)
    return f"Reading {count} {'quote' if count == 1 else 'quotes'} and what stands around…"


def _first_quote(exchange: Exchange) -> str:
    """Return the best quote found, to read until there is an answer."""
    if not exchange.evidence:
        return ""
    best = exchange.evidence[0]
    return (
        f'<figure class="quotation first"><blockquote>“{running_text(best.text)}”</blockquote>'
        f"{_caption(best.article)}</figure>"
    )


def _written(exchange: Exchange) -> str:
    """Return the answer as far as it is written: sentences checked, and the one in the making."""
    checked = " ".join(
        _proved(exchange.number, sentence) if sentence.supported else _unproved(sentence)
        for sentence in exchange.checked
    )
    pending = exchange.unchecked.strip()
    if pending:
        checked += f' <span class="pending">{text(pending)}</span>'
    return f'<div class="answer"><p>{checked.strip()}</p></div>' if checked else ""


def _answer(exchange: Exchange, answer: Answer) -> str:
    if answer.abstained:
        return _declined(exchange, answer)
    proved = [sentence for sentence in answer.sentences if sentence.supported]
    paragraphs = "".join(_quotation(exchange.number, s) for s in proved if is_quotation(s))
    sentences = " ".join(_proved(exchange.number, s) for s in proved if not is_quotation(s))
    if sentences:
        paragraphs = f"<p>{sentences}</p>{paragraphs}"
    return f'<div class="answer">{paragraphs}</div>{_left_out(exchange)}{_about(exchange, answer)}'


def is_quotation(sentence: Sentence) -> bool:
    """Whether the sentence is no one's words but the article's, with their origin."""
    if len(sentence.citations) != 1:
        return False
    return sentence.text == quotation(sentence.citations[0])


def _quotation(number: int, sentence: Sentence) -> str:
    citation = sentence.citations[0]
    return (
        f'<figure class="quotation"><blockquote>“{text(_words(citation))}”'
        f"{text(resolved(citation))}{_marks(number, sentence)}</blockquote>"
        f"{_caption(citation.article)}</figure>"
    )


def _proved(number: int, sentence: Sentence) -> str:
    return f'<span class="proved">{running_text(sentence.text)}{_marks(number, sentence)}</span>'


def _unproved(sentence: Sentence) -> str:
    reason = text(f"Not proved: {sentence.reason or 'no article says it'}")
    return f'<span class="unproved" title="{reason}">{running_text(sentence.text)}</span>'


def _marks(number: int, sentence: Sentence) -> str:
    """Return one mark per article; it leads to the first of the words cited from it."""
    first: dict[int, Citation] = {}
    for citation in sentence.citations:
        first.setdefault(citation.marker, citation)
    return "".join(
        f'<a class="mark" href="#{quote_id(number, citation)}" '
        f'data-source="{source_id(number, marker)}" title="“{text(_words(citation))}” '
        f'— {text(reference(citation.article))}" aria-label="Source {marker}">[{marker}]</a>'
        for marker, citation in first.items()
    )


def _left_out(exchange: Exchange) -> str:
    left_out = exchange.left_out
    if not left_out:
        return ""
    count = "1 sentence" if len(left_out) == 1 else f"{len(left_out)} sentences"
    items = "".join(
        f"<li><q>{running_text(sentence.text)}</q> {text(sentence.reason or '')}</li>"
        for sentence in left_out
    )
    return (
        f'<details class="left-out"><summary>{count} left out: not proved by the articles'
        f"</summary><ul>{items}</ul></details>"
    )


def _declined(exchange: Exchange, answer: Answer) -> str:
    because = (answer.abstained_because or "").strip()
    reason = f" Reason: {text(because)}." if because else ""
    return (
        '<section class="declined" role="note"><p><strong>The articles do not say.</strong>'
        f"{reason}</p>{_nearest(answer.evidence)}{offer_to_widen(exchange)}</section>"
        f"{_about(exchange, answer)}"
    )


def _nearest(evidence: Iterable[Quote]) -> str:
    articles = list({quote.article.id: quote.article for quote in evidence}.values())[:NEAREST]
    items = "".join(
        f"<li><cite>{text(article.title)}</cite> <span>{text(article.publisher or '')} "
        f"{day(article.published_on)}</span></li>"
        for article in articles
    )
    return f"<p>The nearest articles:</p><ul>{items}</ul>" if items else ""


def _about(exchange: Exchange, answer: Answer) -> str:
    seconds = f"{answer.timings.total_seconds:.1f} s"
    quoted = all(is_quotation(sentence) for sentence in answer.sentences if sentence.supported)
    if answer.abstained:
        told = f"Searched in {seconds}"
    elif quoted:
        told = f"Word for word from the articles · {seconds}"
    else:
        told = f"Written by {text(short_name(answer.model))}, every sentence checked · {seconds}"
    copies = "" if answer.abstained else _copy_buttons(answer)
    actions = f"{copies}{_edit(exchange)}{render_thumbs(exchange)}"
    return f'<p class="about"><span>{told}</span>{actions}</p>{render_reason(exchange)}'


def _copy_buttons(answer: Answer) -> str:
    return (
        f'<button type="button" class="quiet" data-copy="{text(as_text(answer))}">Copy</button>'
        f'<button type="button" class="quiet" data-copy="{text(as_markdown(answer))}">'
        "Copy as Markdown</button>"
    )


def _edit(exchange: Exchange) -> str:
    return (
        f'<button type="button" class="quiet" data-edit="{text(exchange.question)}">'
        "Edit question</button>"
    )


def _words(citation: Citation) -> str:
    return " ".join(citation.quote.split())


def _caption(article: Article) -> str:
    source = attribution(article)
    return (
        f"<figcaption><cite>{text(article.title)}</cite>{f' · {text(source)}' if source else ''}"
        "</figcaption>"
    )
