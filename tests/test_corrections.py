from datetime import date

import pytest

from rag.corrections import without_corrected
from rag.types import Article, Quote

SAID = "Ada Berg won the election in Orleby by 19 votes, the office said."


def quote(text: str, *, day: int = 1, publisher: str | None = "AP", id_: str = "") -> Quote:
    article = Article(id_ or text, "", text, publisher=publisher, published=date(2023, 5, day))
    return Quote(article, 0, len(text))


def left(*quotes: Quote) -> list[str]:
    return [each.text for each in without_corrected(quotes)]


@pytest.mark.parametrize(
    "correction",
    [
        "Correction: An earlier article said that Ada Berg had won the election by 19 votes.",
        "An earlier version of this story wrongly stated that Berg won the election by 19 votes.",
        "A previous AP report of May 1 misstated that Berg won the Orleby election by 19 votes.",
    ],
)
def test_neither_the_error_nor_the_sentence_that_tells_it_is_left(correction: str) -> None:
    right = "She won by 29 votes."
    assert left(quote(SAID), quote(correction, day=2), quote(right, day=2)) == [right]


def test_a_sentence_that_also_sets_it_right_is_left() -> None:
    both = "An earlier article said Berg won the election by 19 votes; in fact it was 29."
    assert left(quote(SAID), quote(both, day=2)) == [both]


ERROR = "An earlier version of this article said that Berg won the election by 19 votes."


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(quote(SAID, publisher="Reuters"), id="another-publisher"),
        pytest.param(quote(SAID, day=9), id="published-later"),
        pytest.param(quote("Berg won the election by 29 votes."), id="another-number"),
        pytest.param(quote("In Aldern 19 votes were not valid."), id="another-thing"),
    ],
)
def test_what_the_correction_does_not_mean_is_left(other: Quote) -> None:
    assert left(other, quote(ERROR, day=2)) == [other.text]


@pytest.mark.parametrize(
    "text",
    [
        "An earlier version of the law was rejected by 19 votes.",
        "The first edition of the book sold 500 copies.",
        "The report said that the number of injured had risen to 12.",
    ],
)
def test_news_about_versions_and_reports_is_no_correction(text: str) -> None:
    assert left(quote(text)) == [text]


def test_an_undated_article_is_never_taken_for_corrected() -> None:
    undated = Quote(Article("1", "", SAID, publisher="AP"), 0, len(SAID))
    assert left(undated, quote(ERROR, day=2)) == [SAID]
