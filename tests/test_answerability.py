import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answerability import Signs, Weights, likelihood, log_odds, read_signs
from rag.sentences import split_sentences
from rag.types import Article, Quote

TRIP = Article(
    "trip",
    "Blinken stays at home",
    "The trip was cancelled because of a balloon. It was planned for 3 February.",
    publisher="AP",
    published=date(2023, 2, 4),
)
FLOOD = Article("flood", "Orleby flood", "The river rose by two metres.")
shares = st.floats(0, 1)


def sentences(article: Article) -> list[Quote]:
    return [Quote(article, span.start, span.end) for span in split_sentences(article.text)]


def signs(question: str, opinion: float | None = None) -> Signs:
    first, second = sentences(TRIP)
    evidence = [replace(first, score=0.6), *sentences(FLOOD)]
    return read_signs(question, evidence, [first, second, *sentences(FLOOD)], opinion)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        pytest.param("Why was the trip cancelled?", 1.0, id="it-names-nothing"),
        pytest.param("Why did Blinken stay?", 1.0, id="the-headline-has-the-name"),
        pytest.param("Why did Blinken not go on 3 February 2023?", 1.0, id="the-date-is-there"),
        pytest.param("Why did Blinken not go in 2021?", 0.5, id="another-year"),
        pytest.param("Why did Raimondo go to Orleby?", 0.0, id="names-of-another-article"),
    ],
)
def test_names_and_numbers_count_where_the_best_quotes_article_has_them(
    question: str, named: float
) -> None:
    assert signs(question).named == named


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        pytest.param("Why was the trip cancelled?", 1.0, id="a-reason"),
        pytest.param("How many people were on the trip?", 0.0, id="no-number"),
        pytest.param("What happened to the trip?", 1.0, id="any-answer-will-do"),
    ],
)
def test_the_best_quote_offers_the_kind_of_answer_or_not(question: str, offered: float) -> None:
    assert (signs(question).offered, signs(question).score) == (offered, 0.6)


def test_an_opinion_becomes_log_odds() -> None:
    assert signs("Why?", opinion=0.75).opinion == pytest.approx(math.log(3))
    assert signs("Why?").opinion is None
    assert log_odds(0.5) == 0.0
    assert log_odds(1.0) == pytest.approx(-log_odds(0.0)) == pytest.approx(math.log(1e6))


def test_weights_are_those_of_a_logistic_regression() -> None:
    weights = Weights(-1.0, {"score": 2.0, "opinion": 0.5})
    assert weights.probability(Signs(0.5, 1.0, 1.0, opinion=math.log(9))) == pytest.approx(0.75)


@given(shares, shares, st.sampled_from([0.0, 1.0]), st.none() | shares)
def test_a_likelihood_is_a_probability_and_a_surer_model_makes_it_likelier(
    score: float, named: float, offered: float, opinion: float | None
) -> None:
    first = Signs(score, named, offered, None if opinion is None else log_odds(opinion))
    assert 0 < likelihood(first) < 1
    if first.opinion is not None:
        assert likelihood(first._replace(opinion=first.opinion + 1)) > likelihood(first)
