from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rag.composing import Citer, also_in, attribution, cited_text, is_quotation, reference
from rag.types import Article, Citation, Disagreement, Quote, Sentence

TRIP = Article("t", "Trip off", "Blinken cancelled his trip.", publisher="AP")
VOTE = Article("v", "Vote", "Brannock elected a new mayor.", published=date(2023, 11, 22))


def whole(article: Article) -> Quote:
    return Quote(article, 0, len(article.text))


def test_articles_are_numbered_in_the_order_in_which_they_are_first_cited() -> None:
    citer = Citer([whole(VOTE), whole(TRIP)])
    sentences = [
        citer.check("Blinken cancelled his trip."),
        citer.check("Nobody ever said that a fish could fly."),
        citer.check("Brannock elected a new mayor."),
        citer.check("His trip was cancelled."),
    ]
    assert [[citation.marker for citation in each.citations] for each in sentences] == [
        *([1], []),
        *([2], [1]),
    ]
    assert [sentence.supported for sentence in sentences] == [True, False, True, True]


def test_a_citation_names_the_other_articles_that_print_the_same_words() -> None:
    reprint = replace(TRIP, id="r", publisher="The Week", published=date(2023, 5, 3))
    citer = Citer([whole(TRIP)], echoes=lambda quote: (whole(reprint), whole(VOTE)))
    cited = citer.check("Blinken cancelled his trip.").citations
    assert cited == (Citation(1, TRIP, 0, len(TRIP.text), (whole(reprint), whole(VOTE))),)
    assert also_in(cited) == "also in The Week, 3 May 2023; 22 November 2023"
    assert also_in([Citation(1, TRIP, 0, 5)]) == ""


def test_a_models_own_markers_are_not_trusted() -> None:
    sentence = Citer([whole(TRIP)]).check(" Blinken cancelled his trip [7]. ")
    assert sentence.text == "Blinken cancelled his trip."
    assert sentence.citations == (Citation(1, TRIP, 0, len(TRIP.text)),)


def test_a_quote_says_who_wrote_it_in_the_articles_own_words() -> None:
    article = Article("1", "T", "He went\n home.", publisher="AP", published=date(2023, 6, 14))
    sentence = Citer([]).quote(whole(article))
    assert sentence.text == "AP, 14 June 2023: “He went home.”"
    assert sentence.citations[0].quote == "He went\n home."


def test_only_an_articles_own_words_are_a_quotation() -> None:
    untitled = Article("bare", "", "Nobody was hurt.")
    for article in (TRIP, untitled):
        quote = Quote(article, 0, len(article.text))
        sentences = [
            Citer([quote]).quote(quote),
            *(Citer([quote]).quote_against(quote, each) for each in Disagreement),
        ]
        assert all(map(is_quotation, sentences))
        said = [replace(sentence, text=sentence.text + "!") for sentence in sentences]
        assert not any(map(is_quotation, said))


@pytest.mark.parametrize(
    ("disagreement", "told"),
    [
        (Disagreement.NEWEST, "But AP, 4 February 2023 (newest): “"),
        (Disagreement.EARLIER, "But AP, 4 February 2023 (earlier): “"),
        (Disagreement.UNDATED, "But AP, 4 February 2023: “"),
    ],
)
def test_a_quote_that_says_otherwise_tells_when(disagreement: Disagreement, told: str) -> None:
    article = replace(TRIP, publisher="AP", published=date(2023, 2, 4))
    quote = Quote(article, 0, len(article.text))
    assert Citer([quote]).quote_against(quote, disagreement).text.startswith(told)


def test_an_articles_own_footnotes_are_not_taken_for_markers() -> None:
    article = Article("1", "Report [2]", "He went [1] home [3, 4] and [sic] died.")
    sentence = Citer([]).quote(whole(article))
    assert sentence.text == "“Report (2)”: “He went (1) home (3, 4) and [sic] died.”"
    assert cited_text([sentence]) == f"{sentence.text} [1]"
    assert sentence.citations[0].quote == article.text


def test_a_quotes_relative_dates_are_told_beside_its_words() -> None:
    text = "They spoke on Wednesday [2] and meet next week."
    article = Article("1", "T", text, publisher="AP", published=date(2023, 6, 15))
    sentence = Citer([]).quote(whole(article))
    assert sentence.text == (
        "AP, 15 June 2023: “They spoke on Wednesday (2) and meet next week.” "
        "(Wednesday = 14 June 2023; next week = 19 to 25 June 2023)"
    )
    assert cited_text([sentence]) == f"{sentence.text} [1]"
    assert sentence.citations[0].quote == text


def test_a_month_is_told_with_its_year() -> None:
    article = Article("1", "T", "They met in November.", "AP", published=date(2023, 6, 15))
    sentence = Citer([]).quote(whole(article))
    assert sentence.text == "AP, 15 June 2023: “They met in November.” (November 2022)"
    assert cited_text([sentence]) == f"{sentence.text} [1]"


def cited(text: str, *markers: int) -> Sentence:
    return Sentence(text, True, tuple(Citation(marker, TRIP, 0, 5) for marker in markers))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (cited("He went.", 1), "He went [1]."),
        (cited("He went!?", 1, 2), "He went [1][2]!?"),
        (cited("He went", 1), "He went [1]"),
        (cited("He went…", 1), "He went [1]…"),
        (cited('He said "no."', 1), 'He said "no [1]."'),
        (cited("He said “no.”", 1), "He said “no.” [1]"),
        (cited("He went (home).", 1), "He went (home) [1]."),
        (cited("He went.", 2, 2, 1), "He went [2][1]."),
        (
            cited(
                "He went.",
            ),
            "He went.",
        ),
        (cited("هو ذهب؟", 1), "هو ذهب؟ [1]"),
        (cited("...", 1), " [1]..."),
    ],
)
def test_markers_stand_before_the_closing_punctuation(sentence: Sentence, expected: str) -> None:
    assert cited_text([sentence]) == expected


def test_sentences_are_joined_by_a_space() -> None:
    assert cited_text([cited("He went.", 1), cited("She came.", 2)]) == (
        "He went [1]. She came [2]."
    )
    assert cited_text([]) == ""


NOON = datetime(2023, 6, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("article", "attributed", "referred"),
    [
        (
            Article("1", "Trip", "x", publisher="AP", published=NOON),
            "AP, 14 June 2023",
            "“Trip” (AP, 14 June 2023)",
        ),
        (Article("1", "Trip", "x", publisher="AP"), "AP", "“Trip” (AP)"),
        (
            Article("1", "Trip", "x", published=date(2023, 6, 4)),
            "4 June 2023",
            "“Trip” (4 June 2023)",
        ),
        (Article("1", "Trip", "x"), "", "“Trip”"),
        (Article("1", "", "x"), "", "an article without a headline"),
        (Article("1", "", "x", publisher="AP"), "AP", "an article without a headline (AP)"),
    ],
)
def test_an_article_is_named_by_what_is_known_of_it(
    article: Article, attributed: str, referred: str
) -> None:
    assert attribution(article) == attributed
    assert reference(article) == referred
