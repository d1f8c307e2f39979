import re
import string
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.text_measures import contains_answer, exact_match, normalised, token_f1

WORDS = st.lists(
    st.sampled_from(["the", "a", "Ada", "ada.", "U.S.", "4,2", "“so”", "ten", "-", "An", "thé"]),
    max_size=8,
).map(" ".join)


def reference_words(text: str) -> list[str]:
    """A second implementation of SQuAD's normalisation, character by character."""
    kept = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return [word for word in re.split(r"\s+", re.sub(r"\b(?:a|an|the)\b", " ", kept)) if word]


def reference_f1(text: str, answer: str) -> float:
    given, expected = reference_words(text), reference_words(answer)
    if not given or not expected:
        return 1.0 if given == expected else 0.0
    left, common = list(expected), 0
    for word in given:
        if word in left:
            left.remove(word)
            common += 1
    if not common:
        return 0.0
    precision, recall = common / len(given), common / len(expected)
    return 2 * precision * recall / (precision + recall)


@given(text=WORDS, answers=st.lists(WORDS, min_size=1, max_size=3))
def test_exact_match_and_f1_agree_with_a_second_implementation(
    text: str, answers: Sequence[str]
) -> None:
    best = max(reference_f1(text, answer) for answer in answers)
    assert token_f1(text, answers) == pytest.approx(best)
    same = any(reference_words(text) == reference_words(answer) for answer in answers)
    assert exact_match(text, answers) == float(same)


def test_case_punctuation_articles_and_white_space_make_no_difference() -> None:
    assert normalised("  The  U.S.'s a  “Trip”, an ") == "uss “trip”"


@pytest.mark.parametrize(
    ("text", "answers", "f1"),
    [
        pytest.param("Wang Wentao", ["Minister Wang Wentao"], 0.8, id="two-of-three"),
        pytest.param("on 3 May", ["May", "3 May"], 0.8, id="best-of-the-answers"),
        pytest.param("ten ten", ["ten"], 2 / 3, id="repeated-word-counts-once"),
        pytest.param("no", ["yes"], 0.0, id="nothing-in-common"),
        pytest.param("no", [], 0.0, id="no-answers"),
    ],
)
def test_f1_has_the_value_computed_by_hand(text: str, answers: list[str], f1: float) -> None:
    assert token_f1(text, answers) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("text", "answer", "held"),
    [
        pytest.param("It was “Squid Game”.", "Squid Game", 1.0, id="curly-quotes"),
        pytest.param("There were 14 of them", "4", 0.0, id="part-of-a-number"),
        pytest.param("the Qin–Blinken call", "Blinken", 1.0, id="joined-by-a-dash"),
        pytest.param("at 4.2 million euros", "4.2 million", 1.0, id="decimal"),
        pytest.param("at 42 million euros", "4.2 million", 1.0, id="squad-drops-the-point"),
        pytest.param("anything", "the", 0.0, id="answer-of-nothing-but-an-article"),
    ],
)
def test_an_answer_is_contained_as_whole_words(text: str, answer: str, held: float) -> None:
    assert contains_answer(text, [answer]) == held
