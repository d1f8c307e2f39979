from rag.excerpts import Excerpt, make_excerpts
from rag.sentences import split_sentences
from rag.types import Article, Quote, Span

TRIP = Article(
    "trip", "Trip off", "One is here. Two is here. Three is here. Four is here. Five. Six."
)
FLOOD = Article("flood", "Flood", "The river rose. It fell again.")


def sentences(article: Article) -> list[Quote]:
    return [Quote(article, span.start, span.end) for span in split_sentences(article.text)]


def texts(evidence: list[Quote], known: list[Quote]) -> list[str]:
    return [excerpt.text for excerpt in make_excerpts(evidence, known)]


def test_a_quote_comes_with_the_sentence_before_and_the_one_after() -> None:
    known = sentences(TRIP)
    assert make_excerpts([known[2]], known) == [Excerpt(TRIP, (Span(13, 54),))]
    assert texts([known[2]], known) == ["Two is here. Three is here. Four is here."]


def test_at_the_ends_of_an_article_there_is_only_one_neighbour() -> None:
    known = sentences(TRIP)
    assert texts([known[0]], known) == ["One is here. Two is here."]
    assert texts([known[-1]], known) == ["Five. Six."]


def test_quotes_of_one_article_are_one_excerpt_in_its_order() -> None:
    known = sentences(TRIP)
    assert texts([known[2], known[1]], known) == [
        "One is here. Two is here. Three is here. Four is here."
    ]
    assert texts([known[-1], known[0]], known) == ["One is here. Two is here. … Five. Six."]


def test_articles_come_in_the_order_of_their_best_quotes() -> None:
    trip, flood = sentences(TRIP), sentences(FLOOD)
    evidence = [flood[1], trip[0], flood[0]]
    assert texts(evidence, [*trip, *flood]) == [
        "The river rose. It fell again.",
        "One is here. Two is here.",
    ]


def test_neighbours_that_were_not_retrieved_are_left_out() -> None:
    known = sentences(TRIP)
    retrieved = [known[0], known[3], known[4]]
    assert texts([known[3]], retrieved) == ["Four is here. Five."]
    assert texts([known[0], known[3]], retrieved) == ["One is here. … Four is here. Five."]


def test_without_evidence_there_are_no_excerpts() -> None:
    assert make_excerpts([], sentences(TRIP)) == []
