"""The nouns of Newsdesk as immutable values; no input, no output, no libraries."""

from collections.abc import Callable, Sequence
from collections.abc import Generator as PythonGenerator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NamedTuple, Protocol


class DateOrigin(StrEnum):
    """How an article's publication date was found, most trustworthy first."""

    METADATA = "metadata"  # a field of the record, the page's markup, the feed
    TEXT = "text"  # a dateline or a date line in the text
    FILE = "file"  # a date in the file's name


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One news item as a reader found it, before cleaning; every field is untrusted text.

    `source` names where it came from, for people: a path, a URL, or either with a record's number.
    `id` is None when the source has no identifier of its own; then `source` identifies it.
    `published` is whatever the source states, in any spelling.
    """

    source: str
    text: str
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One news item, cleaned: `text` is what is searched, quoted and shown.

    `published` is a date, or an aware datetime where the time of day is known, or None.
    """

    id: str
    title: str
    text: str
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: date | datetime | None = None
    published_origin: DateOrigin | None = None

    @property
    def published_on(self) -> date | None:
        """The day of publication, in the time zone that the article states."""
        return self.published.date() if isinstance(self.published, datetime) else self.published


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of an article's text: `article.text[start:end]`, offsets in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """The indexed unit, a slice of an article: `article.text[start:end]`, offsets in characters.

    `tokens` counts the embedder's tokens of the slice, without prefix and special tokens.
    """

    start: int
    end: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk retrieved for a question: `article.text[start:end] == text`.

    `score` orders the passages of one retrieval, higher is nearer; its scale is the retriever's.
    `copies` are the other articles of the archive that print the same as its own.
    """

    chunk_id: int
    article: Article
    start: int
    end: int
    score: float
    copies: tuple[Article, ...] = ()

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]

    def scored(self, score: float) -> "Passage":
        return replace(self, score=score)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article, the smallest thing that can be cited.

    `article.text[start:end] == text`; `score` says how well it answers the question, in [0, 1].
    """

    article: Article
    start: int
    end: int
    score: float = 0.0

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer to the words that support a sentence: `article.text[start:end] == quote`.

    `marker` is the n of [n] in the answer's text; one marker per article, from 1. `also` are the
    same words, or nearly so, in articles that print the same.
    """

    marker: int
    article: Article
    start: int
    end: int
    also: tuple[Quote, ...] = ()

    @property
    def quote(self) -> str:
        return self.article.text[self.start : self.end]


class Disagreement(StrEnum):
    """When an article that says otherwise appeared, beside those that an answer rests on."""

    NEWEST = "newest"
    EARLIER = "earlier"
    UNDATED = ""  # a date is unknown, or the newest appeared on one day


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer, without markers.

    Unsupported sentences have no citations, and `reason` says why nothing supports them. One with a
    `disagreement` quotes an article that says otherwise than the sentences before it.
    """

    text: str
    supported: bool
    citations: tuple[Citation, ...] = ()
    reason: str | None = None
    disagreement: Disagreement | None = None


class Turn(NamedTuple):
    """An earlier question and its answer; a plain pair of strings serves as well."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Which articles are looked at: both days are inclusive, `publishers` empty means all.

    Articles without a date or publisher are left out when the limit on that field is set.
    """

    published_from: date | None = None
    published_to: date | None = None
    publishers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.published_from or self.published_to or self.publishers)


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, of which articles, on which day.

    `published_from`, `published_to` and `publishers` are its limits; `history` holds the turns
    before, oldest first.
    """

    text: str
    published_from: date | None = None
    published_to: date | None = None
    publishers: tuple[str, ...] = ()
    today: date | None = None
    history: tuple[Turn, ...] = ()

    @property
    def limits(self) -> Limits:
        return Limits(self.published_from, self.published_to, self.publishers)

    def within(self, limits: Limits) -> "Question":
        """Return the same question, asked of the articles within these limits only."""
        return replace(
            self,
            published_from=limits.published_from,
            published_to=limits.published_to,
            publishers=limits.publishers,
        )


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds since the question was asked; None where the stage did not happen."""

    evidence_seconds: float
    first_token_seconds: float | None
    total_seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, and what proves it.

    `text` carries [n] markers. `evidence` holds the quotes found before anything was written, best
    first. What was written and nothing proves stands in `sentences`, not in `text`. When
    `abstained`, `abstained_because` says why and `evidence` holds the nearest quotes. `confidence`
    is how likely the articles answer the question, in [0, 1], before the answer was written.
    """

    question: str
    text: str
    sentences: tuple[Sentence, ...]
    evidence: tuple[Quote, ...]
    abstained: bool
    abstained_because: str | None
    model: str
    timings: Timings
    confidence: float = 0.0

    @property
    def citations(self) -> list[Citation]:
        """Every distinct citation, in the order of the sentences that carry them."""
        return list(dict.fromkeys(c for s in self.sentences for c in s.citations))


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """The quotes and the passages they stand in, known before the first word is written.

    `searched` is the question as it was searched for: one that leans on the turns before it is put
    so that it stands alone.
    """

    evidence: tuple[Quote, ...]
    passages: tuple[Passage, ...]
    searched: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The model serves one at a time, and `before` others come first; 0: it is this one's turn."""

    before: int


@dataclass(frozen=True, slots=True)
class TextWritten:
    """A piece of the model's text, not yet checked."""

    text: str


@dataclass(frozen=True, slots=True)
class SentenceChecked:
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class AnswerFinished:
    answer: Answer


AnswerEvent = EvidenceFound | Waiting | TextWritten | SentenceChecked | AnswerFinished


class Message(NamedTuple):
    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Judging:
    """What a model is asked before it writes: `messages` end in a question of Yes or No.

    `goes_on` is told how likely Yes is against No, in [0, 1], or None where the model does not
    tell, and says whether the model shall write.
    """

    messages: Sequence[Message]
    goes_on: Callable[[float | None], bool]


class Retriever(Protocol):
    def retrieve(self, question: Question, k: int) -> list[Passage]:
        """Return up to `k` passages, best first, all within the question's filters."""


class Reranker(Protocol):
    def rank(self, question: str, passages: Sequence[Passage]) -> list[Passage]:
        """Return the same passages, best first, scored anew."""


class Entailment(Protocol):
    def probability(self, premise: str, sentence: str) -> float:
        """Return how probably the sentence follows from the premise, in [0, 1]."""


class Generator(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def context_size(self) -> int:
        """Tokens that prompt and answer share."""

    def count_tokens(self, text: str) -> int: ...

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, judging: Judging | None = None
    ) -> "PythonGenerator[str | Waiting, None, None]":
        """Yield pieces of the reply; closing the iterator stops the model within a second.

        Where `judging` is given it comes first, in the same turn, and may end the reply.

        An empty piece means nothing new: a moment at which whoever asked can close. Where others
        come first, `Waiting` says how many, and again whenever there are fewer, down to 0.

        Raises:
            ModelError: the model failed or does not answer.
        """


@dataclass(frozen=True, slots=True)
class FailedSource:
    """What could not be read; `reason` is a whole sentence that names it and says what to do."""

    source: str
    reason: str


@dataclass(slots=True)
class AddReport:
    """What became of every source: article ids, and sources that could not be read and why.

    `duplicates` maps each article that was left out to the one that has its content, by id.
    `vectors_left` counts chunks that only word search finds so far.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    duplicates: dict[str, str] = field(default_factory=dict)
    failed: list[FailedSource] = field(default_factory=list)
    vectors_left: int = 0
