"""The line before something that serves one at a time: first come, first served."""

from collections import deque
from threading import Condition


class WaitingLine:
    """Whoever joins gets a place; safe when several threads wait."""

    def __init__(self) -> None:
        self._moved = Condition()
        self._places: deque[Place] = deque()

    def join(self) -> "Place":
        """Take the last place; `leave` it in the end, whether its turn came or not."""
        with self._moved:
            place = Place(self._moved, self._places)
            self._places.append(place)
        return place


class Place:
    """A place in a line; the one at its head is being served."""

    def __init__(self, moved: Condition, places: deque["Place"]) -> None:
        self._moved = moved
        self._places = places

    @property
    def before(self) -> int:
        """How many come first, the one that is being served among them; 0 once it has left."""
        with self._moved:
            return self._places.index(self) if self in self._places else 0

    def wait(self, seconds: float) -> bool:
        """Wait for the turn; return whether it has come."""
        with self._moved:
            return self._moved.wait_for(self._is_first, seconds)

    def _is_first(self) -> bool:
        return bool(self._places) and self._places[0] is self

    def leave(self) -> None:
        with self._moved:
            if self in self._places:
                self._places.remove(self)
                self._moved.notify_all()
