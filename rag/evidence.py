"""Passages -> quotes: the sentences that answer a question, scored, before anything is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from embeddings.protocols import Embedder
from rag.chunking import heading
from rag.sentences import split_sentences
from rag.types import Passage, Quote
from rag.words import content_stems

SENTENCES_EMBEDDED = 24  # the most promising by words; about 150 ms on two cores
SHORTEST = 20  # characters; less is no sentence that proves anything
HEADING_WEIGHT = 0.5  # a word of the question that only the headline has counts half
# Hand-set: meaning finds the sentence, words keep it to the names and numbers asked for, and the
# place in the ranking breaks ties.
MEANING_WEIGHT, WORDS_WEIGHT, RANK_WEIGHT = 0.5, 0.4, 0.1


@dataclass(frozen=True, slots=True)
class EvidenceFinder:
    """`rarity` gives a stem's inverse document frequency."""

    embedder: Embedder
    rarity: Callable[[str], float]

    def find(self, question: str, passages: Sequence[Passage], k: int) -> list[Quote]:
        """Return up to `k` sentences of the passages, best first, scores in [0, 1]."""
        candidates = _candidates(passages)
        if not candidates:
            return []
        weights = {stem: self.rarity(stem) for stem in content_stems(question)}
        words = np.array([_coverage(weights, quote) for quote, _ in candidates])
        ranks = np.array([1 / rank for _, rank in candidates])
        hopeful = np.argsort(-(words + RANK_WEIGHT * ranks), kind="stable")[:SENTENCES_EMBEDDED]
        meaning = np.zeros(len(candidates))
        meaning[hopeful] = self._similarity(question, [candidates[row][0] for row in hopeful])
        scores = MEANING_WEIGHT * meaning + WORDS_WEIGHT * words + RANK_WEIGHT * ranks
        best = np.argsort(-scores, kind="stable")[:k]
        return [_scored(candidates[row][0], float(scores[row])) for row in best]

    def _similarity(self, question: str, quotes: Sequence[Quote]) -> npt.NDArray[np.float32]:
        """Return each quote's cosine with the question, in [0, 1], shape (len(quotes),)."""
        query = self.embedder.embed_queries([question])[0]
        vectors = self.embedder.embed_passages([quote.text for quote in quotes])
        similarity: npt.NDArray[np.float32] = np.clip(vectors @ query, 0.0, 1.0)
        return similarity


def sentence_quotes(passages: Sequence[Passage]) -> list[Quote]:
    """Return every sentence of the passages once, in the order of the passages."""
    return [quote for quote, _ in _candidates(passages)]


def _candidates(passages: Sequence[Passage]) -> list[tuple[Quote, int]]:
    """Return each sentence with the rank of the first passage that has it, from 1."""
    found: dict[tuple[str, int], tuple[Quote, int]] = {}
    for rank, passage in enumerate(passages, start=1):
        for span in split_sentences(passage.text):
            start, end = passage.start + span.start, passage.start + span.end
            if span.end - span.start >= SHORTEST:
                found.setdefault(
                    (passage.article.id, start), (Quote(passage.article, start, end), rank)
                )
    return list(found.values())


def _coverage(weights: dict[str, float], quote: Quote) -> float:
    """Return the share, in [0, 1], of the question's weight that the quote's words have."""
    total = sum(weights.values())
    if not total:
        return 0.0
    own = set(content_stems(quote.text))
    above = set(content_stems(heading(quote.article)))
    found = sum(
        weight * (1.0 if stem in own else HEADING_WEIGHT if stem in above else 0.0)
        for stem, weight in weights.items()
    )
    return found / total


def _scored(quote: Quote, score: float) -> Quote:
    return Quote(quote.article, quote.start, quote.end, min(1.0, max(0.0, score)))
