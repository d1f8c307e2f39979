"""Retrieval that heeds what time a question asks of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rag.dates import Period
from rag.retrieval import fuse
from rag.timing import Timing
from rag.types import Passage, Question, Retriever

LEAST = 0.6  # of a score that the farthest keep
DEPTH = 60  # passages that are weighed, of all days and of those asked of
ReadTiming = Callable[[Question], Timing]


class NearTimeRetriever:
    """Lets another retriever's scores fall with the distance from the time that is asked of.

    A score is multiplied by a factor from LEAST to 1. Beside the best passages of all days those
    of the days in question are weighed, which may stand too far down to be among the former.
    """

    def __init__(self, retriever: Retriever, *, read_timing: ReadTiming) -> None:
        self._retriever = retriever
        self._read_timing = read_timing

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        timing = self._read_timing(question)
        if k < 1 or not timing.matters:
            return self._retriever.retrieve(question, k)
        asked = [question, *(_within(question, *window) for window in timing.windows)]
        found = {
            passage.chunk_id: passage
            for each in asked
            for passage in self._retriever.retrieve(each, max(k, DEPTH))
        }
        weighed = [self._weighed(each, timing.nearness(each)) for each in found.values()]
        return sorted(weighed, key=lambda each: -each.score)[:k]

    def _weighed(self, passage: Passage, nearness: float) -> Passage:
        factor = LEAST + (1 - LEAST) * nearness
        return passage.scored(passage.score * factor) if passage.score > 0 else passage


class PublishedRetriever:
    """Where a question asks for the articles of certain days, as "from last week", keeps to them.

    Where those hold nothing, all days are searched. The notes tell either.
    """

    def __init__(self, retriever: Retriever, *, read_timing: ReadTiming) -> None:
        self._retriever = retriever
        self._read_timing = read_timing

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        periods = self._read_timing(question).publication
        return self._published(question, periods, k) or self._retriever.retrieve(question, k)

    def notes(self, question: Question) -> list[str]:
        """Return how the question's days were understood, and which articles were searched."""
        timing = self._read_timing(question)
        if not timing.publication:
            return timing.notes
        days = " and ".join(_on(period) for period in timing.publication)
        if self._published(question, timing.publication, 1):
            return [*timing.notes, f"Only articles published {days} were searched."]
        nothing = f"No article published {days} is about this; those of all days were searched."
        return [*timing.notes, nothing]

    def _published(self, question: Question, periods: list[Period], k: int) -> list[Passage]:
        narrowed = [_within(question, period.first, period.last) for period in periods]
        return fuse([self._retriever.retrieve(each, k) for each in narrowed])[:k]


def _within(question: Question, first: date | None, last: date | None) -> Question:
    """Return the question asked of the days from `first` to `last` that its own filters allow."""
    earliest = [day for day in (question.published_from, first) if day]
    latest = [day for day in (question.published_to, last) if day]
    return replace(
        question,
        published_from=max(earliest, default=None),
        published_to=min(latest, default=None),
    )


def _on(period: Period) -> str:
    if period.first is None or period.last is None:
        return period.written
    if period.first == period.last:
        return f"on {period.written}"
    return f"{'from' if ' to ' in period.written else 'in'} {period.written}"
