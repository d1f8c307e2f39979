import pytest

from rag.page.evaluating import Evaluation
from rag.page.progress import render_evaluation, time_left

HALF = Evaluation("towns", total=80, done=12)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        pytest.param(0.4, "about 5 seconds left", id="hardly-any"),
        pytest.param(42.0, "about 40 seconds left", id="seconds"),
        pytest.param(55.0, "about a minute left", id="a-minute"),
        pytest.param(200.0, "about 3 minutes left", id="minutes"),
        pytest.param(7790.0, "about 2 h 10 min left", id="hours"),
    ],
)
def test_time_left_is_told_as_one_says_it(seconds: float, told: str) -> None:
    assert time_left(seconds) == told


def test_before_the_first_evaluation_nothing_is_told() -> None:
    assert render_evaluation(None) == ""


@pytest.mark.parametrize(
    ("evaluation", "told"),
    [
        pytest.param(HALF, "towns: 12 of 80 questions</p>", id="no-time-known"),
        pytest.param(
            Evaluation("towns", 80, 12, seconds_left=200.0),
            "towns: 12 of 80 questions · about 3 minutes left</p>",
            id="time-left",
        ),
        pytest.param(
            Evaluation("towns", 80, 12, seconds_left=200.0, stopping=True),
            "towns: 12 of 80 questions · stopping</p>",
            id="stopping",
        ),
        pytest.param(
            Evaluation("towns", 1, 1, seconds_left=0.0),
            "towns: 1 of 1 question · making the report</p>",
            id="last",
        ),
        pytest.param(HALF, '<progress max="80" value="12"', id="bar"),
        pytest.param(
            Evaluation("towns", 80, 12, stopped=True),
            "Stopped. 12 of 80 questions of towns are measured and kept; evaluate the same set "
            "again, and it goes on there.",
            id="stopped",
        ),
        pytest.param(
            Evaluation("towns", 80, 12, error="the model <b> failed"),
            '<p class="trouble" role="alert">the model &lt;b&gt; failed</p>',
            id="failed",
        ),
    ],
)
def test_how_far_it_is_and_how_it_ended_is_told(evaluation: Evaluation, told: str) -> None:
    assert told in render_evaluation(evaluation)


def test_a_finished_evaluation_gives_way_to_its_figures() -> None:
    assert render_evaluation(Evaluation("towns", 80, 80, run="towns")) == ""


def test_names_and_notes_are_only_text() -> None:
    html = render_evaluation(Evaluation("<script>", 80, note="lacks <img src=x>"))
    assert "&lt;script&gt;: 0 of 80 questions" in html
    assert '<p class="note">lacks &lt;img src=x&gt;</p>' in html
