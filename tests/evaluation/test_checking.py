"""Simple methods beside the check of written sentences."""

import numpy as np
import pytest

from benchmarks.checking import Judged, compare, prove, score
from benchmarks.sets.support import as_written
from rag.types import Article, Quote
from tests.fakes import WordEmbedder


def judged(number: int, sentence: str, *, supported: bool) -> Judged:
    text = "Rain closed three roads on Monday."
    quote = Quote(Article(str(number), "", text), 0, len(text))
    return Judged(str(number), sentence, "", [quote], supported)


RIGHT = [judged(number, "Rain closed three roads.", supported=True) for number in range(10)]
LIES = [judged(number, "Snow closed four ports.", supported=False) for number in range(10, 20)]


def test_a_simple_method_gives_the_share_of_words_or_the_cosine() -> None:
    scores = score([RIGHT[0], LIES[0]], WordEmbedder())
    assert scores["words of one quote"] == pytest.approx([1.0, 0.25])
    assert scores["words of the article"] == pytest.approx([1.0, 0.25])
    assert scores["cosine"][0] > scores["cosine"][1]


def test_a_threshold_is_chosen_on_other_articles_than_it_counts_on() -> None:
    groups = [str(number // 2) for number in range(20)]
    supported = np.array([1.0, 0.0] * 10)
    scores = np.array([0.8, 0.4] * 10)
    scores[0] = 0.3  # the only one of its kind: where it counts, no threshold knew of it
    proved = prove(scores, supported, groups)
    assert proved.tolist() == [0.0, *([0.0, 1.0] * 9), 0.0]


def test_each_method_is_told_with_how_much_the_check_is_above_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = compare([*RIGHT, *LIES], WordEmbedder())
    assert list(told) == ["the check", "words of one quote", "words of the article", "cosine"]
    assert capsys.readouterr().out.startswith("the check: 100.0 % [100.0–100.0]\n")


@pytest.mark.parametrize(
    ("apart", "together"),
    [
        ("more than 13, 000 twins", "more than 13,000 twins"),
        ("2. 4 miles at $ 800, 000", "2.4 miles at $800,000"),
        ("the u. s. judge", "the u.s. judge"),
        ("a 51 - year - old", "a 51-year-old"),
        ("In 2012, 300 people came. 40 left.", "In 2012, 300 people came. 40 left."),
    ],
)
def test_tokens_are_put_together_as_people_write(apart: str, together: str) -> None:
    assert as_written(apart) == together
