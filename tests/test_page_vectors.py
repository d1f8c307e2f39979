import time
from pathlib import Path

from rag.archive import Archive
from rag.page.vectors import Pace, VectorMaker, render_vectors
from tests.fakes import make_archive


def wait_for_vectors(archive: Archive, seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while archive.vectors_left and time.monotonic() < deadline:
        time.sleep(0.01)
    assert archive.vectors_left == 0


def test_missing_vectors_are_made_at_the_start_and_when_woken(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# Port strike\n\nDockers in Harrow walked out on Monday.")
    (tmp_path / "two.md").write_text("# Ferry line\n\nThe ferry to Orleby stopped after a fire.")
    archive = make_archive(tmp_path / "archive")
    archive.add(tmp_path / "one.md", embed=False)
    maker = VectorMaker(archive)
    maker.start()
    wait_for_vectors(archive)
    archive.add(tmp_path / "two.md", embed=False)
    maker.wake()
    wait_for_vectors(archive)
    maker.stop()


def test_stopping_before_the_start_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# Port strike\n\nDockers in Harrow walked out on Monday.")
    archive = make_archive(tmp_path / "archive")
    archive.add(tmp_path / "one.md", embed=False)
    VectorMaker(archive).stop()
    assert archive.vectors_left == 1


def test_vectors_are_counted_as_long_as_some_are_missing() -> None:
    assert render_vectors(1200, 5000, None) == (
        '<p class="progress" role="status">1,200 of 5,000 passages are found by their meaning, all '
        "by their words</p>"
        '<progress max="5000" value="1200" aria-label="Passages with a vector"></progress>'
    )
    assert render_vectors(5000, 5000, None) == ""
    assert "all by their words · about 5 minutes left</p>" in render_vectors(1200, 5000, 300.0)


def test_the_time_that_is_left_comes_from_the_pace_so_far() -> None:
    times = iter([0.0, 2.0, 10.0, 20.0, 30.0, 40.0])
    pace = Pace(lambda: next(times))
    looks = [(100, 1000), (120, 1000), (200, 1000), (1000, 1000), (1000, 2000), (1100, 2000)]
    left = [pace.seconds_left(made, passages) for made, passages in looks]
    assert left == [None, None, 80.0, None, None, 90.0]


def test_no_time_is_told_while_nothing_moves() -> None:
    times = iter([0.0, 10.0, 20.0])
    pace = Pace(lambda: next(times))
    assert [pace.seconds_left(5, 10), pace.seconds_left(5, 10), pace.seconds_left(2, 10)] == [
        None
    ] * 3
