"""492 sentences about the sample articles, written by us and by a small model, judged by us."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypedDict

from rag.cleaning import clean
from rag.reading import read
from rag.sentences import split_sentences
from rag.types import Quote, RawArticle
from rag.verification import find_support

ROOT = Path(__file__).parent.parent
PAIRS = Path(__file__).parent / "support" / "pairs.jsonl"
NEVER_PROVED = {"year", "unit", "quoted"}  # kinds of lies whose checks depend on no threshold


class Pair(TypedDict):
    article: str
    question: str
    sentence: str
    supported: bool
    kind: str


@cache
def quotes_by_title() -> dict[str, list[Quote]]:
    raw_articles = [raw for raw in read(ROOT / "articles") if isinstance(raw, RawArticle)]
    articles = [clean(raw) for raw in raw_articles]
    return {
        article.title: [
            Quote(article, span.start, span.end) for span in split_sentences(article.text)
        ]
        for article in articles
    }


def judged() -> Iterator[tuple[Pair, bool]]:
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        pair: Pair = json.loads(line)
        quotes = quotes_by_title()[pair["article"]]
        yield pair, bool(find_support(pair["sentence"], quotes, pair["question"]).quotes)


def test_lies_are_refused_and_most_of_what_is_right_is_proved() -> None:
    told = list(judged())
    lies = [proved for pair, proved in told if not pair["supported"]]
    right = [proved for pair, proved in told if pair["supported"]]
    assert sum(lies) <= 0.05 * len(lies)
    assert sum(right) >= 0.85 * len(right)


def test_another_year_or_unit_or_quotation_is_never_proved() -> None:
    wrongly = [
        pair["sentence"]
        for pair, proved in judged()
        if proved and not pair["supported"] and pair["kind"] in NEVER_PROVED
    ]
    assert wrongly == []
