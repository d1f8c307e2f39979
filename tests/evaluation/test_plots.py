from rag.evaluation.figures import Figure
from rag.evaluation.plots import plot_kinds


def test_a_kind_is_drawn_as_it_is_written_and_is_no_formula() -> None:
    kind = r"a $\bad{ $ b"
    svg = plot_kinds({kind: [Figure("accuracy", 0.5, 0.25, 0.75, 10)]})
    assert kind in (svg or "")
