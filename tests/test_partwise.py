from collections.abc import Sequence

from rag.partwise import PartwiseRetriever, cap_articles, find_evidence
from rag.types import Article, Passage, Question, Quote

TOLD = "The bridge is 3 km long. It is blue. It is new. It is old."
BRIDGE = Article("bridge", "Bridge opens", TOLD)
TUNNEL = Article("tunnel", "Tunnel dug", "The tunnel is 5 km long.")
LONGER = "Which is longer, the bridge or the tunnel?"


def passage(number: int, article: Article) -> Passage:
    return Passage(number, article, 0, len(article.text), 1 / number)


class ByWord:
    """Finds the passages of the article whose id the question names, the bridge's first."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        self.asked.append(question.text)
        bridges = [passage(number, BRIDGE) for number in range(1, 20)]
        tunnels = [passage(20, TUNNEL)]
        named = [bridges] * ("bridge" in question.text) + [tunnels] * ("tunnel" in question.text)
        return [each for found in named for each in found][:k]


def ids(found: Sequence[Passage | Quote]) -> list[str]:
    return [each.article.id for each in found]


def test_each_part_is_searched_for_and_none_crowds_out_the_others() -> None:
    retriever = ByWord()
    found = PartwiseRetriever(retriever).retrieve(Question(LONGER), 4)
    assert retriever.asked == [LONGER, "Which is longer the bridge", "Which is longer the tunnel"]
    assert ids(found) == ["bridge", "tunnel", "bridge", "bridge"]
    assert found == sorted(found, key=lambda each: -each.score)


def test_a_question_that_is_one_thing_is_asked_as_it_is() -> None:
    retriever = ByWord()
    found = PartwiseRetriever(retriever).retrieve(Question("How long is the bridge?"), 3)
    assert retriever.asked == ["How long is the bridge?"]
    assert ids(found) == ["bridge"] * 3


def test_an_article_has_no_more_than_its_share_while_there_are_others() -> None:
    long, short = passage(1, BRIDGE), passage(2, TUNNEL)
    capped = cap_articles([long, long, long, long, short], 5)
    assert ids(capped) == ["bridge", "bridge", "tunnel", "bridge", "bridge"]
    assert cap_articles([long], 0) == []


def find(question: str, passages: Sequence[Passage], k: int) -> list[Quote]:
    """Quote the bridge first, but for a question of the tunnel alone."""
    quotes = [Quote(BRIDGE, 0, 24, 0.9), Quote(BRIDGE, 25, 36, 0.8), Quote(TUNNEL, 0, 24, 0.7)]
    return (quotes[::-1] if "bridge" not in question else quotes)[:k]


def test_the_best_quote_of_each_part_comes_before_all_others() -> None:
    quotes, parts = find_evidence(find, LONGER, [], k=3)
    assert [quote.text for quote in quotes] == [
        "The bridge is 3 km long.",
        "The tunnel is 5 km long.",
        "It is blue.",
    ]
    assert list(parts.values()) == quotes[:2]


def test_of_a_question_that_is_one_thing_the_quotes_stay_as_they_are() -> None:
    assert find_evidence(find, "How long is the bridge?", [], k=2) == (find("bridge", [], 2), {})
