"""Two runs of the same questions: what became better or worse, and whether that can be chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.evaluation.figures import Measure, columns_of, measures_of
from rag.evaluation.intervals import Difference, paired_difference
from rag.evaluation.results import Result
from rag.evaluation.run_folder import Run, RunError


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of both runs over the `count` questions that it applies to in both."""

    name: str
    first: float
    second: float
    difference: Difference
    count: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`won` are the questions that only the second run got right, `lost` only the first."""

    measures: list[Compared]
    won: list[tuple[Result, Result]]
    lost: list[tuple[Result, Result]]
    only_first: int
    only_second: int
    pairs: int


def compare(first: Run, second: Run) -> Comparison:
    """Pair the questions of two runs by their ids.

    Raises:
        RunError: the runs share no question, or ask different ones under the same id.
    """
    pairs = _paired(first, second)
    left, right = [one for one, _ in pairs], [two for _, two in pairs]
    shared = {measure.name: measure for measure in measures_of(right)}
    measures = [
        compared
        for measure in measures_of(left)
        if measure.name in shared and (compared := _compare(measure, left, right)) is not None
    ]
    return Comparison(
        measures=measures,
        won=[(one, two) for one, two in pairs if (is_right(one), is_right(two)) == (False, True)],
        lost=[(one, two) for one, two in pairs if (is_right(one), is_right(two)) == (True, False)],
        only_first=len(first.results) - len(pairs),
        only_second=len(second.results) - len(pairs),
        pairs=len(pairs),
    )


def _paired(first: Run, second: Run) -> list[tuple[Result, Result]]:
    others = {result.case.id: result for result in second.results}
    pairs = [(one, others[one.case.id]) for one in first.results if one.case.id in others]
    if not pairs:
        raise RunError(
            f"{first.folder} and {second.folder} share no question; compare two runs of one set"
        )
    for one, two in pairs:
        if one.case.asked() != two.case.asked():
            raise RunError(
                f"the question {one.case.id} is not the same in {first.folder} and "
                f"{second.folder}; compare two runs of one set"
            )
    return pairs


def _compare(measure: Measure, left: Sequence[Result], right: Sequence[Result]) -> Compared | None:
    """Compare over the questions that the measure applies to in both runs."""
    both = [
        (one, two)
        for one, two in zip(left, right, strict=True)
        if measure.read(one) is not None and measure.read(two) is not None
    ]
    first = columns_of(measure, [one for one, _ in both])
    second = columns_of(measure, [two for _, two in both])
    if first is None or second is None:
        return None
    return Compared(
        measure.name,
        float(measure.statistic(*first)),
        float(measure.statistic(*second)),
        paired_difference(first, second, measure.statistic),
        len(both),
    )


def is_right(result: Result) -> bool | None:
    """Whether the answer is right, or, where only passages were ranked, stands in the first five.

    None where the set does not say what is right.
    """
    ranked = result.measures.get("answer_recall@5", result.measures.get("hit@5"))
    value = result.accuracy if result.answer else ranked
    return None if value is None else value == 1.0
