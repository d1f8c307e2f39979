"""The plain baseline: whole passages, "cite with [n]", and what the model writes is the answer.

The same retriever and model as Newsdesk, but nothing is checked, and declining is the model's
matter: what one gets by following a tutorial. Its citations are the whole passages that the model
names.
"""

import re
import time
from collections.abc import Generator as PythonGenerator
from contextlib import closing

from rag.archive import Archive
from rag.assistant import AnswerStream
from rag.sentences import split_sentences
from rag.types import (
    Answer,
    AnswerEvent,
    AnswerFinished,
    Citation,
    EvidenceFound,
    Generator,
    Message,
    Passage,
    Question,
    Sentence,
    Timings,
)
from rag.verification import without_markers

PASSAGES = 5
SYSTEM = (
    "Answer the question using only the passages below. Cite the passages that you use with their "
    "numbers in square brackets, like [1]. If the passages do not contain the answer, say "
    '"I don\'t know."'
)
DECLINED = "i don't know"
MARKER = re.compile(r"\[(\d+)\]")


def plain_stream(
    archive: Archive, generator: Generator, question: Question, *, max_tokens: int = 300
) -> AnswerStream:
    return AnswerStream(_events(archive, generator, question, max_tokens))


def _events(
    archive: Archive, generator: Generator, question: Question, max_tokens: int
) -> PythonGenerator[AnswerEvent, None, None]:
    started = time.perf_counter()
    passages = archive.retriever.retrieve(question, PASSAGES)
    yield EvidenceFound((), tuple(passages))
    found_seconds, first_seconds, text = time.perf_counter() - started, None, ""
    messages = _messages(question, passages)
    with closing(generator.stream(messages, max_tokens=max_tokens)) as pieces:
        for piece in pieces:
            if isinstance(piece, str) and piece:
                first_seconds = first_seconds or time.perf_counter() - started
                text += piece
    declined = DECLINED in text.casefold().replace("’", "'")
    yield AnswerFinished(
        Answer(
            question=question.text,
            text=text,
            sentences=() if declined else tuple(_sentences(text, passages)),
            evidence=(),
            abstained=declined,
            abstained_because="the model declined" if declined else None,
            model=generator.name,
            timings=Timings(found_seconds, first_seconds, time.perf_counter() - started),
        )
    )


def _messages(question: Question, passages: list[Passage]) -> list[Message]:
    blocks = [
        f"[{number}] {passage.article.title}\n{passage.text}"
        for number, passage in enumerate(passages, start=1)
    ]
    asked = "\n\n".join([*blocks, f"Question: {question.text}"])
    return [Message("system", SYSTEM), Message("user", asked)]


def _sentences(text: str, passages: list[Passage]) -> list[Sentence]:
    sentences = []
    for span in split_sentences(text):
        written = text[span.start : span.end]
        numbers = dict.fromkeys(int(number) for number in MARKER.findall(written))
        cited = tuple(
            Citation(number, passage.article, passage.start, passage.end)
            for number in numbers
            if 0 < number <= len(passages)
            for passage in [passages[number - 1]]
        )
        sentences.append(Sentence(without_markers(written).strip(), bool(cited), cited))
    return sentences
