import math
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chunking import embedded_text
from rag.evidence import SENTENCES_EMBEDDED, EvidenceFinder, sentence_quotes
from rag.types import Article, Passage
from tests.fakes import WordEmbedder

TEXT = (
    "The minister cancelled the trip because of a balloon. "
    "Rain fell on the harbour all day long. No. "
    "The trip was planned for the first week of February."
)


def equal(stem: str) -> float:
    return 1.0


def passage(
    text: str, *, title: str = "", article_id: str = "1", start: int = 0, end: int | None = None
) -> Passage:
    article = Article(article_id, title, text)
    return Passage(1, article, start, len(text) if end is None else end, score=1.0)


def find(
    question: str,
    passages: list[Passage],
    k: int = 10,
    rarity: Callable[[str], float] = equal,
) -> list[str]:
    finder = EvidenceFinder(WordEmbedder(), rarity)
    return [quote.text for quote in finder.find(question, passages, k)]


def test_the_sentence_that_answers_comes_first() -> None:
    assert find("Why was the trip cancelled?", [passage(TEXT)]) == [
        "The minister cancelled the trip because of a balloon.",
        "The trip was planned for the first week of February.",
        "Rain fell on the harbour all day long.",
    ]


def test_no_more_quotes_come_than_were_asked_for() -> None:
    assert find("Why was the trip cancelled?", [passage(TEXT)], k=1) == [
        "The minister cancelled the trip because of a balloon."
    ]


def test_a_score_adds_meaning_words_and_rank() -> None:
    finder = EvidenceFinder(WordEmbedder(), equal)
    (quote,) = finder.find("balloon trip", [passage("Balloon trip cancelled today.")], 1)
    cosine = 2 / math.sqrt(2 * 4)
    assert quote.score == pytest.approx(0.5 * cosine + 0.2 * 1.0 + 0.2 * 1.0 + 0.1 * 1.0)


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    rarity = {"balloon": 9.0, "trip": 1.0}
    text = "The minister spoke of the trip. The minister spoke of the balloon."
    assert find("trip balloon", [passage(text)], rarity=lambda stem: rarity[stem])[0] == (
        "The minister spoke of the balloon."
    )


def test_words_of_the_headline_and_of_the_neighbours_count_less_than_the_sentences_own() -> None:
    finder = EvidenceFinder(WordEmbedder(), equal)
    text = "The flood came at night. They spoke for an hour. Nobody was hurt."
    quotes = finder.find("Orleby flood", [passage(text, title="News from Orleby")], 3)
    embedder = WordEmbedder()
    texts = [embedded_text(quote.article, quote.text) for quote in quotes]
    cosines = embedder.embed_queries(texts) @ embedder.embed_queries(["Orleby flood"])[0]
    by_words = [quote.score - 0.5 * float(row) for quote, row in zip(quotes, cosines, strict=True)]
    assert {quote.text: round(score, 3) for quote, score in zip(quotes, by_words, strict=True)} == {
        "The flood came at night.": 0.4,  # 0.2 / 2 of its own, 0.2 around it, 0.1 for the rank
        "They spoke for an hour.": 0.3,  # nothing of its own, 0.2 around it, 0.1
        "Nobody was hurt.": 0.2,  # the headline alone: 0.2 / 2, 0.1
    }


def test_a_quote_is_an_exact_slice_of_the_article_not_of_the_passage() -> None:
    article = Article("1", "t", f"Something before it. {TEXT}", published=date(2023, 2, 4))
    finder = EvidenceFinder(WordEmbedder(), equal)
    (quote,) = finder.find("balloon", [Passage(1, article, 21, 74, 1.0)], 1)
    assert (quote.article, quote.start, quote.end) == (article, 21, 74)
    assert quote.text == "The minister cancelled the trip because of a balloon."


def test_a_sentence_in_two_overlapping_passages_is_one_quote() -> None:
    both = [passage(TEXT, end=92), passage(TEXT, start=54)]
    assert [quote.text for quote in sentence_quotes(both)] == [
        "The minister cancelled the trip because of a balloon.",
        "Rain fell on the harbour all day long.",
        "The trip was planned for the first week of February.",
    ]


