from collections.abc import Sequence

import pytest

from rag.composing import Citer
from rag.evaluation.proof_measures import proof_measures
from rag.types import Answer, Article, Citation, Quote, Sentence, Timings

ARTICLE = Article("a1", "Trip", "Ada came in May. Eve stayed. Bob left in June.")
MAY, EVE, JUNE = ((0, 16), (17, 28), (29, 46))


def cite(*spans: tuple[int, int]) -> tuple[Citation, ...]:
    return tuple(Citation(1, ARTICLE, start, end) for start, end in spans)


def answer(text: str, *sentences: Sentence) -> Answer:
    return Answer("?", text, sentences, (), False, None, "test", Timings(0.0, None, 0.0))


def needs(*words: str) -> "Checker":
    return Checker(words)


class Checker:
    """Takes a sentence as proved where the quotes have all the words."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words

    def __call__(self, sentence: str, quotes: Sequence[Quote]) -> bool:
        text = " ".join(quote.text for quote in quotes)
        return all(word in text for word in self.words)


def text_of(article_id: str) -> str | None:
    return {"a1": ARTICLE.text}.get(article_id)


def test_an_articles_own_words_need_no_checker() -> None:
    quoted = Citer([]).quote(Quote(ARTICLE, *MAY))
    measures = proof_measures(answer(quoted.text, quoted), text_of, checker=needs("nothing"))
    assert (measures["citation_recall"], measures["citation_precision"]) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("spans", "words", "precision", "recall"),
    [
        pytest.param([MAY], ["May"], 1.0, 1.0, id="one-that-proves"),
        pytest.param([MAY, EVE], ["May"], 0.5, 1.0, id="one-needless"),
        pytest.param([MAY, JUNE], ["May", "June"], 1.0, 1.0, id="both-needed"),
        pytest.param([EVE], ["May"], 0.0, 0.0, id="none-proves"),
        pytest.param([MAY, EVE, JUNE], ["May", "June"], 2 / 3, 1.0, id="needless-among-needed"),
    ],
)
def test_citations_are_judged_as_alce_defines(
    spans: list[tuple[int, int]], words: list[str], precision: float, recall: float
) -> None:
    sentence = Sentence("It is so.", True, cite(*spans))
    found = proof_measures(answer("It is so [1].", sentence), text_of, checker=needs(*words))
    assert found["citation_precision"] == pytest.approx(precision)
    assert found["citation_recall"] == recall


def test_sentences_left_out_of_the_text_count_as_unsupported_but_not_as_uncited() -> None:
    shown, left_out = Sentence("It is so.", True, cite(MAY)), Sentence("Or not.", False)
    found = proof_measures(answer("It is so [1].", shown, left_out), text_of, checker=needs("May"))
    assert (found["supported_share"], found["citation_recall"]) == (0.5, 1.0)


def test_a_shown_sentence_without_citation_lowers_recall() -> None:
    cited, bare = Sentence("It is so.", True, cite(MAY)), Sentence("Or not.", False)
    found = proof_measures(answer("It is so [1]. Or not.", cited, bare), text_of)
    assert found["citation_recall"] <= 0.5


def test_quotes_are_compared_with_the_archive() -> None:
    other = Article("a1", "Trip", "Ada never came. " + ARTICLE.text)
    wrong = Sentence("It is so.", True, (Citation(1, other, 0, 15),))
    right = Sentence("It is so.", True, cite(MAY))
    exact = [proof_measures(answer("It is so [1].", each), text_of) for each in (right, wrong)]
    assert [each["quote_exact"] for each in exact] == [1.0, 0.0]


def test_an_answer_that_declines_has_nothing_to_prove() -> None:
    assert proof_measures(answer("The articles do not say."), text_of) == {}
