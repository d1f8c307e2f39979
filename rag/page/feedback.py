"""Rated answers -> a question set: a thumbs-down becomes a test question."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import TypeAdapter

from rag.conversations import Feedback
from rag.evaluation.questions import Case, GoldQuote

GOOD, BAD = "thumbs-up", "thumbs-down"  # the cases' kinds, so that figures are told for each
TO_DO = (
    "A person found the answer “{answer}” bad{reason}. Look into the articles: set answerable to "
    "true and write the accepted answers, or set it to false where the articles do not say."
)


@dataclass(frozen=True, slots=True)
class _Cited:
    article: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    citations: tuple[_Cited, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    abstained: bool
    sentences: tuple[_Sentence, ...]

    @property
    def cited(self) -> list[_Cited]:
        return list(dict.fromkeys(each for s in self.sentences for each in s.citations))


@dataclass(frozen=True, slots=True)
class _Exchange:
    """The part of a kept exchange that makes a case."""

    question: str
    answer: _Answer


EXCHANGE = TypeAdapter(_Exchange)


def make_cases(feedback: Iterable[Feedback]) -> list[Case]:
    return [make_case(each) for each in feedback]


def make_case(feedback: Feedback) -> Case:
    """Return the case of a rated answer.

    Of a good one, its citations hold the answer, or declining was right. What would have been right
    instead of a bad one only a person can say; the case says so.
    """
    exchange = EXCHANGE.validate_python(feedback.form["exchange"])
    answer, good = exchange.answer, feedback.rating.good
    cited = answer.cited if good else []
    reason = f" (“{feedback.rating.reason}”)" if feedback.rating.reason else ""
    return Case(
        id=f"feedback-{feedback.key}",
        question=exchange.question,
        answers=(),
        answerable=not answer.abstained if good else None,
        history=feedback.history,
        articles=tuple(dict.fromkeys(each.article for each in cited)),
        quotes=tuple(GoldQuote(c.quote, c.article, c.start, c.end) for c in cited),
        today=feedback.asked_at.astimezone().date(),
        kind=GOOD if good else BAD,
        to_do=None if good else TO_DO.format(answer=answer.text, reason=reason),
    )
