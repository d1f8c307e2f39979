"""Records -> articles in the archive, in threads of their own, with news on the way."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from threading import Event, Lock, Thread

from rag.adding import Record
from rag.archive import Archive
from rag.errors import RagError
from rag.page.additions import Addition, describe

FILE_TYPES = (
    *(".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx"),
    *(".jsonl", ".ndjson", ".json", ".csv", ".parquet", ".gz", ".xz"),
)
KEPT = 20  # additions of a visit that are still told of
VISITS_KEPT = 200
BEAT_SECONDS = 0.3  # between two looks at how far it is
BROKEN_OFF = (
    "Adding broke off; the terminal that runs Newsdesk says why. What was read before is kept."
)


@dataclass(frozen=True, slots=True)
class Given:
    """What to add: `records` are read as they are asked for, `count` says how many there are."""

    name: str  # for people
    records: Generator[Record, None, None]
    count: Callable[[], int | None] = lambda: None


@dataclass(slots=True)
class _Work:
    """An addition under way; its thread writes `now`, everybody else reads it."""

    archive: Archive
    given: Given
    now: Addition
    stopped: Event = field(default_factory=Event)

    def run(self) -> None:
        try:
            self.now = replace(self.now, expected=self.given.count())
            report = self.archive.add_records(self._counted())
            outcome = describe(self.archive, report)
            self.now = replace(self.now, stopped=self.stopped.is_set(), outcome=outcome)
        except RagError as error:
            self.now = replace(self.now, error=str(error))
        finally:
            if not self.now.has_ended:
                self.now = replace(self.now, error=BROKEN_OFF)

    def _counted(self) -> Iterator[Record]:
        with closing(self.given.records) as records:
            for record in records:
                self.now = replace(self.now, read=self.now.read + 1)
                yield record
                if self.stopped.is_set():
                    break
        self.now = replace(self.now, all_read=True)


class Additions:
    """What every visit has added; one object serves all visitors."""

    def __init__(self, beat_seconds: float = BEAT_SECONDS) -> None:
        self._beat_seconds = beat_seconds
        self._lock = Lock()
        self._works: dict[str, list[_Work]] = {}

    def add(
        self, archive: Archive, given: Given, session: str
    ) -> Generator[list[Addition], None, None]:
        """Add what is given; yield all additions of the visit at every beat, until this one ends.

        It goes on where nobody waits for it any longer. Only `stop` ends it before its time, and
        what was read until then is kept.
        """
        work = _Work(archive, given, Addition(given.name))
        self._remember(session, work)
        thread = Thread(target=work.run, name="adding", daemon=True)
        thread.start()
        while thread.is_alive():
            yield self.of(session)
            thread.join(self._beat_seconds)
        yield self.of(session)

    def of(self, session: str) -> list[Addition]:
        """Return the visit's additions, oldest first."""
        with self._lock:
            return [work.now for work in self._works.get(session, [])]

    def stop(self, session: str) -> None:
        """Stop what the visit is adding, after the records that are being read."""
        with self._lock:
            for work in self._works.get(session, []):
                work.stopped.set()

    def _remember(self, session: str, work: _Work) -> None:
        with self._lock:
            works = self._works.pop(session, [])  # so that the visits stand in their last order
            self._works[session] = [*works, work][-KEPT:]
            while len(self._works) > VISITS_KEPT:
                self._works.pop(next(iter(self._works)))
