"""Question -> passages of the publishers that it asks, or of all where those tell nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from rag.attribution import Attribution, find_attribution
from rag.types import Passage, Question, Retriever
from rag.words import content_stems

ABOUT = 0.5  # of the question's words that are found anywhere, which a publisher must have
LOOKED_AT = 3  # passages that tell whether a publisher writes about it

CountPublishers = Callable[[], Mapping[str, int]]


class AttributedRetriever:
    """Where a question asks what a publisher says, as "according to AP", keeps to its articles.

    Where those are not about it, all are searched. The notes tell either.
    """

    def __init__(self, retriever: Retriever, *, publishers: CountPublishers) -> None:
        self._retriever = retriever
        self._publishers = publishers

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        return self._own(question, self._asked(question), k) or self._retriever.retrieve(
            question, k
        )

    def notes(self, question: Question) -> list[str]:
        """Return which publishers' articles were searched, where the question names any."""
        asked = self._asked(question)
        notes = [f"The archive has no article of {name}." for name in asked.unknown]
        if not asked.publishers:
            return [f"{note[:-1]}; those of all publishers were searched." for note in notes]
        names = _listed(asked.publishers)
        if self._own(question, asked, LOOKED_AT):
            return [*notes, f"Only articles of {names} were searched."]
        nothing = f"No article of {names} is about this; those of all publishers were searched."
        return [*notes, nothing]

    def _asked(self, question: Question) -> Attribution:
        """Return the publishers asked, of those that the question is limited to."""
        asked = find_attribution(question.text, self._publishers())
        limits = {publisher.casefold() for publisher in question.publishers}
        within = [each for each in asked.publishers if not limits or each.casefold() in limits]
        return replace(asked, publishers=tuple(within))

    def _own(self, question: Question, asked: Attribution, k: int) -> list[Passage]:
        """Return what the publishers write about it; nothing where they hardly do."""
        if not asked.publishers or k < 1:
            return []
        found = self._retriever.retrieve(replace(question, publishers=asked.publishers), k)
        anywhere = self._retriever.retrieve(question, LOOKED_AT)
        stems = set(content_stems(question.text)) - set(content_stems(" ".join(asked.publishers)))
        return found if _share(stems, found) >= ABOUT * _share(stems, anywhere) else []


def _share(stems: set[str], passages: list[Passage]) -> float:
    """Return the largest share of the stems that one of the first passages has."""
    told = (f"{each.article.title} {each.text}" for each in passages[:LOOKED_AT])
    shares = (len(stems.intersection(content_stems(text))) / len(stems) for text in told if stems)
    return max(shares, default=0.0)


def _listed(publishers: tuple[str, ...]) -> str:
    *others, last = publishers
    return f"{', '.join(others)} and {last}" if others else last
