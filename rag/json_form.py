"""Answers and timelines as plain JSON values: articles by ids, quotes by offsets and words."""

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import NamedTuple

from rag.timeline import Event
from rag.types import Answer, Article, Citation, Quote, Span

SCORE_DIGITS = 4


class Place(NamedTuple):
    """Where quoted words stand."""

    article: Article
    span: Span


Locate = Callable[[str, Span, str], Place]  # the article's id, offsets, words -> where they are


def answer_form(answer: Answer) -> dict[str, object]:
    """Return everything about an answer; articles by their ids, listed once under `articles`."""
    articles: dict[str, Article] = {}
    form = {name: to_form(value, articles) for name, value in _fields(answer)}
    return {
        **form,
        "citations": to_form(answer.citations, articles),
        "articles": {id_: article_form(article) for id_, article in articles.items()},
    }


def to_form(value: object, articles: dict[str, Article]) -> object:
    """Return dataclasses as mappings, all the way down, and enter the articles that they name.

    What points into an article gives its id and the words, so that they can be shown even when the
    article is no longer the same.
    """
    words: dict[str, object] = {}
    match value:
        case Article():
            articles[value.id] = value
            return value.id
        case Citation():
            words = {"quote": value.quote}
        case Quote():
            words = {"quote": value.text, "score": round(value.score, SCORE_DIGITS)}
        case tuple() | list():
            return [to_form(each, articles) for each in value]
        case date():
            return value.isoformat()
    form = {name: to_form(each, articles) for name, each in _fields(value)}
    return form | words if form else value


def from_form(form: object, locate: Locate) -> object:
    """Return what `to_form` gave with articles in place, for pydantic to read as a dataclass."""
    if isinstance(form, list):
        return [from_form(each, locate) for each in form]
    if not isinstance(form, dict):
        return form
    if "quote" not in form:
        return {name: from_form(value, locate) for name, value in form.items()}
    place = locate(form["article"], Span(form["start"], form["end"]), form["quote"])
    also = {name: from_form(value, locate) for name, value in form.items() if name == "also"}
    start, end = place.span.start, place.span.end
    return form | also | {"article": place.article, "start": start, "end": end}


def article_form(article: Article) -> dict[str, object]:
    """Return what describes an article, without its text."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "published_origin": article.published_origin,
    }


def timeline_form(events: Iterable[Event]) -> dict[str, object]:
    """Return events in their order; articles by their ids, listed once under `articles`."""
    articles: dict[str, Article] = {}
    told = [_event_form(event, articles) for event in events]
    return {
        "events": told,
        "articles": {id_: article_form(article) for id_, article in articles.items()},
    }


def _event_form(event: Event, articles: dict[str, Article]) -> dict[str, object]:
    quoted = to_form(event.quote, articles)
    return {
        "from": event.days.first.isoformat(),
        "to": event.days.last.isoformat(),
        "dated_by": "sentence" if event.is_stated else "publication",
        **(quoted if isinstance(quoted, dict) else {}),
        "also": to_form(event.also, articles),
    }


def _fields(value: object) -> list[tuple[str, object]]:
    """Return a dataclass's fields with their values; none of anything else."""
    if not is_dataclass(value):
        return []
    return [(field.name, getattr(value, field.name)) for field in fields(value)]
