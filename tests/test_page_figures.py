from dataclasses import replace

import pytest

from rag.evaluation.run_folder import Run
from rag.evaluation.running import evaluate_assistant
from rag.page.figures import render_run
from tests.evaluation.sets import town_archive, town_assistant, town_cases


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("figures")
    cases = [replace(case, kind="<script>") for case in town_cases()]
    assistant = town_assistant(town_archive(folder / "towns"), declined=("Tarn", "Orleby"))
    return evaluate_assistant(cases, assistant, folder=folder / "<img src=x>")


def test_headlines_come_with_their_intervals(run: Run) -> None:
    html = render_run(run)
    assert "9 questions · answered by scripted" in html
    card = html[html.index('<div class="card">') : html.index("</div></div>")]
    assert '<p class="value">77.8 %</p>' in card
    assert "95 % interval " in html


def test_figures_are_grouped_in_the_reports_order(run: Run) -> None:
    html = render_run(run)
    titles = ["Answers", "Declining", "Retrieval", "Proof", "Cost"]
    places = [html.index(f'<th scope="col">{title}</th>') for title in titles]
    assert places == sorted(places)
    assert "<td>25.0 %</td>" in html[html.index("Answerable, but declined") :][:120]


def test_what_became_of_the_questions_is_counted(run: Run) -> None:
    assert '<li><i class="wrongly-declined"></i>wrongly declined <b>2</b></li>' in render_run(run)


def test_the_reports_plots_are_drawn_without_their_style_sheets(run: Run) -> None:
    html = render_run(run)
    assert html.count("<svg") == 4
    assert "<style" not in html
    assert "var(--first)" in html


def test_names_and_kinds_are_only_text(run: Run) -> None:
    html = render_run(run)
    assert "<h2>&lt;img src=x&gt;</h2>" in html
    assert "<script" not in html
    assert "<img" not in html


def test_a_single_question_has_no_interval(run: Run) -> None:
    alone = [replace(figure, low=None, high=None, count=1) for figure in run.figures]
    html = render_run(replace(run, figures=alone, results=run.results[:1]))
    assert "1 question · answered by" in html
    assert "too few questions for an interval" in html
    assert '<div class="range"' not in html
