"""How well a system knows when to decline: over arrays with one value a question.

Columns are floats of 0 and 1, shape (n,), or (m, n) for m resamples at once.
"""

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]


def decline_precision(declined: Column, answerable: Column) -> Column:
    """Of the questions declined, the share that has no answer; 0 where none was declined."""
    return share(declined * (1 - answerable), declined)


def decline_recall(declined: Column, answerable: Column) -> Column:
    """Of the questions without an answer, the share that was declined."""
    return share(declined * (1 - answerable), 1 - answerable)


def decline_f1(declined: Column, answerable: Column) -> Column:
    """Return the harmonic mean of precision and recall of declining."""
    hits = np.sum(declined * (1 - answerable), axis=-1)
    both = np.sum(declined, axis=-1) + np.sum(1 - answerable, axis=-1)
    return _divided(2 * hits, both)


def over_refusal(declined: Column, answerable: Column) -> Column:
    """Of the questions that have an answer, the share that was declined."""
    return share(declined * answerable, answerable)


def risk_coverage(wrong: Column, confidence: Column) -> tuple[Column, Column]:
    """Return coverage and risk: answering the most confident share, how often is that wrong?

    El-Yaniv and Wiener, JMLR 2010. Both of shape (n,). Questions of equal confidence count with
    their mean, so that their order does not matter.
    """
    _, group, sizes = np.unique(-confidence, return_inverse=True, return_counts=True)
    means = np.bincount(group, weights=wrong) / sizes
    expected = np.repeat(means, sizes)
    answered = np.arange(1, len(wrong) + 1)
    return answered / len(wrong), np.cumsum(expected) / answered


def risk_coverage_area(wrong: Column, confidence: Column) -> float:
    """Return the mean risk over all coverages: less is better (Geifman et al., ICLR 2019: AURC)."""
    return float(np.mean(risk_coverage(wrong, confidence)[1])) if len(wrong) else float("nan")


def share(part: Column, whole: Column) -> Column:
    """Return sum(part) / sum(whole) over the last axis; 0 where there is nothing to divide by."""
    return _divided(np.sum(part, axis=-1), np.sum(whole, axis=-1))


def _divided(parts: Column, wholes: Column) -> Column:
    filled = np.maximum(wholes, 1)  # where there is nothing to divide by there is no part either
    return np.asarray(parts / filled)
