"""What programs may ask for, checked as it arrives: the same for every way in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, TypeVar

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from rag.errors import RagError
from rag.types import Question, Turn

LONGEST_QUESTION = 4000  # characters
MOST_PASSAGES = 50
READ_AT_ONCE = 20_000  # characters of an article
LONGEST_NAME = 500  # characters
MOST_PUBLISHERS = 100
TURNS_KEPT = 10

QuestionText = Annotated[
    str,
    Field(
        description="A whole question, in words of its own.",
        min_length=1,
        max_length=LONGEST_QUESTION,
        pattern=r"\S",
    ),
]
From = Annotated[date | None, Field(description="Only articles published on this day or later.")]
To = Annotated[date | None, Field(description="Only articles published on this day or earlier.")]
Publisher = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Publishers = Annotated[
    tuple[Publisher, ...],
    Field(description="Only articles of these publishers.", max_length=MOST_PUBLISHERS),
]
Pair = Annotated[  # not tuple[str, str], whose schema few models have been taught
    tuple[str, ...], Field(description="A question and its answer.", min_length=2, max_length=2)
]
Wanted = TypeVar("Wanted")


class BadRequestError(RagError):
    """A request that cannot be answered as it is; `parameter` names what is wrong with it."""

    def __init__(self, message: str, parameter: str | None = None) -> None:
        self.parameter = parameter
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class AnswerWanted:
    question: QuestionText
    history: Annotated[
        tuple[Pair, ...],
        Field(description="Earlier questions with their answers, oldest first."),
    ] = ()
    published_from: From = None
    published_to: To = None
    publishers: Publishers = ()

    def asked(self) -> Question:
        return Question(
            self.question,
            published_from=self.published_from,
            published_to=self.published_to,
            publishers=self.publishers,
            history=kept_turns(self.history),
        )


@dataclass(frozen=True, slots=True)
class PassagesWanted:
    question: Annotated[
        str,
        Field(
            description="A question, or words to look for.",
            min_length=1,
            max_length=LONGEST_QUESTION,
        ),
    ]
    count: Annotated[
        int, Field(description="How many passages at most.", ge=1, le=MOST_PASSAGES)
    ] = 5
    published_from: From = None
    published_to: To = None
    publishers: Publishers = ()

    def asked(self) -> Question:
        return Question(
            self.question,
            published_from=self.published_from,
            published_to=self.published_to,
            publishers=self.publishers,
        )


@dataclass(frozen=True, slots=True)
class ArticleWanted:
    id: Annotated[str, Field(description="The id that an answer or a search gave.", min_length=1)]
    start: Annotated[int, Field(description="Read from this character of the text.", ge=0)] = 0
    length: Annotated[
        int, Field(description="Read so many characters at most.", ge=1, le=READ_AT_ONCE)
    ] = READ_AT_ONCE


def kept_turns(pairs: Iterable[Sequence[str]]) -> tuple[Turn, ...]:
    """Return the last turns, cut where a question or an answer has no end."""
    turns = [Turn(*(text[:LONGEST_QUESTION] for text in pair)) for pair in pairs]
    return tuple(turns[-TURNS_KEPT:])


def check(wanted: type[Wanted], given: Mapping[str, object]) -> Wanted:
    """Return what is wanted.

    Raises:
        BadRequestError: a value is missing or wrong.
    """
    try:
        return TypeAdapter(wanted).validate_python(dict(given))
    except ValidationError as error:
        raise explained(error) from error


def explained(error: ValidationError) -> BadRequestError:
    """Return the first thing that is wrong, with its place."""
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] == "json_invalid":
        return BadRequestError(f"the body is no JSON: {first['msg']}")
    message = f"{first['msg'][:1].lower()}{first['msg'][1:]}"
    return BadRequestError(f"{place}: {message}" if place else message, place or None)
