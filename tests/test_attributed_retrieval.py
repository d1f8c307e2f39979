import pytest

from rag.attributed_retrieval import AttributedRetriever
from rag.types import Article, Passage, Question

STRIKE = Article("strike", "Port strike", "Dockers walked out at the port.", "AP")
FLOOD = Article("flood", "Flood", "The river burst its banks.", "Gazette")
ECHO = Article("echo", "Port strike", "Dockers walked out at the port, AP says.", "Gazette")
ARTICLES = (FLOOD, ECHO, STRIKE)


class ByPublisher:
    """Finds the articles of the publishers asked for, in their order."""

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        names = {name.casefold() for name in question.publishers}
        found = [
            each for each in ARTICLES if not names or (each.publisher or "").casefold() in names
        ]
        return [Passage(n, each, 0, len(each.text), 1 / n) for n, each in enumerate(found, 1)][:k]


def retriever() -> AttributedRetriever:
    return AttributedRetriever(ByPublisher(), publishers=lambda: {"AP": 1, "Gazette": 2, "Post": 0})


@pytest.mark.parametrize(
    ("question", "found", "notes"),
    [
        pytest.param(
            Question("According to AP, why did dockers walk out?"),
            ["strike"],
            ["Only articles of AP were searched."],
            id="narrowed",
        ),
        pytest.param(
            Question("What did AP report on the river and its banks?"),
            ["flood", "echo", "strike"],
            ["No article of AP is about this; those of all publishers were searched."],
            id="widened",
        ),
        pytest.param(
            Question("According to Reuters, why did dockers walk out?"),
            ["flood", "echo", "strike"],
            ["The archive has no article of Reuters; those of all publishers were searched."],
            id="unknown",
        ),
        pytest.param(
            Question("Why did dockers walk out?"), ["flood", "echo", "strike"], [], id="unasked"
        ),
        pytest.param(
            Question("According to AP, why did dockers walk out?", publishers=("gazette",)),
            ["flood", "echo"],
            [],
            id="limited-to-another",
        ),
    ],
)
def test_the_publishers_asked_are_searched(
    question: Question, found: list[str], notes: list[str]
) -> None:
    assert [each.article.id for each in retriever().retrieve(question, 5)] == found
    assert retriever().notes(question) == notes
    assert retriever().retrieve(question, 0) == []
