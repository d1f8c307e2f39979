"""The body of /v1/chat/completions -> what is asked of whom; everything else in it is ignored."""

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from itertools import pairwise
from typing import Literal

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from rag.serving.asked import (
    LONGEST_QUESTION,
    BadRequestError,
    From,
    Publishers,
    To,
    explained,
    kept_turns,
)
from rag.types import Question, Turn

DEFAULT_MODEL = "newsdesk"  # whoever the page asks


@dataclass(frozen=True, slots=True)
class TextPart:
    type: Literal["text"]
    text: str


@dataclass(frozen=True, slots=True)
class ChatMessage:
    role: Literal["system", "developer", "user", "assistant"]
    content: str | list[TextPart] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


@dataclass(frozen=True, slots=True)
class OwnFields:
    """Which articles are asked, and on which day: Newsdesk's own addition to the request."""

    published_from: From = None
    published_to: To = None
    publishers: Publishers = ()
    today: date | None = None


@dataclass(frozen=True, slots=True)
class ChatRequest:
    messages: tuple[ChatMessage, ...]
    model: str = DEFAULT_MODEL
    stream: bool | None = False
    n: Literal[1] | None = 1
    newsdesk: OwnFields = field(default_factory=OwnFields)

    def question(self) -> Question:
        """Return the last message as the question, and the turns before it.

        System messages are left out: only articles say what an answer may say.

        Raises:
            BadRequestError: the last message asks nothing.
        """
        spoken = [each for each in self.messages if each.role in ("user", "assistant")]
        if not spoken or spoken[-1].role != "user" or not spoken[-1].text.strip():
            raise BadRequestError("the last message must be the user's question", "messages")
        text = spoken[-1].text
        if len(text) > LONGEST_QUESTION:
            raise BadRequestError(
                f"the question has {len(text):,} characters; ask in {LONGEST_QUESTION:,} or fewer",
                "messages",
            )
        return Question(
            text,
            published_from=self.newsdesk.published_from,
            published_to=self.newsdesk.published_to,
            publishers=self.newsdesk.publishers,
            today=self.newsdesk.today,
            history=_turns(spoken[:-1]),
        )


FORM = TypeAdapter(ChatRequest)


def read_chat_request(body: bytes) -> ChatRequest:
    """Return what is asked; fields that are not known count as not there.

    Raises:
        BadRequestError: the body is no JSON, or no such request.
    """
    try:
        return FORM.validate_json(body)
    except ValidationError as error:
        raise explained(error) from error


def _turns(messages: Sequence[ChatMessage]) -> tuple[Turn, ...]:
    """Return each question that was answered, with its answer."""
    return kept_turns(
        (asked.text, answered.text)
        for asked, answered in pairwise(messages)
        if (asked.role, answered.role) == ("user", "assistant") and answered.text.strip()
    )
