"""Small real implementations of the Protocols, for tests that need no model."""

import time
import zlib
from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np

from embeddings.protocols import FloatMatrix
from rag.archive import Archive
from rag.settings import Settings
from rag.types import Judging, Message, Waiting
from rag.waiting import WaitingLine


class WordEmbedder:
    """A text's vector counts its words, so that texts with the same words are near."""

    def __init__(self, *, name: str = "words", dimension: int = 256) -> None:
        self.name = name
        self.dimension = dimension
        self.embedded: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> FloatMatrix:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[zlib.crc32(word.strip(".,?!").encode()) % self.dimension] += 1
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return rows

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        self.embedded.extend(texts)
        return self.embed_queries(texts)


class WordCounter:
    """One token a word."""

    def __init__(self, *, max_tokens: int = 256) -> None:
        self.max_tokens = max_tokens

    def count_tokens(self, text: str) -> int:
        return len(text.split())


class ScriptedGenerator:
    """Gives the replies it was given, word by word, and remembers what it was asked.

    It serves one at a time, as a model in this process does; `opinion` is what it judges.
    """

    def __init__(
        self,
        *replies: str,
        context_size: int = 4096,
        seconds_per_word: float = 0.0,
        opinion: float | None = None,
    ) -> None:
        self.name = "scripted"
        self.context_size = context_size
        self.asked: list[list[Message]] = []
        self.judged: list[list[Message]] = []
        self.stopped = 0
        self._opinion = opinion
        self._seconds_per_word = seconds_per_word
        self._replies = list(replies)
        self._line = WaitingLine()

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, judging: Judging | None = None
    ) -> Generator[str | Waiting, None, None]:
        place = self._line.join()
        try:
            before = 0
            while not place.wait(0.01):
                if place.before != before:
                    before = place.before
                    yield Waiting(before)
                yield ""
            if before:
                yield Waiting(0)
            if judging is None or self._judge(judging):
                yield from self._reply(list(messages), max_tokens)
        finally:
            place.leave()

    def _judge(self, judging: Judging) -> bool:
        self.judged.append(list(judging.messages))
        return judging.goes_on(self._opinion)

    def _reply(self, messages: list[Message], max_tokens: int) -> Generator[str, None, None]:
        self.asked.append(messages)
        words = self._replies.pop(0).split(" ")
        try:
            for number, word in enumerate(words[:max_tokens]):
                time.sleep(self._seconds_per_word)
                yield word if number == 0 else f" {word}"
        except GeneratorExit:
            self.stopped += 1
            raise


class ScriptedEntailment:
    """Has the same opinion of everything, and remembers what it was asked."""

    def __init__(self, opinion: float) -> None:
        self.asked: list[tuple[str, str]] = []
        self._opinion = opinion

    def probability(self, premise: str, sentence: str) -> float:
        self.asked.append((premise, sentence))
        return self._opinion


def make_archive(folder: Path, **settings: object) -> Archive:
    """An archive in `folder` that needs no model."""
    return Archive(
        folder,
        settings=Settings(archive=folder, **settings),  # type: ignore[arg-type]
        embedder=WordEmbedder(),
        counter=WordCounter(),
    )
