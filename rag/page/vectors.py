"""The thread that makes missing vectors while the page is open, and how far it is."""

import logging
import time
from collections.abc import Callable
from threading import Event, Thread

from rag.archive import Archive
from rag.errors import RagError
from rag.page.progress import time_left

logger = logging.getLogger(__name__)
LOOK_AGAIN_SECONDS = 10.0  # for what another process added and left
LEAST_SECONDS = 5.0  # of watching, before a pace can be told
STOP_SECONDS = 30.0  # a batch is finished first


class VectorMaker:
    """Works from `start` to `stop`; `wake` says that there is something new."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._awake, self._stopped = Event(), Event()
        self._thread = Thread(target=self._work, name="vectors", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._awake.set()

    def stop(self) -> None:
        self._stopped.set()
        self._awake.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def _work(self) -> None:
        while not self._stopped.is_set():
            self._awake.clear()
            try:
                self._archive.embed(should_stop=self._stopped.is_set)
            except RagError as error:
                logger.warning("%s", error)
            self._awake.wait(LOOK_AGAIN_SECONDS)


class Pace:
    """How fast vectors are made, from the looks that visitors have at their number."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first: tuple[float, int] | None = None  # when, and how many there were

    def seconds_left(self, made: int, passages: int) -> float | None:
        """Return about how long the rest will take; None while that cannot be told."""
        now = self._clock()
        if made >= passages:
            self._first = None
            return None
        if self._first is None or made < self._first[1]:
            self._first = (now, made)
        seconds, more = now - self._first[0], made - self._first[1]
        if seconds < LEAST_SECONDS or not more:
            return None
        return (passages - made) * seconds / more


def render_vectors(made: int, passages: int, seconds_left: float | None) -> str:
    """Return how much is found by its meaning too; nothing where everything is."""
    if made >= passages:
        return ""
    left = "" if seconds_left is None else f" · {time_left(seconds_left)}"
    return (
        f'<p class="progress" role="status">{made:,} of {passages:,} passages are found by their '
        f"meaning, all by their words{left}</p>"
        f'<progress max="{passages}" value="{made}" aria-label="Passages with a vector"></progress>'
    )
