import threading
from collections.abc import Generator
from pathlib import Path
from queue import SimpleQueue
from threading import Event

import pytest

from rag.adding import Record
from rag.archive import Archive
from rag.errors import ArchiveError
from rag.page.adding import BROKEN_OFF, KEPT, VISITS_KEPT, Additions, Given
from rag.page.additions import Addition, Counted, Outcome
from rag.types import FailedSource, RawArticle
from tests.fakes import make_archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path / "archive")


def story(number: int) -> RawArticle:
    return RawArticle(f"{number}", f"Story {number} happened.", id=f"{number}", title=f"S{number}")


def records(*given: Record) -> Generator[Record, None, None]:
    yield from given


def last_of(archive: Archive, given: Generator[Record, None, None]) -> Addition:
    *_, additions = Additions(0.01).add(archive, Given("it", given), "ann")
    return additions[-1]


def titles(articles: Counted) -> list[str]:
    return [article.title for article in articles.first]


def outcome_of(archive: Archive, *given: Record) -> Outcome:
    outcome = last_of(archive, records(*given)).outcome
    assert outcome
    return outcome


def test_what_is_added_is_an_article_at_once(archive: Archive) -> None:
    assert titles(outcome_of(archive, story(1)).added) == ["S1"]
    assert archive.search("story")[0].article.title == "S1"


def test_what_became_of_each_is_told_by_title(archive: Archive) -> None:
    outcome_of(archive, story(1), story(2))
    changed = RawArticle("2", "Story 2 went on.", id="2", title="S2 again")
    copy = RawArticle("3", "Story 1 happened.", id="3", title="S1")
    failed = FailedSource("a.png", "a.png is in no format that can be read; give another")
    outcome = outcome_of(archive, story(1), changed, copy, failed)
    assert titles(outcome.updated) == ["S2 again"]
    assert titles(outcome.unchanged) == titles(outcome.duplicates) == ["S1"]
    assert outcome.failed == (
        FailedSource("a.png", "is in no format that can be read; give another"),
    )


def test_every_record_is_counted_as_it_is_read(archive: Archive) -> None:
    go_on = Event()

    def read_slowly() -> Generator[Record, None, None]:
        yield story(1)
        yield story(2)
        go_on.wait(5)
        yield story(3)

    steps = Additions(0.01).add(archive, Given("it", read_slowly(), lambda: 3), "ann")
    [now] = next(steps)
    while now.read < 2:
        [now] = next(steps)
    assert now == Addition("it", read=2, expected=3)
    go_on.set()
    *_, [last] = steps
    assert (last.read, last.all_read, last.has_ended) == (3, True, True)


def test_stopping_keeps_what_was_read(archive: Archive) -> None:
    additions, closed = Additions(0.01), Event()

    def read_for_ever() -> Generator[Record, None, None]:
        try:
            for number in range(100_000):
                if number == 5:
                    additions.stop("ann")
                yield story(number)
        finally:
            closed.set()

    *_, [last] = additions.add(archive, Given("it", read_for_ever()), "ann")
    assert last.stopped
    assert last.outcome is not None
    assert last.outcome.added.total == len(archive) == 6
    assert closed.is_set()


def test_nobody_stops_or_sees_what_others_add(archive: Archive) -> None:
    additions = Additions(0.01)

    def read() -> Generator[Record, None, None]:
        additions.stop("bob")
        yield story(1)
        yield story(2)

    *_, [last] = additions.add(archive, Given("it", read()), "ann")
    assert (last.stopped, last.read) == (False, 2)
    assert additions.of("bob") == []


def test_additions_of_a_visit_are_told_together_though_they_overlap(archive: Archive) -> None:
    additions, go_on = Additions(0.01), Event()

    def read_slowly() -> Generator[Record, None, None]:
        go_on.wait(5)
        yield story(1)

    slow = additions.add(archive, Given("slow", read_slowly()), "ann")
    next(slow)
    *_, both = additions.add(archive, Given("quick", records(story(2))), "ann")
    assert [(each.name, each.has_ended) for each in both] == [("slow", False), ("quick", True)]
    go_on.set()
    *_, both = slow
    assert [(each.name, each.has_ended) for each in both] == [("slow", True), ("quick", True)]


def test_old_additions_and_visits_are_forgotten(archive: Archive) -> None:
    additions = Additions(0.0)
    for number in range(KEPT + 1):
        list(additions.add(archive, Given(f"{number}", records()), "ann"))
    assert [each.name for each in additions.of("ann")] == [f"{n}" for n in range(1, KEPT + 1)]
    for number in range(VISITS_KEPT):
        list(additions.add(archive, Given("it", records()), f"{number}"))
    assert additions.of("ann") == []
    assert len(additions.of("0")) == 1


def test_adding_goes_on_where_nobody_waits_for_it(archive: Archive) -> None:
    waiting = Event()

    def read_slowly() -> Generator[Record, None, None]:
        waiting.wait(5)
        yield story(1)

    steps = Additions(0.01).add(archive, Given("it", read_slowly()), "ann")
    next(steps)
    [thread] = [each for each in threading.enumerate() if each.name == "adding"]
    steps.close()
    waiting.set()
    thread.join(5)
    assert len(archive) == 1


def test_trouble_with_the_archive_is_told(archive: Archive) -> None:
    def fail() -> Generator[Record, None, None]:
        yield story(1)
        raise ArchiveError("the disk is full; free some space")

    assert last_of(archive, fail()).error == "the disk is full; free some space"


def test_a_mistake_in_the_program_ends_it_too(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: SimpleQueue[threading.ExceptHookArgs] = SimpleQueue()
    monkeypatch.setattr(threading, "excepthook", told.put)

    def fail() -> Generator[Record, None, None]:
        yield story(1)
        raise IndexError

    assert last_of(archive, fail()).error == BROKEN_OFF
    assert told.get(timeout=2).exc_type is IndexError
