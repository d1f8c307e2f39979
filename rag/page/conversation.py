"""A conversation as immutable values: every question with what has come of it so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rag.conversations import Rating
from rag.sentences import split_sentences
from rag.types import (
    NO_LIMITS,
    Answer,
    AnswerEvent,
    AnswerFinished,
    Citation,
    EvidenceFound,
    Limits,
    Quote,
    Sentence,
    SentenceChecked,
    TextWritten,
    Turn,
    Waiting,
)


class Fate(StrEnum):
    """What became of an article since an answer that was kept cited it."""

    UPDATED = "updated"  # it has the quoted words still
    CHANGED = "changed"  # it lacks them; they are shown as they were
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what has come of it so far; `number` counts the questions from 1.

    `evidence` is None while the search goes on. `unchecked` is what the model wrote after the last
    checked sentence, `before` how many questions of others it answers first. `searched` is what was
    searched for. It ends with an answer, or stopped, or with an error. `outdated` names, by id, the
    articles that are no longer what they were.
    """

    number: int
    question: str
    evidence: tuple[Quote, ...] | None = None
    searched: str = ""
    before: int = 0
    checked: tuple[Sentence, ...] = ()
    unchecked: str = ""
    answer: Answer | None = None
    stopped: bool = False
    error: str | None = None
    rating: Rating | None = None
    outdated: Mapping[str, Fate] = field(default_factory=dict)
    limits: Limits = NO_LIMITS

    @property
    def has_ended(self) -> bool:
        return self.answer is not None or self.stopped or self.error is not None

    @property
    def left_out(self) -> tuple[Sentence, ...]:
        """The sentences of the answer that no article proves."""
        sentences = self.answer.sentences if self.answer else ()
        return tuple(sentence for sentence in sentences if not sentence.supported)


Conversation = tuple[Exchange, ...]  # oldest first


def begin(conversation: Conversation, question: str, limits: Limits = NO_LIMITS) -> Exchange:
    return Exchange(len(conversation) + 1, question.strip(), limits=limits)


def advance(exchange: Exchange, events: Iterable[AnswerEvent]) -> Exchange:
    for event in events:
        exchange = _advance(exchange, event)
    return exchange


def stop(exchange: Exchange) -> Exchange:
    return exchange if exchange.has_ended else replace(exchange, stopped=True)


def fail(exchange: Exchange, error: str) -> Exchange:
    return exchange if exchange.has_ended else replace(exchange, error=error)


def history(conversation: Conversation) -> list[Turn]:
    """Return the answered questions, as the next question's history."""
    return [
        Turn(exchange.question, exchange.answer.text)
        for exchange in conversation
        if exchange.answer is not None
    ]


def citations(exchange: Exchange) -> list[Citation]:
    """Return each distinct citation known so far, in the order of the sentences."""
    sentences = exchange.answer.sentences if exchange.answer else exchange.checked
    return list(dict.fromkeys(cited for sentence in sentences for cited in sentence.citations))


def _advance(exchange: Exchange, event: AnswerEvent) -> Exchange:
    match event:
        case EvidenceFound(evidence=evidence, searched=searched):
            return replace(exchange, evidence=evidence, searched=searched)
        case Waiting(before=before):
            return replace(exchange, before=before)
        case TextWritten(text=text):
            return replace(exchange, unchecked=exchange.unchecked + text)
        case SentenceChecked(sentence=sentence):
            checked = (*exchange.checked, sentence)
            return replace(exchange, checked=checked, unchecked=_without_first(exchange.unchecked))
        case AnswerFinished(answer=answer):
            return replace(exchange, evidence=answer.evidence, unchecked="", answer=answer)


def _without_first(text: str) -> str:
    """Drop the first sentence; by its length it can't be, the model's own marks are not in it."""
    sentences = split_sentences(text)
    return text[sentences[0].end :] if sentences else ""
