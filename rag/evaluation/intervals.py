"""How sure a figure is: bootstrap intervals and paired permutation tests, always the same."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import bootstrap, permutation_test

Column = npt.NDArray[np.float64]
Statistic = Callable[..., Column]  # columns (…, n) -> (…,)

CONFIDENCE = 0.95
RESAMPLES = 2000
PERMUTATIONS = 2999
SEED = 20231122
AT_ONCE = 2_000_000  # numbers resampled at once: 16 MB a column


class Interval(NamedTuple):
    low: float
    high: float


class Difference(NamedTuple):
    """`p_value` is two-sided."""

    value: float
    interval: Interval | None
    p_value: float | None


def mean(column: Column, axis: int = -1) -> Column:
    return np.asarray(np.mean(column, axis=axis))


def bootstrap_interval(columns: Sequence[Column], statistic: Statistic) -> Interval | None:
    """Return the 95 % percentile interval over resampled questions; None for fewer than two.

    Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13. The percentile method
    needs no variance, which a measure that is 1 for every question does not have.
    """
    if len(columns[0]) < 2:
        return None
    if all(np.ptp(column) == 0 for column in columns):  # every resample is the same
        value = float(statistic(*columns))
        return Interval(value, value)
    found = bootstrap(
        tuple(columns),
        lambda *resampled, axis=-1: statistic(*resampled),
        paired=True,
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=_batch(len(columns[0])),
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return Interval(float(found.low), float(found.high))


def paired_difference(
    first: Sequence[Column], second: Sequence[Column], statistic: Statistic
) -> Difference:
    """Return statistic(second) - statistic(first) over the same questions in the same order.

    The test exchanges the two systems' results within each question (Fisher's randomisation, as
    Smucker, Allan and Carterette, CIKM 2007, advise for comparing retrieval systems).
    """
    count = len(first[0])
    both = [np.concatenate(pair) for pair in zip(first, second, strict=True)]
    ones, twos = np.arange(count), np.arange(count) + count

    def difference(one: npt.NDArray[np.int64], two: npt.NDArray[np.int64]) -> Column:
        of_two = statistic(*(column[two] for column in both))
        return np.asarray(of_two - statistic(*(column[one] for column in both)))

    value = float(difference(ones, twos))
    if count < 2:
        return Difference(value, None, None)
    interval = bootstrap_interval(
        [ones.astype(float), twos.astype(float)],
        lambda one, two: difference(one.astype(int), two.astype(int)),
    )
    tested = permutation_test(
        (ones, twos),
        lambda one, two, axis=-1: difference(one, two),
        permutation_type="samples",
        vectorized=True,
        n_resamples=PERMUTATIONS,
        batch=_batch(count),
        rng=np.random.default_rng(SEED),
    )
    return Difference(value, interval, float(tested.pvalue))


def _batch(count: int) -> int:
    """Return how many resamples of so many questions are computed at once."""
    return max(1, AT_ONCE // count)
