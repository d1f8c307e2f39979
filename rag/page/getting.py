"""The model that is being fetched, one at a time for all visitors, and how far it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Lock, Thread

from rag.downloads import Places, real_places
from rag.errors import ModelError, RagError
from rag.models import get_model

BROKEN_OFF = "The download broke off; the terminal that runs Newsdesk says why."
STOP_SECONDS = 5.0  # how long the end of the page waits for it to give way


class _StoppedError(Exception):
    """Ends a download where it is; what has arrived is kept."""


@dataclass(frozen=True, slots=True)
class Getting:
    """How far a download is, in bytes; `doing` says what else. It ends whole, stopped or failed."""

    model: str
    done: int = 0
    total: int = 0
    doing: str = ""
    stopping: bool = False
    whole: bool = False
    stopped: bool = False
    error: str | None = None

    @property
    def has_ended(self) -> bool:
        return self.whole or self.stopped or self.error is not None


class Getter:
    """Fetches in a thread of its own, so that a download outlives the visit in which it began."""

    def __init__(self, models_folder: Path, *, places: Callable[[], Places] = real_places) -> None:
        self._folder = models_folder
        self._places = places
        self._lock = Lock()
        self._stop = Event()
        self._getting: Getting | None = None
        self._thread: Thread | None = None

    @property
    def getting(self) -> Getting | None:
        """The download begun last."""
        with self._lock:
            return self._getting

    def start(self, model: str) -> None:
        """Begin to fetch a model, or go on where that was stopped.

        Raises:
            ModelError: another is being fetched.
        """
        with self._lock:
            running = self._getting
            if running and not running.has_ended:
                raise ModelError(f"{running.model} is being fetched; wait for it, or stop it")
            self._stop = Event()
            self._getting = Getting(model)
            self._thread = Thread(
                target=self._work, args=(model, self._stop), name="download", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Stop as soon as something arrives; it can be gone on with."""
        self._stop.set()
        self._tell(lambda now: replace(now, stopping=True))

    def close(self) -> None:
        self.stop()
        if self._thread:
            self._thread.join(STOP_SECONDS)

    def _work(self, model: str, stop: Event) -> None:
        def progress(label: str, done: int, total: int) -> None:
            doing = label.removeprefix(model).lstrip(": ")
            self._tell(lambda now: replace(now, done=done, total=total, doing=doing))
            if stop.is_set():
                raise _StoppedError

        whole, stopped, failure = False, False, BROKEN_OFF
        try:
            get_model(model, self._folder, progress=progress, places=self._places)
            whole = True
        except _StoppedError:
            stopped = True
        except RagError as error:
            failure = str(error)
        finally:  # what else is raised is the program's own mistake
            told = None if whole or stopped else failure
            self._tell(lambda now: replace(now, whole=whole, stopped=stopped, error=told))

    def _tell(self, change: Callable[[Getting], Getting]) -> None:
        with self._lock:
            if self._getting and not self._getting.has_ended:
                self._getting = change(self._getting)
