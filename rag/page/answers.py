"""Exchanges -> HTML: questions, answers with their proof, what was left out and why."""

from collections.abc import Iterable

from rag.composing import is_quotation
from rag.page.bounds import offer_to_widen, render_limits
from rag.page.conversation import Exchange
from rag.page.copying import as_markdown, as_text
from rag.page.escaping import render_trouble, running_text, text
from rag.page.found import render_all_quotes, render_first_quotes, render_nearest
from rag.page.proof import render_quotation, render_sentence
from rag.page.ratings import render_reason, render_thumbs
from rag.page.status import short_name
from rag.types import Answer

AGAIN = "again"  # asks a question again, as it was or edited; what followed it is dropped
LONG = 160  # characters of a stand-alone question that are worth folding away


def render_exchanges(exchanges: Iterable[Exchange]) -> str:
    return "".join(render_exchange(exchange) for exchange in exchanges)


def render_exchange(exchange: Exchange) -> str:
    number = exchange.number
    return (
        f'<article class="exchange" id="exchange-{number}" aria-label="Question {number}" '
        f'data-state="{_state(exchange)}"><h2 class="question">{text(exchange.question)}</h2>'
        f"{render_limits(exchange.limits)}{_searched(exchange)}"
        f"{_body(exchange)}</article>"
    )


def _state(exchange: Exchange) -> str:
    if exchange.has_ended:
        return "ended"
    if exchange.evidence is None:
        return "searching"
    return "writing" if exchange.checked or exchange.unchecked else "reading"


def _searched(exchange: Exchange) -> str:
    """Return the stand-alone question, where it is another than the one asked."""
    searched = exchange.searched.strip()
    if searched in ("", exchange.question):
        return ""
    if len(searched) <= LONG:
        return f'<p class="searched">Searched for <q>{text(searched)}</q></p>'
    return (
        f'<details class="searched" id="searched-{exchange.number}"><summary>Searched together '
        f"with the question before</summary><q>{text(searched)}</q></details>"
    )


def _body(exchange: Exchange) -> str:
    if exchange.answer is not None:
        return _answer(exchange, exchange.answer)
    number, evidence, written = exchange.number, exchange.evidence or (), _written(exchange)
    quotes = (render_all_quotes if written else render_first_quotes)(number, evidence)
    if exchange.error is not None:
        return f"{render_trouble(exchange.error)}{quotes}{written}{_about(exchange, '')}"
    if exchange.stopped:
        return f"{quotes}{written}{_about(exchange, 'Stopped.')}"
    waiting = "" if written else " waiting"
    progress = f'<p class="progress{waiting}">{_progress(exchange)}</p>'
    return f"{quotes}{written}{progress}" if written else f"{progress}{quotes}"


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


def _written(exchange: Exchange) -> str:
    """Return the answer as far as it is written: sentences checked, and the one in the making."""
    checked = " ".join(
        render_sentence(exchange.number, place, sentence)
        for place, sentence in enumerate(exchange.checked)
    )
    pending = exchange.unchecked.strip()
    if pending:
        checked += f' <span class="pending">{text(pending)}</span>'
    return f'<div class="answer"><p>{checked.strip()}</p></div>' if checked else ""


def _answer(exchange: Exchange, answer: Answer) -> str:
    if answer.abstained:
        return _declined(exchange, answer)
    number = exchange.number
    proved = [(place, each) for place, each in enumerate(answer.sentences) if each.supported]
    quoted = "".join(render_quotation(number, *each) for each in proved if is_quotation(each[1]))
    said = " ".join(render_sentence(number, *each) for each in proved if not is_quotation(each[1]))
    paragraph = f"<p>{said}</p>" if said else ""
    return (
        f"{render_all_quotes(number, answer.evidence)}"
        f'<div class="answer">{paragraph}{quoted}</div>{_left_out(exchange)}'
        f"{_about(exchange, _told(answer), _copy_buttons(answer))}"
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
        f'<details class="left-out" id="left-out-{exchange.number}"><summary>{count} left out: not '
        f"proved by the articles</summary><ul>{items}</ul></details>"
    )


def _declined(exchange: Exchange, answer: Answer) -> str:
    because = (answer.abstained_because or "").strip()
    reason = f" Reason: {text(because)}." if because else ""
    return (
        '<section class="declined" aria-label="No answer"><p><strong>The articles do not say.'
        f"</strong>{reason}</p>{render_nearest(exchange.number, answer.evidence)}"
        f"{offer_to_widen(exchange)}</section>"
        f"{_about(exchange, f'Searched in {_seconds(answer)}')}"
    )


def _told(answer: Answer) -> str:
    """Return who wrote the answer, and how long it took."""
    if all(is_quotation(sentence) for sentence in answer.sentences if sentence.supported):
        return f"Word for word from the articles · {_seconds(answer)}"
    name = text(short_name(answer.model))
    return f"Written by {name}, every sentence checked · {_seconds(answer)}"


def _seconds(answer: Answer) -> str:
    return f"{answer.timings.total_seconds:.1f} s"


def _about(exchange: Exchange, told: str, copies: str = "") -> str:
    """Return the line below an exchange that has ended: what there is to say and to do."""
    said = f"<span>{told}</span>" if told else ""
    number = exchange.number
    return (
        f'<div class="about">{said}<span class="actions">{copies}'
        f'<button type="button" class="quiet" id="edit-{number}" data-edit="{number}" '
        f'data-question="{text(exchange.question)}" aria-label="Edit question">Edit</button>'
        f'<button type="button" class="quiet again" id="again-{number}" data-act="{AGAIN}" '
        f'data-number="{number}">Ask again</button>'
        f"{render_thumbs(exchange)}</span></div>{render_reason(exchange)}"
    )


def _copy_buttons(answer: Answer) -> str:
    return (
        f'<button type="button" class="quiet" data-copy="{text(as_text(answer))}">Copy</button>'
        f'<button type="button" class="quiet" data-copy="{text(as_markdown(answer))}" '
        'aria-label="Copy as Markdown">as Markdown</button>'
    )
