"""Sentences of one article as quotes, for the tests of what is compared."""

from datetime import date

from rag.checks.statements import Match, match, read_statement
from rag.sentences import split_sentences
from rag.types import Article, Quote


def quotes_of(text: str, *, title: str = "", published: date | None = None) -> list[Quote]:
    article = Article("1", title, text, publisher="AP", published=published)
    return [Quote(article, span.start, span.end) for span in split_sentences(text)]


def matched(sentence: str, said: str) -> Match:
    return match(read_statement(sentence), read_statement(said))
