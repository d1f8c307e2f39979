"""The questions that are being answered, at most one for each visitor, and how to stop them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock

STOP_SECONDS = 2.0  # how long to wait for a question to give way


@dataclass(frozen=True, slots=True)
class _Question:
    stopped: Event = field(default_factory=Event)
    ended: Event = field(default_factory=Event)


class Running:
    """Knows visitors by the name of their session; safe when several threads use it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._questions: dict[str, _Question] = {}

    @contextmanager
    def question(self, session: str) -> Iterator[Event]:
        """Begin a visitor's question, after stopping the one before; give what tells it to stop."""
        self.stop(session)
        question = _Question()
        with self._lock:
            self._questions[session] = question
        try:
            yield question.stopped
        finally:
            question.ended.set()
            with self._lock:
                if self._questions.get(session) is question:
                    del self._questions[session]

    def stop(self, session: str) -> None:
        """Stop the visitor's question, if there is one, and wait until it has ended."""
        with self._lock:
            question = self._questions.get(session)
        if question:
            question.stopped.set()
            question.ended.wait(STOP_SECONDS)
