import numpy as np
import pytest
from scipy.stats import binom

from rag.evaluation.declining_measures import decline_precision
from rag.evaluation.intervals import Interval, bootstrap_interval, mean, paired_difference


def test_interval_of_a_share_is_that_of_the_binomial_distribution() -> None:
    column = np.repeat([1.0, 0.0], [60, 140])
    expected = binom.ppf([0.025, 0.975], 200, 0.3) / 200
    assert bootstrap_interval([column], mean) == pytest.approx(tuple(expected), abs=0.01)


def test_interval_agrees_with_resampling_by_hand() -> None:
    column = np.random.default_rng(1).normal(5.0, 2.0, 80)
    random = np.random.default_rng(2)
    means = [random.choice(column, 80).mean() for _ in range(4000)]
    expected = np.percentile(means, [2.5, 97.5])
    assert bootstrap_interval([column], mean) == pytest.approx(tuple(expected), abs=0.06)


def test_the_same_data_has_the_same_interval_again() -> None:
    column = np.random.default_rng(3).random(50)
    assert bootstrap_interval([column], mean) == bootstrap_interval([column], mean)


def test_a_measure_that_never_varies_has_an_interval_of_one_point() -> None:
    assert bootstrap_interval([np.ones(9)], mean) == Interval(1.0, 1.0)


def test_one_question_has_no_interval() -> None:
    assert bootstrap_interval([np.ones(1)], mean) is None


def test_columns_of_a_ratio_are_resampled_together() -> None:
    declined, answerable = np.array([1.0, 1, 1, 0] * 10), np.array([0.0, 0, 1, 1] * 10)
    interval = bootstrap_interval([declined, answerable], decline_precision)
    assert interval == pytest.approx((0.48, 0.83), abs=0.04)


def test_p_value_of_few_questions_is_exact() -> None:
    # four questions all won: of the 16 ways to exchange them, two are as extreme
    difference = paired_difference([np.zeros(4)], [np.ones(4)], mean)
    assert difference.value == 1.0
    assert difference.p_value == pytest.approx(2 / 16)


def test_p_value_agrees_with_the_sign_test() -> None:
    first = np.zeros(40)
    second = np.repeat([1.0, -1.0, 0.0], [15, 5, 20])
    expected = 2 * binom.cdf(5, 20, 0.5)
    assert paired_difference([first], [second], mean).p_value == pytest.approx(expected, abs=0.015)


def test_the_same_results_differ_by_nothing() -> None:
    column = np.random.default_rng(4).random(30)
    assert paired_difference([column], [column], mean) == (0.0, (0.0, 0.0), 1.0)


def test_one_question_says_nothing_of_a_difference() -> None:
    assert paired_difference([np.zeros(1)], [np.ones(1)], mean) == (1.0, None, None)
