"""Exchanges -> what is kept of them, and back, also where their articles are no longer the same."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from rag.conversations import KeptExchange
from rag.errors import ArchiveError
from rag.json_form import Place, article_form, from_form, to_form
from rag.page.conversation import Exchange, Fate
from rag.page.stand_ins import join_quotes
from rag.types import Article, Span

EXCHANGE = TypeAdapter(Exchange)
ARTICLE = TypeAdapter(Article)

SINCE = {  # what became of an article
    Fate.UPDATED: "was updated after this answer; the words quoted still stand in it",
    Fate.CHANGED: "was changed after this answer; the words are shown as they were then",
    Fate.GONE: "is no longer in the archive; the words are shown as they were then",
}

Quotes = dict[Span, str]  # words by their offsets


class Placed(NamedTuple):
    """An article as it is shown now, where in it the quotes stand, and what became of it."""

    article: Article
    spans: Mapping[Span, Span]
    fate: Fate | None


def keep(exchange: Exchange) -> KeptExchange:
    """Return everything about an exchange that has ended; of its articles, the words quoted."""
    articles: dict[str, Article] = {}
    form = to_form(replace(exchange, rating=None, outdated={}), articles)
    described = {id_: article_form(article) for id_, article in articles.items()}
    return KeptExchange(
        number=exchange.number,
        question=exchange.question,
        answer=exchange.answer.text if exchange.answer else "",
        form={"exchange": form, "articles": described},
    )


def restore(kept: KeptExchange, find_article: Callable[[str], Article | None]) -> Exchange:
    """Return the exchange as it was, with the articles as they are now.

    Where an article no longer has the words quoted, they alone are its text, and `outdated` says
    why.

    Raises:
        ArchiveError: it was kept by another version.
    """
    try:
        placed = {
            id_: _place(_described(kept, id_), quotes, find_article(id_))
            for id_, quotes in _quotes(kept).items()
        }

        def locate(article_id: str, span: Span, words: str) -> Place:
            article, spans, _ = placed[article_id]
            return Place(article, spans[span])

        exchange = EXCHANGE.validate_python(from_form(kept.form["exchange"], locate))
    except (ValidationError, LookupError, TypeError) as error:
        raise ArchiveError(
            "this conversation was kept by another version of Newsdesk and cannot be shown; open "
            "it with that version, or delete it"
        ) from error
    outdated = {id_: fate for id_, (_, _, fate) in placed.items() if fate}
    return replace(exchange, rating=kept.rating, outdated=outdated)


def _place(described: Article, quotes: Quotes, now: Article | None) -> Placed:
    """Return where the quotes stand: in the article as it is, else by themselves."""
    if now and all(now.text[span.start : span.end] == words for span, words in quotes.items()):
        return Placed(now, {span: span for span in quotes}, None)
    if now and all(words in now.text for words in quotes.values()):
        starts = {span: now.text.index(words) for span, words in quotes.items()}
        moved = {span: Span(at, at + span.end - span.start) for span, at in starts.items()}
        return Placed(now, moved, Fate.UPDATED)
    text, spans = join_quotes(quotes)
    return Placed(replace(described, text=text), spans, Fate.CHANGED if now else Fate.GONE)


def _described(kept: KeptExchange, article_id: str) -> Article:
    articles = kept.form["articles"]
    form = articles[article_id] if isinstance(articles, dict) else {}
    return ARTICLE.validate_json(json.dumps({**form, "text": ""}))


def _quotes(kept: KeptExchange) -> dict[str, Quotes]:
    """Return the words quoted of each article, by their offsets."""
    found: dict[str, Quotes] = {}
    for article_id, span, words in _quoted(kept.form["exchange"]):
        found.setdefault(article_id, {})[span] = words
    return found


def _quoted(form: object) -> Iterator[tuple[str, Span, str]]:
    if isinstance(form, dict) and "quote" in form:
        yield form["article"], Span(form["start"], form["end"]), form["quote"]
        yield from _quoted(form.get("also", []))
    elif isinstance(form, dict | list):
        for each in form.values() if isinstance(form, dict) else form:
            yield from _quoted(each)
