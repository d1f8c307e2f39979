import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

import pytest

from rag import Archive, Assistant
from rag.evaluation.questions import Case, QuestionSetError, write_questions
from rag.page.desk import Desk
from rag.page.evaluating import (
    BROKEN_OFF,
    Clock,
    EvaluatingError,
    Evaluation,
    Evaluator,
    describe_unknown,
)
from rag.page.runs import list_runs
from tests.evaluation.sets import TOWNS, town_archive, town_assistant, town_cases
from tests.fakes import ScriptedGenerator


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = town_archive(tmp_path / "towns")
    keep(archive, town_cases())
    return archive


def keep(archive: Archive, cases: list[Case]) -> None:
    write_questions(archive.folder / "questions" / "towns.jsonl", cases)


def until(evaluator: Evaluator, holds: Callable[[Evaluation], bool]) -> Evaluation:
    """Wait until the evaluation is like that."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        now = evaluator.evaluation
        if now and holds(now):
            return now
        time.sleep(0.01)
    raise AssertionError(f"still {evaluator.evaluation}")


def ended(evaluation: Evaluation) -> bool:
    return evaluation.has_ended


def test_a_finished_evaluation_names_its_run_which_can_be_shown(archive: Archive) -> None:
    evaluator = Evaluator(Desk(town_assistant(archive)))
    evaluator.start("towns")
    done = until(evaluator, ended)
    assert (done.run, done.done, done.total, done.error) == ("towns", 9, 9, None)
    run, figures = evaluator.show("towns")
    assert run.report.parent == archive.folder / "evaluations" / "towns"
    assert '<p class="value">100.0 %</p>' in figures
    assert [(entry.name, entry.right) for entry in list_runs(archive.folder)] == [("towns", 1.0)]


def test_a_stopped_evaluation_keeps_what_it_measured_and_goes_on(archive: Archive) -> None:
    slow = ScriptedGenerator(
        *(f"The mayor of {town} is Ada {town}son." for town in TOWNS), seconds_per_word=0.05
    )
    evaluator = Evaluator(Desk(Assistant(archive, slow)))
    evaluator.start("towns")
    until(evaluator, lambda now: now.done == 2)
    clicked = time.monotonic()
    evaluator.stop()
    stopped = until(evaluator, ended)
    assert time.monotonic() - clicked < 1
    assert (stopped.stopped, stopped.run) == (True, None)
    entry = list_runs(archive.folder)[0]
    assert (entry.name, entry.finished, entry.done) == ("towns", False, stopped.done)
    rest = [f"The mayor of {town} is Ada {town}son." for town in TOWNS[entry.done :]]
    evaluator = Evaluator(
        Desk(Assistant(archive, ScriptedGenerator(*rest, "The articles do not say.")))
    )
    evaluator.start("towns")
    assert until(evaluator, ended).run == "towns"
    assert [(each.name, each.done) for each in list_runs(archive.folder)] == [("towns", 9)]


def test_stopping_in_the_middle_of_an_answer_does_not_wait_for_its_end(archive: Archive) -> None:
    endless = ScriptedGenerator("word " * 2000, seconds_per_word=0.05)
    evaluator = Evaluator(Desk(Assistant(archive, endless)))
    evaluator.start("towns")
    while not endless.asked:
        time.sleep(0.01)
    clicked = time.monotonic()
    evaluator.close()
    assert time.monotonic() - clicked < 1
    assert evaluator.evaluation == Evaluation(
        "towns", total=9, done=0, seconds_left=None, stopping=True, stopped=True
    )
    assert endless.stopped == 1


def test_one_evaluation_is_made_at_a_time(archive: Archive) -> None:
    slow = ScriptedGenerator("word " * 2000, seconds_per_word=0.05)
    evaluator = Evaluator(Desk(Assistant(archive, slow)))
    evaluator.start("towns")
    with pytest.raises(EvaluatingError, match="towns is being evaluated; wait for its end, or"):
        evaluator.start("towns")
    evaluator.close()


def test_a_finished_set_is_evaluated_anew_beside_the_first_run(archive: Archive) -> None:
    for _ in range(2):
        evaluator = Evaluator(Desk(town_assistant(archive)))
        evaluator.start("towns")
        until(evaluator, ended)
    assert sorted(entry.name for entry in list_runs(archive.folder)) == ["towns", "towns-2"]


def test_a_wrong_line_is_told_before_anything_runs(archive: Archive) -> None:
    (archive.folder / "questions" / "wrong.jsonl").write_text('{"id": "1"}\n')
    evaluator = Evaluator(Desk(town_assistant(archive)))
    with pytest.raises(QuestionSetError, match=r"^wrong\.jsonl, line 1 has no field 'question'"):
        evaluator.start("wrong")
    assert evaluator.evaluation is None


def test_trouble_while_it_runs_ends_it_in_one_sentence(archive: Archive) -> None:
    (archive.folder / "evaluations").write_text("a file where the folder should be")
    evaluator = Evaluator(Desk(town_assistant(archive)))
    evaluator.start("towns")
    error = until(evaluator, ended).error
    assert error is not None
    assert error.endswith("name another folder")


def test_articles_that_the_archive_lacks_are_noted(archive: Archive) -> None:
    keep(archive, [Case("1", "Who?", ("Ada",), answerable=True, articles=("Gone",))])
    evaluator = Evaluator(Desk(Assistant(archive, ScriptedGenerator("Ada."))))
    evaluator.start("towns")
    note = "The archive does not have 1 of the articles named: Gone"
    assert until(evaluator, ended).note == note


@pytest.mark.parametrize(
    ("articles", "told"),
    [
        pytest.param([], "", id="none"),
        pytest.param(
            ["a", "b", "c", "d"],
            "The archive does not have 4 of the articles named: a; b; c; …",
            id="many",
        ),
    ],
)
def test_only_the_first_missing_articles_are_named(articles: list[str], told: str) -> None:
    assert describe_unknown(articles) == told


def test_the_time_left_comes_from_this_sittings_questions() -> None:
    times = iter([100.0, 104.0, 110.0])
    clock = Clock(now=lambda: next(times))
    assert [clock.seconds_left(done, 12) for done in (4, 6, 9)] == [None, 12.0, 6.0]


def test_a_mistake_in_the_program_ends_the_evaluation_too(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: SimpleQueue[threading.ExceptHookArgs] = SimpleQueue()
    monkeypatch.setattr(threading, "excepthook", told.put)
    evaluator = Evaluator(Desk(Assistant(archive, ScriptedGenerator())))  # no reply: an IndexError
    evaluator.start("towns")
    assert until(evaluator, ended).error == BROKEN_OFF
    assert told.get(timeout=2).exc_type is IndexError


def test_what_computes_and_plots_is_loaded_when_it_is_needed() -> None:
    heavy = ["scipy", "matplotlib", "ir_measures", "jinja2", "gradio"]
    script = (
        "import sys, rag.page.evaluating, rag.page.progress\n"
        "import rag.page.question_sets, rag.page.runs\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
