"""Results -> figures: every mean and ratio with its interval, over all questions and by kind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag.evaluation.declining_measures import (
    decline_f1,
    decline_precision,
    decline_recall,
    over_refusal,
    risk_coverage_area,
)
from rag.evaluation.intervals import Column, Statistic, bootstrap_interval, mean
from rag.evaluation.results import Result

ANSWERING = ("accuracy", "answer_contained", "answer_exact", "answer_f1")
PROVING = ("supported_share", "citation_precision", "citation_recall", "quote_exact")
COSTS = (
    "evidence_seconds",
    "first_token_seconds",
    "total_seconds",
    "prompt_tokens",
    "written_tokens",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over `count` questions; no interval where there are fewer than two."""

    name: str
    value: float
    low: float | None
    high: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Measure:
    """How a figure is computed: `read` gives a question's row of columns, None: does not apply."""

    name: str
    read: Callable[[Result], tuple[float, ...] | None]
    statistic: Statistic


def make_figures(results: Sequence[Result]) -> list[Figure]:
    """Return every figure that the results allow, in the order in which people read them."""
    found = (figure(measure, results) for measure in measures_of(results))
    return [each for each in found if each is not None]


def figures_by_kind(results: Sequence[Result]) -> dict[str, list[Figure]]:
    """Return the figures of each kind of question, kinds in order of appearance."""
    kinds = dict.fromkeys(result.case.kind for result in results if result.case.kind)
    return {
        kind: make_figures([result for result in results if result.case.kind == kind])
        for kind in kinds
    }


def figure(measure: Measure, results: Sequence[Result]) -> Figure | None:
    columns = columns_of(measure, results)
    if columns is None:
        return None
    interval = bootstrap_interval(columns, measure.statistic)
    low, high = interval or (None, None)
    value = float(measure.statistic(*columns))
    return Figure(measure.name, value, low, high, len(columns[0]))


def columns_of(measure: Measure, results: Sequence[Result]) -> list[Column] | None:
    """Return what the measure reads of the questions that it applies to; None: of none."""
    rows = [row for result in results if (row := measure.read(result)) is not None]
    return list(np.array(rows, dtype=float).T) if rows else None


def measures_of(results: Iterable[Result]) -> list[Measure]:
    """Return the measures that at least one of the results allows."""
    results = list(results)
    known = dict.fromkeys(name for result in results for name in result.measures)
    ranking = [name for name in known if name not in (*ANSWERING, *PROVING)]
    averaged = {name: _averaged(name) for name in (*ANSWERING, *ranking, *PROVING)}
    everything = [
        *(averaged[name] for name in ANSWERING),
        *declining(results),
        *(averaged[name] for name in (*ranking, *PROVING)),
        *(_percentile(name, label, q) for name in COSTS for label, q in PERCENTILES.items()),
    ]
    return [measure for measure in everything if any(measure.read(result) for result in results)]


def declining(results: Sequence[Result]) -> list[Measure]:
    """Return the measures of declining; precision and recall where some questions lack an answer.

    The order of trust for risk and coverage is the score of the best evidence, since it is known
    for every answer whoever wrote it.
    """
    kinds = {result.case.answerable for result in results}
    measures = [
        Measure("decline_precision", _declined, decline_precision),
        Measure("decline_recall", _declined_unanswerable, decline_recall),
        Measure("decline_f1", _declined, decline_f1),
    ]
    judged = any(each.case.answerable and each.accuracy is not None for each in results)
    return [
        *(measures if False in kinds else []),
        Measure("over_refusal", _declined_answerable, over_refusal),
        *([Measure("risk_coverage_area", _risk, _areas)] if judged else []),
    ]


def _averaged(name: str) -> Measure:
    def read(result: Result) -> tuple[float, ...] | None:
        value = result.measures.get(name)
        return None if value is None else (value,)

    return Measure(name, read, mean)


PERCENTILES: Mapping[str, float] = {"median": 50.0, "p95": 95.0}


def _percentile(name: str, label: str, percent: float) -> Measure:
    def read(result: Result) -> tuple[float, ...] | None:
        value = result.costs.get(name)
        return None if value is None else (value,)

    def statistic(column: Column) -> Column:
        return np.asarray(np.percentile(column, percent, axis=-1))

    return Measure(f"{name}_{label}", read, statistic)


def _declined(result: Result) -> tuple[float, ...] | None:
    answerable = result.case.answerable
    if result.declined is None or answerable is None:
        return None
    return (float(result.declined), float(answerable))


def _declined_answerable(result: Result) -> tuple[float, ...] | None:
    return _declined(result) if result.case.answerable else None


def _declined_unanswerable(result: Result) -> tuple[float, ...] | None:
    return None if result.case.answerable else _declined(result)


def _risk(result: Result) -> tuple[float, ...] | None:
    if result.declined is not False or result.accuracy is None or result.confidence is None:
        return None
    return (1.0 - result.accuracy, result.confidence)


def _areas(wrong: Column, confidence: Column) -> Column:
    if wrong.ndim == 1:
        return np.asarray(risk_coverage_area(wrong, confidence))
    return np.array([_areas(*rows) for rows in zip(wrong, confidence, strict=True)])
