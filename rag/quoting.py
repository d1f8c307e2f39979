"""Answers in the articles' own words, and the words of articles that say otherwise."""

from collections.abc import Sequence

from rag.answerability import WEAK
from rag.composing import Citer
from rag.rivals import find_rivals, newest
from rag.types import Article, Disagreement, Quote, Sentence

QUOTES_IN_ANSWER = 2
NEAR_BEST = 0.85  # a second quote joins the best where it scores at least this share of it


def quote_best(citer: Citer, evidence: Sequence[Quote], parts: int) -> list[Sentence]:
    """Answer with the best quote, and the second if it is nearly as good and tells the same.

    A question in `parts` is answered with a quote for each, which stand first in the evidence.
    """
    if parts:
        near = [quote for quote in evidence[:parts] if quote.score >= WEAK]
        return [citer.quote(quote) for quote in near or evidence[:1]]
    enough = evidence[0].score * NEAR_BEST
    best = [quote for quote in evidence[:QUOTES_IN_ANSWER] if quote.score >= enough]
    rivals = find_rivals(citer.question, best[:1], best)
    return [citer.quote(quote) for quote in best if quote not in rivals]


def quote_rivals(
    citer: Citer, evidence: Sequence[Quote], told: Sequence[Sentence]
) -> list[Sentence]:
    """Quote the articles that say otherwise than what is told, and say which is the newest."""
    cited = [Quote(c.article, c.start, c.end) for each in told for c in each.citations]
    rivals = find_rivals(citer.question, cited, [*evidence, *citer.quotes])
    last = newest([*cited, *rivals])
    return [citer.quote_against(rival, _age(rival, last)) for rival in rivals]


def _age(rival: Quote, last: Article | None) -> Disagreement:
    if last is None:
        return Disagreement.UNDATED
    return Disagreement.NEWEST if rival.article.id == last.id else Disagreement.EARLIER
