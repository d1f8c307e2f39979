"""Passages -> quotes: the sentences that answer a question, scored, before anything is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from embeddings.protocols import Embedder
from rag.chunking import embedded_text, heading
from rag.corrections import without_corrected
from rag.expectation import expected_kind, offers
from rag.sentences import split_sentences
from rag.statements import asked_speaker, is_statement
from rag.types import Passage, Quote
from rag.words import content_stems

SENTENCES_EMBEDDED = 12  # the most promising by words; more find no better, see EXPERIMENTS.md
SHORTEST = 12  # characters; less is no sentence that proves anything
# Hand-set: meaning finds the sentence, its words keep it to the names and numbers asked for, those
# around it to the subject, and the place in the ranking breaks ties. A "why" wants a reason.
MEANING_WEIGHT, WORDS_WEIGHT, CONTEXT_WEIGHT, RANK_WEIGHT = 0.5, 0.2, 0.2, 0.1
OTHER_KIND_PENALTY = 0.15
STATEMENT_BONUS = 0.15  # asked what somebody said, their words come before echoes of them


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence, the text it stands in with its neighbours, and its passage's rank, from 1."""

    quote: Quote
    context: str
    rank: int


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
        kind, speaker = expected_kind(question), asked_speaker(question)
        scores = np.array(
            [
                _score_words(weights, each)
                - OTHER_KIND_PENALTY * (not offers(kind, each.quote.text, question))
                + STATEMENT_BONUS * is_statement(each.quote.text, speaker)
                for each in candidates
            ]
        )
        hopeful = np.argsort(-scores, kind="stable")[:SENTENCES_EMBEDDED]
        scores[hopeful] += MEANING_WEIGHT * self._similarity(
            question, [candidates[row].quote for row in hopeful]
        )
        best = np.argsort(-scores, kind="stable")[:k]
        return [
            replace(candidates[row].quote, score=float(np.clip(scores[row], 0, 1))) for row in best
        ]

    def _similarity(self, question: str, quotes: Sequence[Quote]) -> npt.NDArray[np.float32]:
        """Return each quote's cosine with the question, in [0, 1], shape (len(quotes),)."""
        query = self.embedder.embed_queries([question])[0]
        texts = [embedded_text(quote.article, quote.text) for quote in quotes]
        vectors = self.embedder.embed_passages(texts)
        similarity: npt.NDArray[np.float32] = np.clip(vectors @ query, 0.0, 1.0)
        return similarity


def sentence_quotes(passages: Sequence[Passage]) -> list[Quote]:
    """Return every sentence of the passages once, in their order, without what was corrected."""
    return [candidate.quote for candidate in _candidates(passages)]


def _candidates(passages: Sequence[Passage]) -> list[Candidate]:
    found: dict[tuple[str, int], Candidate] = {}
    for rank, passage in enumerate(passages, start=1):
        spans = split_sentences(passage.text)
        for number, span in enumerate(spans):
            start, end = passage.start + span.start, passage.start + span.end
            if span.end - span.start >= SHORTEST:
                first, last = spans[max(0, number - 1)], spans[min(number + 1, len(spans) - 1)]
                quote = Quote(passage.article, start, end)
                context = f"{heading(passage.article)} {passage.text[first.start : last.end]}"
                found.setdefault((passage.article.id, start), Candidate(quote, context, rank))
    standing = without_corrected([candidate.quote for candidate in found.values()])
    return [found[quote.article.id, quote.start] for quote in standing]


def _score_words(weights: dict[str, float], candidate: Candidate) -> float:
    return (
        WORDS_WEIGHT * _coverage(weights, candidate.quote.text)
        + CONTEXT_WEIGHT * _coverage(weights, candidate.context)
        + RANK_WEIGHT / candidate.rank
    )


def _coverage(weights: dict[str, float], text: str) -> float:
    """Return the share, in [0, 1], of the question's weight that the words of `text` have."""
    total = sum(weights.values())
    if not total:
        return 0.0
    stems = set(content_stems(text))
    return sum(weight for stem, weight in weights.items() if stem in stems) / total
