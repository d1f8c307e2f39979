"""What a model writes, piece by piece -> sentences, each checked as soon as it is whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Generator as PythonGenerator
from contextlib import closing
from dataclasses import dataclass

from rag.declining import declines
from rag.sentences import split_sentences
from rag.types import AnswerEvent, Sentence, SentenceChecked, TextWritten, Waiting
from rag.verification import without_markers

DECLINES = "it declines to answer"


def write(
    pieces: PythonGenerator[str | Waiting, None, None],
    check: Callable[[str], Sentence],
    written: list[Sentence],
) -> Iterator[AnswerEvent]:
    """Yield the text as it comes and the checked sentences, which `written` then holds too.

    The model is stopped where it repeats itself, as small ones do, or has declined: what may
    follow is talk.
    """
    reading = SentenceReader()
    with closing(pieces):
        for piece in pieces:
            if isinstance(piece, Waiting):
                yield piece
                continue
            yield TextWritten(piece)  # even nothing, so that whoever reads can stop here
            for text in reading.read(piece):
                if _said_already(text, written):
                    return
                yield from _check(text, check, written)
            if has_declined(written):
                return
    for text in reading.rest():
        if not _said_already(text, written):
            yield from _check(text, check, written)


def has_declined(written: Sequence[Sentence]) -> bool:
    return bool(written) and written[0].reason == DECLINES


@dataclass(slots=True)
class SentenceReader:
    """Puts pieces of text together and gives each sentence once it is whole."""

    _unread: str = ""

    def read(self, piece: str) -> Iterable[str]:
        """Return the sentences that the piece completes: those that another one follows."""
        self._unread += piece
        spans = split_sentences(self._unread)
        texts = [self._unread[span.start : span.end] for span in spans[:-1]]
        if texts:
            self._unread = self._unread[spans[-1].start :]
        return texts

    def rest(self) -> Iterable[str]:
        return [self._unread[span.start : span.end] for span in split_sentences(self._unread)]


def _check(
    text: str, check: Callable[[str], Sentence], written: list[Sentence]
) -> Iterator[SentenceChecked]:
    """Yield the sentence with its proof; nothing proves that the articles do not say something."""
    plain = without_markers(text).strip()
    sentence = Sentence(plain, False, reason=DECLINES) if declines(plain) else check(plain)
    if sentence.text:  # else it was nothing but markers
        written.append(sentence)
        yield SentenceChecked(sentence)


def _said_already(text: str, written: Sequence[Sentence]) -> bool:
    plain = without_markers(text).strip()
    return any(sentence.text == plain for sentence in written)
