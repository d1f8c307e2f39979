"""What a question's parts find, in turn, so that no part and no article crowds out the others."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from math import ceil
from typing import NamedTuple, TypeVar

from rag.parts import split_parts
from rag.retrieval import RRF_K
from rag.types import Passage, Question, Quote, Retriever

LARGEST_SHARE = 0.4  # of all passages or quotes that are of one article, where others have any


Found = TypeVar("Found", Passage, Quote)
FindQuotes = Callable[[str, Sequence[Passage], int], list[Quote]]


class PartwiseRetriever:
    """Searches for a question that needs several articles as a whole and part by part."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        parts = split_parts(question.text)
        whole = self._retriever.retrieve(question, k)
        if not parts:
            return whole
        asked = (replace(question, text=part) for part in parts)
        rankings = [whole, *(self._retriever.retrieve(each, k) for each in asked)]
        in_turn = {each.chunk_id: each for each in chain(*zip_longest(*rankings)) if each}
        found = cap_articles(list(in_turn.values()), k)
        return [each.scored(1 / (RRF_K + rank)) for rank, each in enumerate(found, start=1)]


class PartwiseEvidence(NamedTuple):
    """Quotes, best first; of a question in parts the best of each part before all others.

    `parts` maps each part to its best quote; empty where the question is one thing.
    """

    quotes: list[Quote]
    parts: dict[str, Quote]


def find_evidence(
    find: FindQuotes, question: str, passages: Sequence[Passage], *, k: int
) -> PartwiseEvidence:
    """Return up to `k` quotes, found as a whole and part by part."""
    whole = find(question, passages, k)
    found = {part: find(part, passages, k) for part in split_parts(question)}
    parts: dict[str, Quote] = {}
    taken: set[tuple[str, int]] = set()
    for part, quotes in found.items():
        best = next((each for each in quotes if _key(each) not in taken), None)
        if best:
            parts[part] = best
            taken.add(_key(best))
    others = {_key(each): each for each in chain(*zip_longest(whole, *found.values())) if each}
    rest = [each for key, each in others.items() if key not in taken]
    return PartwiseEvidence([*parts.values(), *cap_articles(rest, k)][:k], parts)


def cap_articles(found: Sequence[Found], k: int) -> list[Found]:
    """Return the first `k`, of each article at most a share as long as there are others."""
    most = ceil(LARGEST_SHARE * k)
    counts: Counter[str] = Counter()
    kept: list[Found] = []
    left: list[Found] = []
    for each in found:
        counts[each.article.id] += 1
        (kept if counts[each.article.id] <= most else left).append(each)
    kept.extend(left)
    return kept[: max(k, 0)]


def _key(quote: Quote) -> tuple[str, int]:
    return quote.article.id, quote.start
