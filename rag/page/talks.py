"""The conversations of those who visit: kept as they go on, opened again, rated."""

import logging
from collections.abc import Callable

from rag.conversations import Conversations, Entry, KeptExchange, Rating, new_id
from rag.errors import ArchiveError, RagError
from rag.evaluation.questions import line
from rag.page.conversation import Conversation, Exchange, stop
from rag.page.exporting import JSON_LINES, File, file_name, to_json_lines, to_markdown
from rag.page.feedback import make_cases
from rag.page.keeping import keep, restore
from rag.types import Article

logger = logging.getLogger(__name__)
NO_COOKIE = "this browser takes no cookie, so that conversations cannot be kept for it"


class Talks:
    """Conversations by their ids; without an owner nothing is kept.

    Safe when several threads use it.
    """

    def __init__(self, store: Conversations, find_article: Callable[[str], Article | None]) -> None:
        self.store = store
        self._find_article = find_article
        self._trouble = ""

    @property
    def trouble(self) -> str:
        """Why the question that was asked last could not be kept; empty where it was."""
        return self._trouble

    def begin(self, current: str, *, anew: bool) -> str:
        """Return the id under which to keep what is asked now, in another conversation or not."""
        return current if current and not anew else new_id()

    def keep(self, owner: str | None, id_: str, asked: Exchange) -> None:
        """Keep a question while it is being answered, as one that was stopped: it may well be.

        Where that fails the answer is not lost.
        """
        self._trouble = ""
        self._try(owner, lambda mine: self.store.save(mine, id_, keep(stop(asked))))

    def finish(self, owner: str | None, id_: str, ended: Exchange) -> None:
        """Keep what became of the question; whoever left it has thereby stopped it."""
        self._try(owner, lambda mine: self.store.finish(mine, id_, keep(stop(ended))))

    def open(self, owner: str | None, conversation: str) -> Conversation:
        """Return a conversation to go on with; empty where the owner has no such one.

        Raises:
            ArchiveError: it cannot be read.
        """
        kept = self._exchanges(owner, conversation)
        return tuple(restore(exchange, self._find_article) for exchange in kept)

    def delete(self, owner: str | None, conversation: str) -> None:
        """Delete a conversation, if the owner has it."""
        if owner is not None:
            self.store.delete(owner, conversation)

    def find(self, owner: str | None, words: str = "") -> list[Entry]:
        return [] if owner is None else self.store.search(owner, words)

    def rate(
        self, owner: str | None, conversation: str, number: int, rating: Rating | None
    ) -> None:
        """Keep what the owner thinks of an answer; None: nothing.

        Raises:
            ArchiveError: there is no such answer, or the rating cannot be kept.
        """
        if owner is None:
            raise ArchiveError(NO_COOKIE)
        if not self.store.rate(owner, conversation, number, rating):
            raise ArchiveError("this answer is not kept any more, so that it cannot be rated")

    def ratings(self, owner: str | None, conversation: str) -> dict[int, Rating]:
        """Return what is kept of a conversation's ratings, by the answers' numbers."""
        kept = self._exchanges(owner, conversation)
        return {each.number: each.rating for each in kept if each.rating}

    def question_set(self, owner: str | None) -> File | None:
        """Return the answers that the owner has rated as a question set; None where there is none.

        Raises:
            ArchiveError: they cannot be read.
        """
        feedback = [] if owner is None else self.store.feedback(owner)
        lines = [f"{line(case)}\n" for case in make_cases(feedback)]
        return File("my-ratings.jsonl", "".join(lines)) if lines else None

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

    def _try(self, owner: str | None, change: Callable[[str], None]) -> None:
        try:
            if owner is not None:
                change(owner)
        except RagError as error:
            logger.warning("%s", error)
            self._trouble = str(error)

    def _exchanges(self, owner: str | None, conversation: str) -> list[KeptExchange]:
        return [] if owner is None else self.store.exchanges(owner, conversation)
