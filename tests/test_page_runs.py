import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rag.page.runs import NoRunError, RunEntry, list_runs, open_run

STARTED = datetime(2026, 3, 5, 14, 7, tzinfo=UTC)


def write_run(folder: Path, *, started: str, done: int = 3, finished: str | None = None) -> None:
    folder.mkdir(parents=True)
    figures = [{"name": "accuracy", "value": 0.75, "low": 0.5, "high": 1.0, "count": 4}]
    summary: dict[str, object] = {
        "fixed": {"questions": {"count": 4}},
        "started": started,
        "finished": finished,
    }
    if finished:
        summary["figures"] = figures
    (folder / "summary.json").write_text(json.dumps(summary))
    (folder / "results.jsonl").write_text("{}\n" * done)


def test_an_archive_without_runs_lists_none(tmp_path: Path) -> None:
    assert list_runs(tmp_path) == []


def test_runs_are_listed_newest_first_and_what_is_none_is_passed_over(tmp_path: Path) -> None:
    runs = tmp_path / "evaluations"
    write_run(runs / "old", started="2026-03-04T10:00:00+00:00", done=4, finished="2026-03-04")
    write_run(runs / "new", started="2026-03-05T14:07:00+00:00")
    (runs / "damaged").mkdir()
    (runs / "damaged" / "summary.json").write_text("{")
    (runs / "empty").mkdir()
    assert list_runs(tmp_path) == [
        RunEntry("new", STARTED, questions=4, done=3, finished=False),
        RunEntry(
            "old", datetime(2026, 3, 4, 10, 0, tzinfo=UTC), 4, done=4, finished=True, right=0.75
        ),
    ]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        pytest.param(
            RunEntry("towns", STARTED, 1200, 1200, finished=True, right=0.756),
            "towns · 1,200 questions · 76 % right · ",
            id="finished",
        ),
        pytest.param(
            RunEntry("towns", STARTED, 4, 3, finished=False),
            "towns · stopped at 3 of 4 questions · ",
            id="stopped",
        ),
        pytest.param(
            RunEntry("one", STARTED, 1, 1, finished=True), "one · 1 question · ", id="one-question"
        ),
    ],
)
def test_a_run_is_one_line(entry: RunEntry, told: str) -> None:
    here = STARTED.astimezone()
    assert entry.describe() == f"{told}5 March 2026, {here:%H:%M}"


def test_a_stopped_run_says_how_to_go_on(tmp_path: Path) -> None:
    write_run(tmp_path / "evaluations" / "new", started="2026-03-05T14:07:00+00:00")
    with pytest.raises(NoRunError, match=r"stopped after 3 of 4 questions; evaluate the same"):
        open_run(tmp_path, "new")


@pytest.mark.parametrize("name", ["gone", "../elsewhere"])
def test_only_runs_of_the_list_are_opened(tmp_path: Path, name: str) -> None:
    write_run(tmp_path / "elsewhere", started="2026-03-05T14:07:00+00:00", finished="2026-03-05")
    with pytest.raises(NoRunError, match="this run is no longer there; choose another"):
        open_run(tmp_path, name)
