"""The conversations of those who visit: kept as they go on, opened again, rated."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from rag.conversations import Conversations, Entry, KeptExchange, Rating
from rag.errors import ArchiveError, RagError
from rag.page.conversation import Conversation
from rag.page.exporting import JSON_LINES, File, file_name, to_json_lines, to_markdown
from rag.page.keeping import keep, restore
from rag.types import Article

logger = logging.getLogger(__name__)
VISITS_REMEMBERED = 10_000
NO_COOKIE = "this browser takes no cookie, so that conversations cannot be kept for it"


class Talks:
    """Knows which conversation each visit is in, by the name of its session.

    A conversation without an owner is not kept. Safe when several threads use it.
    """

    def __init__(self, store: Conversations, find_article: Callable[[str], Article | None]) -> None:
        self.store = store
        self._find_article = find_article
        self._lock = Lock()
        self._current: OrderedDict[str, str] = OrderedDict()
        self._trouble = ""

    @property
    def trouble(self) -> str:
        """Why the exchange that ended last could not be kept; empty where it was."""
        return self._trouble

    def current(self, session: str) -> str:
        """Return the id of the visit's conversation; empty before it is kept."""
        with self._lock:
            return self._current.get(session, "")

    def keep(self, owner: str | None, session: str, conversation: Conversation) -> None:
        """Keep the last exchange, if it has ended; the answer is not lost where that fails."""
        if owner is None or not conversation or not conversation[-1].has_ended:
            return
        try:
            id_ = self.store.save(owner, self.current(session) or None, keep(conversation[-1]))
        except RagError as error:
            logger.warning("%s", error)
            self._trouble = str(error)
            return
        self._trouble = ""
        self._enter(session, id_)

    def open(self, owner: str | None, session: str, conversation: str) -> Conversation:
        """Return a conversation to go on with; empty where the owner has no such one.

        Raises:
            ArchiveError: it cannot be read.
        """
        kept = self._exchanges(owner, conversation)
        exchanges = tuple(restore(exchange, self._find_article) for exchange in kept)
        if exchanges:
            self._enter(session, conversation)
        return exchanges

    def leave(self, session: str) -> None:
        """Let what is said next begin a conversation."""
        with self._lock:
            self._current.pop(session, None)

    def delete(self, owner: str | None, session: str, conversation: str) -> None:
        """Delete a conversation, if the owner has it."""
        if self.current(session) == conversation:
            self.leave(session)
        if owner is not None:
            self.store.delete(owner, conversation)

    def find(self, owner: str | None, words: str = "") -> list[Entry]:
        return [] if owner is None else self.store.search(owner, words)

    def rate(self, owner: str | None, session: str, number: int, rating: Rating | None) -> None:
        """Keep what the owner thinks of an answer of the visit's conversation; None: nothing.

        Raises:
            ArchiveError: there is no such answer, or the rating cannot be kept.
        """
        if owner is None:
            raise ArchiveError(NO_COOKIE)
        if not self.store.rate(owner, self.current(session), number, rating):
            raise ArchiveError("this answer is not kept any more, so that it cannot be rated")

    def ratings(self, owner: str | None, session: str) -> dict[int, Rating]:
        """Return what is kept of ratings of the visit's conversation, by number."""
        kept = self._exchanges(owner, self.current(session))
        return {each.number: each.rating for each in kept if each.rating}

    def export(self, owner: str | None, conversation: str, ending: str) -> File | None:
        """Return a conversation as a file; None where the owner has no such one.

        Raises:
            ArchiveError: it cannot be read.
        """
        kept = self._exchanges(owner, conversation)
        if not kept:
            return None
        name = file_name(kept[0].question, ending)
        if ending == JSON_LINES:
            return File(name, to_json_lines(conversation, kept))
        exchanges = tuple(restore(each, self._find_article) for each in kept)
        return File(name, to_markdown(kept[0].question, exchanges))

    def _exchanges(self, owner: str | None, conversation: str) -> list[KeptExchange]:
        return [] if owner is None else self.store.exchanges(owner, conversation)

    def _enter(self, session: str, conversation: str) -> None:
        with self._lock:
            self._current[session] = conversation
            self._current.move_to_end(session)  # those that were idle longest are forgotten first
            if len(self._current) > VISITS_REMEMBERED:
                self._current.popitem(last=False)
