import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support

from rag.evaluation.declining_measures import (
    decline_f1,
    decline_precision,
    decline_recall,
    over_refusal,
    risk_coverage,
    risk_coverage_area,
)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=20))
def test_declining_agrees_with_scikit_learn(pairs: list[tuple[bool, bool]]) -> None:
    declined, answerable = np.array(pairs, dtype=float).T
    expected = precision_recall_fscore_support(
        1 - answerable, declined, average="binary", zero_division=0
    )
    ours = [
        float(measure(declined, answerable))
        for measure in (decline_precision, decline_recall, decline_f1)
    ]
    assert ours == pytest.approx([float(value) for value in expected[:3]])


def test_over_refusal_is_the_share_of_the_answerable_that_was_declined() -> None:
    declined, answerable = np.array([1.0, 1, 0, 0, 0]), np.array([0.0, 1, 1, 1, 1])
    assert float(over_refusal(declined, answerable)) == 0.25


def test_many_resamples_are_measured_at_once() -> None:
    declined = np.array([[1.0, 0.0], [1.0, 1.0]])
    assert decline_precision(declined, np.array([[0.0, 1.0], [0.0, 1.0]])).tolist() == [1.0, 0.5]


def test_risk_rises_with_coverage_as_computed_by_hand() -> None:
    wrong, confidence = np.array([1.0, 0, 0, 1]), np.array([0.1, 0.9, 0.8, 0.5])
    coverage, risk = risk_coverage(wrong, confidence)
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk == pytest.approx([0.0, 0.0, 1 / 3, 0.5])
    assert risk_coverage_area(wrong, confidence) == pytest.approx((0 + 0 + 1 / 3 + 0.5) / 4)


def test_the_order_of_equally_confident_answers_does_not_matter() -> None:
    confidence = np.array([0.5, 0.5, 0.5, 0.9])
    areas = [risk_coverage_area(np.array(w), confidence) for w in ([1.0, 0, 0, 0], [0, 0, 1.0, 0])]
    assert areas == pytest.approx([(0 + 1 / 6 + 2 / 9 + 1 / 4) / 4] * 2)


def test_a_system_that_knows_when_it_is_wrong_has_the_smallest_area() -> None:
    wrong = np.array([0.0, 0, 1, 1])
    known = risk_coverage_area(wrong, np.array([4.0, 3, 2, 1]))
    reversed_ = risk_coverage_area(wrong, np.array([1.0, 2, 3, 4]))
    assert (known, reversed_) == pytest.approx(((1 / 3 + 1 / 2) / 4, (1 + 1 + 2 / 3 + 1 / 2) / 4))