def test_the_same_words_in_two_articles_are_two_quotes() -> None:
    both = [passage(TEXT, article_id="1"), passage(TEXT, article_id="2")]
    assert [quote.article.id for quote in sentence_quotes(both)] == ["1"] * 3 + ["2"] * 3


def test_only_the_most_promising_sentences_are_embedded() -> None:
    embedder = WordEmbedder()
    sentences = [f"The minister spoke {number} times of rain." for number in range(100)]
    sentences[90] = "The balloon crossed the whole country."
    found = EvidenceFinder(embedder, equal).find("balloon", [passage(" ".join(sentences))], 1)
    assert [quote.text for quote in found] == ["The balloon crossed the whole country."]
    assert len(embedder.embedded) == SENTENCES_EMBEDDED


@pytest.mark.parametrize(
    "passages",
    [
        pytest.param([], id="no-passage"),
        pytest.param([passage("")], id="empty-text"),
        pytest.param([passage("No. Yes. 😀")], id="nothing-long-enough"),
    ],
)
def test_where_there_is_no_sentence_there_is_no_evidence(passages: list[Passage]) -> None:
    assert find("Why was the trip cancelled?", passages) == []


@pytest.mark.parametrize("question", ["", "???", "😀", "What was it?", "\u202e\u200f"])
def test_a_question_without_a_meaning_word_never_scores_as_an_answer(question: str) -> None:
    finder = EvidenceFinder(WordEmbedder(), lambda stem: pytest.fail("there is no stem"))
    assert finder.find(question, [passage(TEXT)], 1)[0].score <= 0.2


def test_words_that_no_archive_has_weigh_nothing_rather_than_fail() -> None:
    assert find("trip", [passage(TEXT)], k=1, rarity=lambda stem: 0.0) == [
        "The minister cancelled the trip because of a balloon."
    ]


@given(
    st.text() | st.text(alphabet="trip TRIP.?! \n\u200f\u202eß😀[1]"),
    st.text(min_size=1) | st.text(alphabet="trip TRIP.?! \n\u200f\u202eß😀[1]", min_size=1),
    st.text(max_size=5),
)
def test_scores_are_shares_and_quotes_are_slices(question: str, text: str, title: str) -> None:
    quotes = EvidenceFinder(WordEmbedder(), equal).find(question, [passage(text, title=title)], 5)
    assert all(0.0 <= quote.score <= 1.0 for quote in quotes)
    assert all(quote.text == text[quote.start : quote.end].strip() != "" for quote in quotes)
    assert quotes == sorted(quotes, key=lambda quote: -quote.score)


def test_a_sentence_without_the_kind_of_answer_asked_for_comes_later() -> None:
    text = "The Orleby ferry had stopped again. The Orleby ferry had stopped because it burned."
    assert find("Why had the Orleby ferry stopped?", [passage(text)])[0] == (
        "The Orleby ferry had stopped because it burned."
    )


def test_what_a_correction_takes_back_is_no_evidence() -> None:
    wrong = Article(
        "1", "Vote", "Berg won the vote by 19 ballots.", "AP", published=date(2023, 5, 1)
    )
    right = Article(
        "2",
        "Correction",
        "An earlier article said Berg had won the vote by 19 ballots. In fact it was 29 ballots.",
        "AP",
        published=date(2023, 5, 2),
    )
    passages = [Passage(1, each, 0, len(each.text), 1.0) for each in (wrong, right)]
    assert find("By how many ballots did Berg win the vote?", passages) == [
        "In fact it was 29 ballots."
    ]


def test_what_somebody_said_comes_before_its_echo() -> None:
    echo = "The ministry's harsh words on the balloon visit surprised diplomats in the capital."
    said = "The ministry said the visit would go ahead, balloon or not."
    asked = "What did the ministry say on the balloon visit?"
    assert find(asked, [passage(f"{echo} {said}")]) == [said, echo]
