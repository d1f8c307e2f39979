"""Question -> passages: by meaning, by words, and by both, fused."""

from collections.abc import Iterable, Sequence
from itertools import repeat

from embeddings.protocols import Embedder, Hit
from rag.dense_index import DenseIndex
from rag.lexical_index import LexicalIndex
from rag.store import Store
from rag.types import Passage, Question, Reranker, Retriever

RRF_K = 60  # Cormack, Clarke and Büttcher, SIGIR 2009


class LexicalRetriever:
    """Scores are BM25."""

    def __init__(self, store: Store, index: LexicalIndex) -> None:
        self._store = store
        self._index = index

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        if k < 1:
            return []
        return _hydrate(self._store, self._index.search(question, question.text, k))


class DenseRetriever:
    """Scores are cosines. Finds only chunks that have a vector already."""

    def __init__(self, store: Store, index: DenseIndex, embedder: Embedder) -> None:
        self._store = store
        self._index = index
        self._embedder = embedder

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        if k < 1:
            return []
        [query] = self._embedder.embed_queries([question.text])
        limits = question.limits
        only = self._store.matching_chunks(limits) if limits else None
        return _hydrate(self._store, self._index.search(self._store, query, k, only=only))


class HybridRetriever:
    """Fuses what several retrievers find by their ranks, and reorders it where there is a reranker.

    `candidates` is how many passages each retriever contributes.
    """

    def __init__(
        self,
        retrievers: Sequence[Retriever],
        *,
        candidates: int,
        reranker: Reranker | None = None,
    ) -> None:
        self._retrievers = retrievers
        self._candidates = candidates
        self._reranker = reranker

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        depth = max(k, self._candidates)
        fused = fuse([retriever.retrieve(question, depth) for retriever in self._retrievers])
        if self._reranker:
            fused = self._reranker.rank(question.text, fused[:depth])
        return fused[: max(k, 0)]


def fuse(
    rankings: Iterable[Sequence[Passage]], weights: Iterable[float] = repeat(1.0)
) -> list[Passage]:
    """Return every passage once, best first, scored by reciprocal rank fusion.

    The score is the sum over the rankings of weight / (RRF_K + rank), ranks from 1; passages of
    equal score keep the order in which the rankings name them.
    """
    scores: dict[int, float] = {}
    passages: dict[int, Passage] = {}
    for ranking, weight in zip(rankings, weights, strict=False):
        for rank, passage in enumerate(ranking, start=1):
            passages.setdefault(passage.chunk_id, passage)
            gain = weight / (RRF_K + rank)
            scores[passage.chunk_id] = scores.get(passage.chunk_id, 0.0) + gain
    best = sorted(scores, key=lambda chunk_id: -scores[chunk_id])
    return [passages[chunk_id].scored(scores[chunk_id]) for chunk_id in best]


def _hydrate(store: Store, hits: Sequence[Hit]) -> list[Passage]:
    return store.passages({hit.id: hit.score for hit in hits})
