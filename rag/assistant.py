"""The Assistant that people ask, and `ask()` for a single question."""

from collections.abc import Generator as Events
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock
from types import TracebackType

from rag import wiring
from rag.answering import Answerer
from rag.archive import Archive
from rag.evidence import EvidenceFinder
from rag.reading import printable
from rag.types import (
    Answer,
    AnswerEvent,
    AnswerFinished,
    EvidenceFound,
    Generator,
    Question,
    Quote,
    Turn,
)

History = Sequence[tuple[str, str]]  # (question, answer) pairs, oldest first


class AnswerStream:
    """An answer as it comes: iterate for events, or ask for the part that is wanted.

    Leaving a `with` block, or `close`, stops the model.
    """

    def __init__(self, events: Events[AnswerEvent, None, None]) -> None:
        self._events = events
        self._evidence: tuple[Quote, ...] = ()
        self._answer: Answer | None = None

    def __iter__(self) -> Iterator[AnswerEvent]:
        return self

    def __next__(self) -> AnswerEvent:
        event = next(self._events)
        if isinstance(event, EvidenceFound):
            self._evidence = event.evidence
        elif isinstance(event, AnswerFinished):
            self._answer = event.answer
        return event

    def __enter__(self) -> "AnswerStream":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._events.close()

    @property
    def evidence(self) -> tuple[Quote, ...]:
        """The quotes found, best first; waits for the search, not for the model."""
        if not self._evidence:
            for event in self:
                if isinstance(event, EvidenceFound):
                    break
        return self._evidence

    @property
    def answer(self) -> Answer:
        """The finished answer; waits for it.

        Raises:
            ModelError: the model failed.
            ValueError: the stream was closed before it finished.
        """
        for _ in self:
            pass
        if self._answer is None:
            raise ValueError("the stream was closed before the answer was finished")
        return self._answer


class Assistant:
    """Answers questions about one archive; safe when several threads ask.

    `model` is what the setting is (a preset, "none", a .gguf file, owner/repository:file, an
    http(s) endpoint), or a Generator; None means the archive's settings. The model is loaded by
    the first question, or by `load`.
    """

    def __init__(
        self,
        archive: Archive | str | Path | None = None,
        model: str | Path | Generator | None = None,
    ) -> None:
        self.archive = archive if isinstance(archive, Archive) else Archive(archive)
        self._given = None if isinstance(model, str | Path) else model
        named = self._given.name if self._given else str(model or self.archive.settings.model)
        self.settings = replace(self.archive.settings, model=named)
        self._loading = RLock()  # several threads asking first load one model

    def ask(self, question: str | Question, *, history: History = ()) -> Answer:
        """Return the answer with its evidence and citations.

        Raises:
            RagError: the archive or the model cannot be used.
        """
        return self.stream(question, history=history).answer

    def stream(
        self,
        question: str | Question,
        *,
        history: History = (),
        today: date | None = None,
    ) -> AnswerStream:
        """Begin to answer; `history` holds the turns before, oldest first.

        Raises:
            RagError: the archive or the model cannot be used.
            ValueError: a turn is not a question and an answer.
        """
        asked = Question(question) if isinstance(question, str) else question
        asked = replace(
            asked,
            text=printable(asked.text),
            history=_turns(history or asked.history),
            today=today or asked.today,
        )
        with self._loading:
            return AnswerStream(self._answerer.stream(asked))

    def load(self) -> None:
        """Load the models now, not with the first question."""
        with self._loading:
            self._answerer.finder.embedder.embed_queries(["ready"])

    def changed(
        self,
        *,
        model: str | None = None,
        passages: int | None = None,
        generator: Generator | None = None,
    ) -> "Assistant":
        """Return one that differs in what is given, over the same archive; this one is unchanged.

        A model that stays the same is shared. `generator` writes in place of the model.
        """
        other = Assistant(self.archive)
        other.settings = replace(
            self.settings,
            model=model or self.settings.model,
            passages=passages or self.settings.passages,
        )
        is_same = other.settings.model == self.settings.model
        other._given = generator or (self.generator if is_same else None)
        return other

    def release(self) -> None:
        """Let go of the model, which answers in the making keep to their end; asked again, load it.

        A generator that was given stays.
        """
        with self._loading:
            self.__dict__.pop("_generator", None)
            self.__dict__.pop("_answerer", None)

    def _counted_from(self, question: Question) -> date | None:
        """Return the archive's present, or None where the archive is one of the past."""
        timing = self.archive.timing(question)
        return None if timing.is_past else timing.today

    @property
    def generator(self) -> Generator | None:
        with self._loading:
            return self._generator

    @cached_property
    def _generator(self) -> Generator | None:
        return self._given or wiring.make_generator(self.settings)

    @cached_property
    def _answerer(self) -> Answerer:
        return Answerer(
            retriever=self.archive.retriever,
            finder=EvidenceFinder(self.archive.embedder, self.archive.rarity),
            generator=self.generator,
            prompt=wiring.make_prompt(self.settings),
            passages=self.settings.passages,
            quotes=self.settings.quotes,
            answer_tokens=self.settings.answer_tokens,
            decline_below=self.settings.decline_below,
            entailment=wiring.make_entailment(self.settings),
            counted_from=self._counted_from,
        )


def ask(
    question: str | Question,
    *,
    archive: Archive | str | Path | None = None,
    model: str | Path | Generator | None = None,
    history: History = (),
) -> Answer:
    """Answer one question; an Assistant keeps the model loaded for more.

    Raises:
        RagError: the archive or the model cannot be used.
    """
    assistant = Assistant(archive, model)
    try:
        return assistant.ask(question, history=history)
    finally:
        if assistant.archive is not archive:
            assistant.archive.close()


def _turns(history: History) -> tuple[Turn, ...]:
    for turn in history:
        is_pair = isinstance(turn, tuple | list) and len(turn) == 2
        if not is_pair or not all(isinstance(text, str) for text in turn):
            raise ValueError(f"expected turns of (question, answer), both text, got {turn!r}")
    return tuple(Turn(printable(asked), printable(answered)) for asked, answered in history)
