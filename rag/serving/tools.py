"""The three things that programs ask for: an answer, passages, an article."""

from dataclasses import dataclass, field

from anyio import to_thread

from rag.serving.asked import AnswerWanted, BadRequestError, PassagesWanted
from rag.serving.live import Live
from rag.serving.models_served import Current
from rag.types import Answer, Article, Passage


@dataclass(frozen=True, slots=True)
class Tools:
    """Asks whom the page asks at the time; leaves the event loop free meanwhile."""

    current: Current
    live: Live = field(default_factory=Live)

    async def ask(self, wanted: AnswerWanted) -> Answer:
        """Return the answer; cancelling stops the model.

        Raises:
            RagError: the archive or the model cannot be used.
        """
        assistant = self.current()
        return await self.live.answer(lambda: assistant.stream(wanted.asked()))

    async def search(self, wanted: PassagesWanted) -> list[Passage]:
        """Return the passages nearest to the question, best first.

        Raises:
            RagError: the archive cannot be used.
        """
        archive = self.current().archive
        return await to_thread.run_sync(archive.search, wanted.asked(), wanted.count)

    async def article(self, article_id: str) -> Article:
        """Return the article with this id.

        Raises:
            BadRequestError: there is none.
            RagError: the archive cannot be used.
        """
        archive = self.current().archive
        article = await to_thread.run_sync(archive.article, article_id)
        if article is None:
            raise BadRequestError(f"the archive has no article with the id {article_id!r}", "id")
        return article
