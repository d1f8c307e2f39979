import json
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.assistant import Assistant
from rag.evaluation.outcomes import Outcome
from rag.evaluation.questions import Case
from rag.evaluation.results import examine
from rag.evaluation.run_folder import RunError, read_run
from rag.evaluation.running import evaluate_assistant, free_folder, unknown_articles
from rag.evaluation.subject import assistant_subject
from rag.types import EvidenceFound
from tests.evaluation.sets import TOWNS, town_archive, town_assistant, town_cases
from tests.fakes import ScriptedGenerator


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return town_archive(tmp_path / "towns")


class Killed(BaseException):
    """What ends a process in the middle of a run."""


def kill_after(questions: int) -> "Killer":
    return Killer(questions)


class Killer:
    def __init__(self, questions: int) -> None:
        self.questions = questions

    def __call__(self, done: int, total: int) -> None:
        if done == self.questions:
            raise Killed


def values(folder: Path) -> dict[str, float]:
    return {
        figure.name: figure.value
        for figure in read_run(folder).figures
        if "_seconds_" not in figure.name
    }


def test_figures_of_a_set_are_those_computed_by_hand(archive: Archive, tmp_path: Path) -> None:
    assistant = town_assistant(archive, wrong=TOWNS[:2])
    run = evaluate_assistant(town_cases(), assistant, folder=tmp_path / "run")
    found = {figure.name: figure for figure in run.figures}
    # 6 of 8 are answered rightly; for 2 the unproved sentence gives way to a quote, which names Ada
    assert found["supported_share"].value == pytest.approx((6 * 1 + 2 * 0.5) / 8)
    assert (found["accuracy"].value, found["accuracy"].count) == (1.0, 9)
    assert found["answer_f1"].count == 8
    assert (found["decline_recall"].value, found["decline_precision"].value) == (1.0, 1.0)
    assert found["over_refusal"].value == 0.0
    assert found["hit@1"].value == 1.0
    assert found["quote_exact"].value == 1.0
    assert found["prompt_tokens_median"].value > 30
    # "The mayor of Saltmere is Ada Saltmereson." has six words without its article
    assert [r.measures["answer_f1"] for r in run.results[2:4]] == pytest.approx([0.5, 0.5])
    assert {kind: figures[0].value for kind, figures in run.by_kind.items()} == {
        "who": 1.0,
        "unanswerable": 1.0,
    }


def test_the_same_run_twice_has_the_same_figures(archive: Archive, tmp_path: Path) -> None:
    for name in ("one", "two"):
        evaluate_assistant(town_cases(), town_assistant(archive), folder=tmp_path / name)
    one, two = (read_run(tmp_path / name) for name in ("one", "two"))
    assert [f for f in one.figures if "_seconds_" not in f.name] == [
        f for f in two.figures if "_seconds_" not in f.name
    ]


def test_a_killed_run_goes_on_where_it_stopped(archive: Archive, tmp_path: Path) -> None:
    cases, folder = town_cases(), tmp_path / "run"
    with pytest.raises(Killed):
        evaluate_assistant(cases, town_assistant(archive), folder=folder, progress=kill_after(4))
    with (folder / "results.jsonl").open("a") as file:
        file.write('{"case": {"id": "Corr')
    rest = ScriptedGenerator(
        *(f"The mayor of {town} is Ada {town}son." for town in TOWNS[4:]),
        "The articles do not say.",
    )
    run = evaluate_assistant(cases, Assistant(archive, rest), folder=folder)
    assert [result.case.id for result in run.results] == [case.id for case in cases]
    whole = evaluate_assistant(cases, town_assistant(archive), folder=tmp_path / "whole")
    assert values(run.folder) == values(whole.folder)


def test_a_finished_run_is_not_asked_again(archive: Archive, tmp_path: Path) -> None:
    evaluate_assistant(town_cases(), town_assistant(archive), folder=tmp_path / "run")
    silent = Assistant(archive, ScriptedGenerator())
    run = evaluate_assistant(town_cases(), silent, folder=tmp_path / "run")
    assert len(run.results) == 9


def test_a_run_of_other_questions_is_refused(archive: Archive, tmp_path: Path) -> None:
    evaluate_assistant(town_cases()[:3], town_assistant(archive), folder=tmp_path / "run")
    with pytest.raises(RunError, match=r"holds another run \(questions count was 3 and is 4\)"):
        evaluate_assistant(town_cases()[:4], town_assistant(archive), folder=tmp_path / "run")


def test_a_run_on_a_changed_archive_is_refused(archive: Archive, tmp_path: Path) -> None:
    evaluate_assistant(town_cases(), town_assistant(archive), folder=tmp_path / "run")
    archive.remove(next(archive.articles()).id)
    with pytest.raises(RunError, match=r"holds another run \(archive .* was .* and is"):
        evaluate_assistant(town_cases(), town_assistant(archive), folder=tmp_path / "run")


