"""How often wrong passwords were tried lately, and for how long more tries are refused."""

import time
import zlib
from collections.abc import Callable
from threading import Lock

FREE = 5  # wrong passwords in a row that cost nothing
LONGEST_SECONDS = 60.0
PLACES = 4096  # names share these, so that invented names take no memory


class Attempts:
    """Counts by name, so that guessing one person's password from many places is as slow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = [0] * PLACES
        self._until = [0.0] * PLACES

    def seconds_to_wait(self, name: str) -> float:
        with self._lock:
            return max(0.0, self._until[_place(name)] - self._clock())

    def fail(self, name: str) -> None:
        with self._lock:
            place = _place(name)
            self._failures[place] += 1
            over = self._failures[place] - FREE
            wait = min(LONGEST_SECONDS, 2.0**over) if over >= 0 else 0.0
            self._until[place] = self._clock() + wait

    def succeed(self, name: str) -> None:
        with self._lock:
            self._failures[_place(name)] = 0


def _place(name: str) -> int:
    return zlib.crc32(name.encode(errors="replace")) % PLACES
