from functools import partial
from pathlib import Path

import pytest

from rag.evaluation.comparison import compare
from rag.evaluation.questions import Case
from rag.evaluation.run_folder import Run, RunError
from rag.evaluation.running import evaluate_assistant, run_cases
from rag.evaluation.subject import Subject, retriever_subject
from tests.evaluation.sets import WithoutTheBest, town_archive, town_assistant, town_cases


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """The same questions with a retriever as it is and with one that loses the best passage."""
    folder = tmp_path_factory.mktemp("runs")
    archive = town_archive(folder / "towns")
    retrievers = {"whole": archive.retriever, "planted": WithoutTheBest(archive.retriever)}
    found: dict[str, Run] = {}
    for name, retriever in retrievers.items():
        subject = retriever_subject(archive, retriever)
        subject_of = partial(_same, subject)
        facts: dict[str, object] = {"retriever": name}
        found[name] = run_cases(town_cases(), subject_of, folder=folder / name, facts=facts)
    return found


def _same(subject: Subject, case: Case) -> Subject:
    return subject


def test_a_planted_regression_is_detected(runs: dict[str, Run]) -> None:
    comparison = compare(runs["whole"], runs["planted"])
    found = {compared.name: compared for compared in comparison.measures}["hit@1"]
    assert (found.first, found.second, found.count) == (1.0, 0.0, 8)
    assert found.difference.value == -1.0
    assert found.difference.p_value == pytest.approx(2 / 2**8)
    assert [one.case.id for one, _ in comparison.lost] == [case.id for case in town_cases()[:8]]
    assert comparison.won == []


def test_what_was_lost_is_won_the_other_way_round(runs: dict[str, Run]) -> None:
    there, back = (
        compare(runs["whole"], runs["planted"]),
        compare(runs["planted"], runs["whole"]),
    )
    assert [one.case.id for one, _ in back.won] == [one.case.id for one, _ in there.lost]
    assert back.lost == []


def test_a_run_does_not_differ_from_itself(runs: dict[str, Run]) -> None:
    comparison = compare(runs["whole"], runs["whole"])
    assert {compared.difference for compared in comparison.measures} == {(0.0, (0.0, 0.0), 1.0)}
    assert (comparison.won, comparison.lost, comparison.pairs) == ([], [], 9)


def test_wrong_answers_are_listed_as_lost(tmp_path: Path) -> None:
    archive = town_archive(tmp_path / "towns")
    cases = [
        Case(case.id, case.question, ("is Ada",), answerable=True) for case in town_cases()[:8]
    ]
    right = evaluate_assistant(cases, town_assistant(archive), folder=tmp_path / "right")
    declining = evaluate_assistant(
        cases[:6], town_assistant(archive, declined=("Tarn", "Orleby")), folder=tmp_path / "less"
    )
    comparison = compare(right, declining)
    assert [one.case.id for one, _ in comparison.lost] == ["Orleby"]
    assert (comparison.pairs, comparison.only_first, comparison.only_second) == (6, 2, 0)
    found = {compared.name: compared for compared in comparison.measures}
    assert found["over_refusal"].difference.value == pytest.approx(1 / 6)


def test_runs_that_share_no_question_are_refused(runs: dict[str, Run], tmp_path: Path) -> None:
    archive = town_archive(tmp_path / "towns")
    other = evaluate_assistant(
        [Case("new", "Who is the mayor of Saltmere?", ("Ada",), answerable=True)],
        town_assistant(archive),
        folder=tmp_path / "other",
    )
    with pytest.raises(RunError, match="share no question; compare two runs of one set"):
        compare(runs["whole"], other)


def test_the_same_id_with_another_question_is_refused(runs: dict[str, Run], tmp_path: Path) -> None:
    archive = town_archive(tmp_path / "towns")
    other = evaluate_assistant(
        [Case("Tarn", "What else?", ("Ada",), answerable=True)],
        town_assistant(archive),
        folder=tmp_path / "other",
    )
    with pytest.raises(RunError, match="the question Tarn is not the same in"):
        compare(runs["whole"], other)
