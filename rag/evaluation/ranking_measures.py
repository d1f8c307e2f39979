"""How well a ranking of passages serves a question.

The standard measures are trec_eval's own, through ir-measures: beside ranx it is a tenth of the
size and needs neither a compiler at run time nor a second plotting library.
"""

from collections.abc import Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

from rag.evaluation.questions import Case, GoldQuote
from rag.evaluation.text_measures import contains_answer
from rag.types import Article, Passage

DEPTHS = (1, 3, 5, 10, 20)
MEASURES = {
    **{f"hit@{k}": Success @ k for k in DEPTHS},
    **{f"recall@{k}": R @ k for k in DEPTHS},
    "mrr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
}
QUERY = "q"


def ranking_measures(ranked: Sequence[str], relevant: Sequence[str]) -> dict[str, float]:
    """Return hit (Success) and recall at every depth, MRR@10 and nDCG@10 of one ranking.

    `ranked` are names, best first; one that comes again counts where it came first.
    """
    order = list(dict.fromkeys(ranked))
    run = {QUERY: {name: float(len(order) - rank) for rank, name in enumerate(order)}}
    if not order:
        return dict.fromkeys(MEASURES, 0.0)
    grades = {QUERY: dict.fromkeys(relevant, 1)}
    names = {measure: name for name, measure in MEASURES.items()}
    computed = ir_measures.iter_calc(list(MEASURES.values()), grades, run)
    found = {names[metric.measure]: float(metric.value) for metric in computed}
    return {name: found[name] for name in MEASURES}


def answer_recall(texts: Sequence[str], answers: Sequence[str]) -> dict[str, float]:
    """Return for every depth 1.0 where an answer stands in one of the first k texts.

    The retrieval accuracy of Karpukhin et al., DPR, EMNLP 2020.
    """
    held = [contains_answer(text, answers) for text in texts]
    return {f"answer_recall@{k}": max(held[:k], default=0.0) for k in DEPTHS}


def passage_measures(case: Case, passages: Sequence[Passage]) -> dict[str, float]:
    """Return every measure that the case's answers, articles and quotes allow."""
    measures: dict[str, float] = {}
    if case.answers:
        measures |= answer_recall([passage.text for passage in passages], case.answers)
    if case.articles:
        ranked = [named(passage.article, case.articles) for passage in passages]
        measures |= ranking_measures(ranked, case.articles)
    if case.quotes:
        relevant = [f"quote {number}" for number, _ in enumerate(case.quotes)]
        by_quote = ranking_measures(_quotes_in_order(case.quotes, passages), relevant)
        measures |= {f"quote_{name}": value for name, value in by_quote.items()}
    return measures


def named(article: Article, names: Sequence[str]) -> str:
    """Return which of the names means the article, by id or by title; else its id, marked."""
    for name in names:
        if name == article.id or _plain(name) == _plain(article.title):
            return name
    return f"other {article.id}"


def holds_quote(passage: Passage, quote: GoldQuote) -> bool:
    """Whether the passage holds the quote, white space apart; or, by its offsets, most of it."""
    if quote.article == passage.article.id and quote.start is not None and quote.end is not None:
        overlap = min(passage.end, quote.end) - max(passage.start, quote.start)
        return 2 * overlap > quote.end - quote.start
    return _plain(quote.text) in _plain(passage.text)


def _quotes_in_order(quotes: Sequence[GoldQuote], passages: Sequence[Passage]) -> list[str]:
    """Return the quotes as the passages bring them, and a name for each passage that brings none.

    A passage that brings two takes two places.
    """
    order: list[str] = []
    for rank, passage in enumerate(passages):
        held = [f"quote {n}" for n, quote in enumerate(quotes) if holds_quote(passage, quote)]
        order += held or [f"passage {rank}"]
    return order


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
