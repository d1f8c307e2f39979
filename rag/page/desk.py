"""The assistant that the whole page asks; it can be exchanged while the page is open."""

from dataclasses import dataclass
from threading import Lock

from rag.archive import Archive
from rag.assistant import Assistant
from rag.types import Question


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question and who is to answer it: what a visitor's choices change before it is asked.

    `refused` says why it cannot be asked, where a choice cannot be.
    """

    assistant: Assistant
    question: Question
    refused: str | None = None


class Desk:
    """Holds the assistant in use; safe when several threads read and exchange it."""

    def __init__(self, assistant: Assistant) -> None:
        self._lock = Lock()
        self._assistant = assistant

    @property
    def assistant(self) -> Assistant:
        with self._lock:
            return self._assistant

    @property
    def archive(self) -> Archive:
        return self.assistant.archive

    def use(self, assistant: Assistant) -> None:
        """Ask this one from now on; answers that are being written are finished by the other."""
        with self._lock:
            before, self._assistant = self._assistant, assistant
        before.release()  # whoever opened the page with it holds it still
