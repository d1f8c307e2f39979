"""What programs ask through Gradio's own interface; it has no place on the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import gradio as gr
from gradio.events import api

from rag.errors import RagError
from rag.serving.asked import AnswerWanted, ArticleWanted, PassagesWanted, check
from rag.serving.forms import Form, answered_form, passage_form, whole_form
from rag.serving.tools import Tools


@dataclass(frozen=True, slots=True)
class ProgramEvents:
    """The endpoints; a day is written 2023-02-04, and what is None does not limit."""

    tools: Tools

    async def ask(
        self,
        question: str,
        history: list[list[str]] | None = None,
        published_from: str | None = None,
        published_to: str | None = None,
        publishers: list[str] | None = None,
    ) -> dict[str, object]:
        given = _given(
            question=question,
            history=history,
            published_from=published_from,
            published_to=published_to,
            publishers=publishers,
        )
        with _told():
            return answered_form(await self.tools.ask(check(AnswerWanted, given)))

    async def search(
        self,
        question: str,
        count: int = 5,
        published_from: str | None = None,
        published_to: str | None = None,
        publishers: list[str] | None = None,
    ) -> list[dict[str, object]]:
        given = _given(
            question=question,
            count=count,
            published_from=published_from,
            published_to=published_to,
            publishers=publishers,
        )
        with _told():
            passages = await self.tools.search(check(PassagesWanted, given))
        return [passage_form(passage) for passage in passages]

    async def article(self, id: str) -> dict[str, object]:
        with _told():
            return whole_form(await self.tools.article(check(ArticleWanted, {"id": id}).id))


def connect(events: ProgramEvents) -> None:
    api(
        events.ask,
        api_name="ask",
        api_description="Answer a question, with the exact words that prove every sentence.",
    )
    api(
        events.search,
        api_name="search",
        api_description="Find the passages nearest to a question, best first.",
    )
    api(events.article, api_name="article", api_description="Read one article.")


def _given(**values: object) -> Form:
    return {name: value for name, value in values.items() if value is not None}


@contextmanager
def _told() -> Iterator[None]:
    """Tell the caller what is wrong, where Gradio would only say that something is."""
    try:
        yield
    except RagError as error:
        raise gr.Error(str(error), print_exception=False) from error
