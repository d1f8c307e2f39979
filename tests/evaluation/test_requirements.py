import pytest

from rag.evaluation.figures import Figure
from rag.evaluation.requirements import read_requirements, unmet
from rag.evaluation.run_folder import RunError

FIGURES = [
    Figure("answer_f1", 0.4, 0.3, 0.5, 10),
    Figure("accuracy", 1 / 3, 0.1, 0.6, 3),
    Figure("over_refusal", 0.2, 0.1, 0.3, 10),
    Figure("total_seconds_p95", 3.0, 2.0, 4.0, 10),
]


def test_met_requirements_are_silent() -> None:
    asked = ["answer_f1=0.4", "accuracy = 0.333333333", "over_refusal=0.2", "total_seconds_p95=3"]
    assert unmet(read_requirements(asked), FIGURES) == []


def test_each_requirement_that_failed_is_told_with_both_values() -> None:
    asked = read_requirements(["answer_f1=0.5", "over_refusal=0.1", "total_seconds_p95=4"])
    assert unmet(asked, FIGURES) == [
        "answer_f1 is 0.400, required is at least 0.5",
        "over_refusal is 0.200, required is at most 0.1",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "anser_f1=0.5", "no figure is called 'anser_f1'; did you mean answer_f1?", id="misspelt"
        ),
        pytest.param(
            "zzz=1", "no figure is called 'zzz'; there are: accuracy, answer_cont", id="unknown"
        ),
        pytest.param(
            "answer_f1", "'answer_f1' is no requirement; write a figure's name and", id="no-value"
        ),
        pytest.param("answer_f1=good", "'answer_f1=good' is no requirement", id="no-number"),
        pytest.param("answer_f1=nan", "'answer_f1=nan' is no requirement", id="not-a-number"),
    ],
)
def test_a_wrong_requirement_is_explained(text: str, message: str) -> None:
    with pytest.raises(RunError) as raised:
        read_requirements([text])
    assert str(raised.value).startswith(message)


def test_a_figure_that_the_run_lacks_is_told() -> None:
    with pytest.raises(RunError, match=r"hit@1 is not measured by this run; measured are: answer"):
        unmet(read_requirements(["hit@1=0.5"]), FIGURES)
