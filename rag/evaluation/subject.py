"""What is evaluated: something that ranks passages and, unless only that is measured, answers."""

from collections.abc import Callable, Sequence
from collections.abc import Generator as PythonGenerator
from dataclasses import dataclass, replace

from rag.archive import Archive
from rag.assistant import AnswerStream, Assistant
from rag.context import retrieve_in_context
from rag.types import Generator, Judging, Message, Passage, Question, Retriever, Waiting

DEPTH = 20  # passages that are ranked; what is answered from is the settings' matter


@dataclass(slots=True)
class Usage:
    """Tokens of the answer written last, as the model counts them; None where none was written."""

    prompt_tokens: int | None = None
    written_tokens: int | None = None

    def take(self) -> dict[str, float]:
        """Return what is known, and forget it."""
        known = {"prompt_tokens": self.prompt_tokens, "written_tokens": self.written_tokens}
        self.prompt_tokens = self.written_tokens = None
        return {name: float(value) for name, value in known.items() if value is not None}


@dataclass(frozen=True, slots=True)
class MeteredGenerator:
    """A generator that also counts what it reads and writes."""

    generator: Generator
    usage: Usage

    @property
    def name(self) -> str:
        return self.generator.name

    @property
    def context_size(self) -> int:
        return self.generator.context_size

    def count_tokens(self, text: str) -> int:
        return self.generator.count_tokens(text)

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, judging: Judging | None = None
    ) -> PythonGenerator[str | Waiting, None, None]:
        self.usage.prompt_tokens = sum(self.count_tokens(each.content) for each in messages)
        written: list[str] = []
        pieces = self.generator.stream(messages, max_tokens=max_tokens, judging=judging)
        try:
            for piece in pieces:
                if isinstance(piece, str):
                    written.append(piece)
                yield piece
        finally:
            pieces.close()
            self.usage.written_tokens = self.count_tokens("".join(written))


@dataclass(frozen=True, slots=True)
class Subject:
    """`text_of` gives the text of an article as the archive has it, by id; None: not there."""

    retrieve: Callable[[Question, int], Sequence[Passage]]
    text_of: Callable[[str], str | None]
    answer: Callable[[Question], AnswerStream] | None = None
    usage: Usage | None = None
    depth: int = DEPTH


def assistant_subject(assistant: Assistant) -> Subject:
    """Evaluate an assistant as people use it; its model stays loaded."""
    usage = Usage()
    generator = assistant.generator
    metered = MeteredGenerator(generator, usage) if generator else None
    asked = assistant.changed(generator=metered)
    ranked = retriever_subject(assistant.archive, assistant.archive.retriever)
    return replace(ranked, answer=asked.stream, usage=usage)


def retriever_subject(archive: Archive, retriever: Retriever) -> Subject:
    """Evaluate only how passages are ranked."""

    def text_of(article_id: str) -> str | None:
        article = archive.article(article_id)
        return article.text if article else None

    def retrieve(question: Question, k: int) -> list[Passage]:
        return retrieve_in_context(retriever, question, k)

    return Subject(retrieve, text_of)