def test_a_folder_with_other_files_is_left_alone(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(RunError, match="holds other files; name an empty or a new folder"):
        evaluate_assistant(town_cases(), town_assistant(archive), folder=tmp_path / "mine")


def test_an_unfinished_run_cannot_be_compared(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(Killed):
        evaluate_assistant(
            town_cases(), town_assistant(archive), folder=tmp_path / "run", progress=kill_after(2)
        )
    with pytest.raises(RunError, match="is unfinished; run its command again"):
        read_run(tmp_path / "run")
    with pytest.raises(RunError, match="holds no run"):
        read_run(tmp_path / "none")


def test_the_summary_says_what_the_figures_depend_on(archive: Archive, tmp_path: Path) -> None:
    run = evaluate_assistant(town_cases(), town_assistant(archive), folder=tmp_path / "run")
    fixed = json.loads((run.folder / "summary.json").read_text())["fixed"]
    assert fixed["questions"]["count"] == 9
    assert fixed["model"] == {"name": "scripted", "sha256": None}
    assert fixed["prompt"]["name"] == "answer.v2"
    assert fixed["archive"]["articles"] == 8
    assert fixed["settings"]["passages"] == 3
    assert "api_key" not in fixed["settings"]


def test_questions_go_to_a_folder_that_is_free(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cases, assistant = town_cases(), town_assistant(archive)
    first = free_folder("towns", cases, assistant)
    assert first == Path("evaluations/towns-scripted")
    with pytest.raises(Killed):
        evaluate_assistant(cases, assistant, folder=first, progress=kill_after(1))
    assert free_folder("towns", cases, assistant) == first
    assert free_folder("towns", cases[:5], assistant) == Path("evaluations/towns-scripted-2")


def test_articles_that_the_archive_lacks_are_named(archive: Archive) -> None:
    cases = [Case("1", "?", ("a",), answerable=True, articles=("mayor of  TARN chosen", "Other"))]
    assert unknown_articles(cases, archive) == ["Other"]


@pytest.mark.parametrize(
    ("answers", "reply", "outcome"),
    [
        pytest.param(["Ada Tarnson"], "{mayor}", Outcome.RIGHT, id="right"),
        pytest.param(["16"], "{mayor}", Outcome.NOT_USED, id="retrieved-but-not-used"),
        pytest.param(["Bob"], "{mayor}", Outcome.NOT_RETRIEVED, id="not-retrieved"),
        pytest.param(["16"], "{declined}", Outcome.WRONGLY_DECLINED, id="wrongly-declined"),
        pytest.param(
            ["16"], "{mayor} Then 16 of 77 were new.", Outcome.UNSUPPORTED, id="unsupported"
        ),
        pytest.param([], "{mayor}", Outcome.WRONGLY_ANSWERED, id="wrongly-answered"),
        pytest.param([], "{declined}", Outcome.RIGHT, id="rightly-declined"),
    ],
)
def test_what_went_wrong_is_named(
    archive: Archive, answers: list[str], reply: str, outcome: Outcome
) -> None:
    case = Case("1", "Who is the mayor of Tarn?", tuple(answers), answerable=bool(answers))
    mayor, declined = "The mayor of Tarn is Ada Tarnson.", "The articles do not say."
    generator = ScriptedGenerator(reply.format(mayor=mayor, declined=declined))
    result = examine(case, assistant_subject(Assistant(archive, generator)))
    assert result.outcome is outcome
    assert result.accuracy == float(outcome is Outcome.RIGHT)


def test_a_question_that_nobody_has_decided_is_asked_but_not_judged(
    archive: Archive, tmp_path: Path
) -> None:
    undecided = Case("1", "Who is the mayor of Tarn?", (), answerable=None, to_do="Read <on>.")
    assistant = Assistant(archive, ScriptedGenerator("The mayor of Tarn is Ada Tarnson."))
    run = evaluate_assistant([undecided], assistant, folder=tmp_path / "run")
    assert run.results[0].outcome is Outcome.UNJUDGED
    assert run.results[0].accuracy is None
    named = {figure.name for figure in run.figures}
    assert "supported_share" in named
    assert named & {"accuracy", "over_refusal", "decline_precision", "decline_recall"} == set()
    assert "<em>Read &lt;on&gt;.</em>" in run.report.read_text()


def test_what_is_evaluated_is_the_assistant_with_its_own_settings(archive: Archive) -> None:
    subject = assistant_subject(Assistant(archive, "none").changed(passages=1))
    assert subject.answer is not None
    with subject.answer(town_cases()[0].asked()) as stream:
        found = next(event for event in stream if isinstance(event, EvidenceFound))
    assert len(found.passages) == 1
