import pytest

from rag.evaluation.figures import Figure, figures_by_kind, make_figures
from rag.evaluation.questions import Case
from rag.evaluation.results import Result

ANSWER: dict[str, object] = {"text": "Ada"}


def result(
    answerable: bool, declined: bool, right: float, confidence: float = 0.5, *, kind: str = "who"
) -> Result:
    case = Case("1", "?", ("Ada",) if answerable else (), answerable=answerable, kind=kind)
    measures = {"accuracy": right} | ({"answer_f1": right / 2} if answerable else {})
    return Result(
        case,
        measures,
        [],
        {},
        costs={"total_seconds": 10 * confidence},
        answer=ANSWER,
        declined=declined,
        confidence=confidence,
    )


RESULTS = [
    result(True, False, 1.0, 0.9),
    result(True, False, 0.0, 0.6),
    result(True, True, 0.0, 0.2),
    result(True, False, 1.0, 0.8),
    result(False, True, 1.0, 0.1, kind="none"),
    result(False, False, 0.0, 0.4, kind="none"),
]


def named(figures: list[Figure]) -> dict[str, tuple[float, int]]:
    return {figure.name: (figure.value, figure.count) for figure in figures}


def test_figures_have_the_values_computed_by_hand() -> None:
    found = named(make_figures(RESULTS))
    assert found["accuracy"] == (0.5, 6)
    assert found["answer_f1"] == (0.25, 4)
    assert found["decline_precision"] == (0.5, 6)
    assert found["decline_recall"] == (0.5, 2)
    assert found["decline_f1"] == (0.5, 6)
    assert found["over_refusal"] == (0.25, 4)
    # answered, surest first: right, right, wrong, wrong
    assert found["risk_coverage_area"][0] == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)
    assert found["total_seconds_median"] == (5.0, 6)
    assert found["total_seconds_p95"][0] == pytest.approx(8.75)


def test_intervals_hold_the_value() -> None:
    outside = [
        f.name for f in make_figures(RESULTS) if not (f.low or 0) <= f.value <= (f.high or 0)
    ]
    assert outside == []


def test_each_kind_has_its_own_figures() -> None:
    by_kind = figures_by_kind(RESULTS)
    assert named(by_kind["who"])["accuracy"] == (0.5, 4)
    assert named(by_kind["none"])["decline_recall"] == (0.5, 2)
    assert "decline_recall" not in named(by_kind["who"])
    assert "over_refusal" not in named(by_kind["none"])


def test_risk_is_not_told_where_no_answer_can_be_right() -> None:
    assert "risk_coverage_area" not in named(make_figures(RESULTS[4:]))
