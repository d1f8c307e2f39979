"""The thread that makes missing vectors while the page is open."""

import logging
from threading import Event, Thread

from rag.archive import Archive
from rag.errors import RagError

logger = logging.getLogger(__name__)
LOOK_AGAIN_SECONDS = 10.0  # for what another process added and left
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


def render_vectors(made: int, passages: int) -> str:
    """Return how much is found by its meaning too; nothing where everything is."""
    if made >= passages:
        return ""
    return (
        f'<p class="progress" role="status">{made:,} of {passages:,} passages are found by their '
        "meaning, all by their words</p>"
        f'<progress max="{passages}" value="{made}" aria-label="Passages with a vector"></progress>'
    )
