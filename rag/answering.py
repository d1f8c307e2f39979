"""Question -> answer: retrieve, find evidence, write, check sentence by sentence, cite."""

import time
from collections.abc import Generator as PythonGenerator
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from prompts.loader import Prompt
from rag.composing import Citer, cited_text, reference
from rag.evidence import SURE, EvidenceFinder, is_weak, sentence_quotes
from rag.followups import stand_alone
from rag.prompting import make_messages
from rag.retrieval import fuse
from rag.sentences import split_sentences
from rag.types import (
    Answer,
    AnswerEvent,
    AnswerFinished,
    EvidenceFound,
    Generator,
    Passage,
    Question,
    Quote,
    Retriever,
    Sentence,
    SentenceChecked,
    TextWritten,
    Timings,
    Waiting,
)
from rag.verification import NUMBER_UNPROVED, without_markers

NO_MODEL = "none"  # the model's name in answers that no model wrote
EVIDENCE_QUOTES = 6
QUOTES_IN_ANSWER = 2
WIDER = 2  # how many times the passages that the model reads are searched for evidence
NEAR_BEST = 0.85  # a second quote joins the best where it scores at least this share of it
DECLINED = "The articles do not say."
NOTHING_FOUND = "no article matches the question"
WEAK_EVIDENCE = "no sentence of the articles comes near enough to the question"
MODEL_DECLINED = "the model found no answer in the passages"
NOTHING_PROVED = "no article proves what the model wrote"


@dataclass(slots=True)
class Work:
    """What is known so far about one question."""

    question: Question
    searched: str  # as it stands alone
    passages: Sequence[Passage]
    evidence: tuple[Quote, ...]
    citer: Citer
    started: float
    evidence_seconds: float
    first_token_seconds: float | None = None
    sentences: list[Sentence] = field(default_factory=list)

    def seconds(self) -> float:
        return time.perf_counter() - self.started


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers from what one retriever finds; without a generator, in quotes."""

    retriever: Retriever
    finder: EvidenceFinder
    generator: Generator | None
    prompt: Prompt
    passages: int
    answer_tokens: int

    def stream(self, question: Question) -> PythonGenerator[AnswerEvent, None, None]:
        """Yield the evidence, then what is written and checked, then the finished answer.

        Closing the iterator stops the model.

        Raises:
            ModelError: the model failed; the evidence was yielded before.
        """
        work = self._find(question)
        yield EvidenceFound(work.evidence, tuple(work.passages), work.searched)
        if work.evidence and self.generator:
            yield from self._write(work, self.generator)
        yield AnswerFinished(self._finish(work))

    def _find(self, question: Question) -> Work:
        started = time.perf_counter()
        searched = stand_alone(question.text, question.history)
        # Evidence is sought in more passages than the model reads.
        found = retrieve_in_context(self.retriever, question, WIDER * self.passages)
        evidence = tuple(self.finder.find(searched, found, EVIDENCE_QUOTES))
        passages = _with_evidence_first(found, evidence)[: self.passages]
        citer = Citer(sentence_quotes(found), searched)
        elapsed = time.perf_counter() - started
        return Work(question, searched, passages, evidence, citer, started, elapsed)

    def _write(self, work: Work, generator: Generator) -> Iterator[AnswerEvent]:
        """Yield the model's text piece by piece, and each sentence as soon as it is whole."""
        messages = make_messages(
            self.prompt,
            work.question,
            work.passages,
            room=generator.context_size - self.answer_tokens,
            count_tokens=generator.count_tokens,
        )
        reading = SentenceReader()
        with closing(generator.stream(messages, max_tokens=self.answer_tokens)) as pieces:
            for piece in pieces:
                if isinstance(piece, Waiting):
                    yield piece
                    continue
                if piece:
                    work.first_token_seconds = work.first_token_seconds or work.seconds()
                yield TextWritten(piece)  # even nothing, so that whoever reads can stop here
                for text in reading.read(piece):
                    if _said_already(text, work.sentences):
                        return  # small models go round in circles
                    yield from _check(text, work)
        for text in reading.rest():
            if not _said_already(text, work.sentences):
                yield from _check(text, work)

    def _finish(self, work: Work) -> Answer:
        model = self.generator.name if self.generator else NO_MODEL
        declined = bool(work.sentences) and _declines(work.sentences[0], self.prompt)
        proved = [sentence for sentence in work.sentences if sentence.supported]
        reason = _why_abstain(work, declined=declined, proved=bool(proved))
        if reason:
            text, sentences = _declined_text(work.evidence), work.sentences
        elif proved:
            text, sentences = cited_text(proved), work.sentences
        else:
            quoted = [work.citer.quote(quote) for quote in _best(work.evidence)]
            text, sentences = cited_text(quoted), work.sentences + quoted
        return Answer(
            question=work.question.text,
            text=text,
            sentences=() if reason else tuple(sentences),
            evidence=work.evidence,
            abstained=reason is not None,
            abstained_because=reason,
            model=model,
            timings=Timings(work.evidence_seconds, work.first_token_seconds, work.seconds()),
        )


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


def retrieve_in_context(retriever: Retriever, question: Question, k: int) -> list[Passage]:
    """Search for the question, and for what it means after the turns before it; best first."""
    searched = stand_alone(question.text, question.history)
    if not any(map(str.isalnum, searched)):
        return []  # it names nothing; every passage would be as near as any other
    asked = retriever.retrieve(question, k)
    if searched == question.text:
        return asked
    meant = retriever.retrieve(replace(question, text=searched), k)
    return fuse([meant, asked])[:k]


def _with_evidence_first(passages: Sequence[Passage], evidence: Sequence[Quote]) -> list[Passage]:
    """Return the passages in the order of the best quote that each holds, then those without."""

    def place(passage: Passage) -> int:
        held = (number for number, quote in enumerate(evidence) if _holds(passage, quote))
        return next(held, len(evidence))

    return sorted(passages, key=place)


def _holds(passage: Passage, quote: Quote) -> bool:
    same = passage.article.id == quote.article.id
    return same and passage.start <= quote.start and quote.end <= passage.end


def _check(text: str, work: Work) -> Iterator[SentenceChecked]:
    sentence = work.citer.check(text)
    if sentence.text:  # else it was nothing but markers
        work.sentences.append(sentence)
        yield SentenceChecked(sentence)


def _said_already(text: str, sentences: Sequence[Sentence]) -> bool:
    plain = without_markers(text).strip()
    return any(sentence.text == plain for sentence in sentences)


def _declines(sentence: Sentence, prompt: Prompt) -> bool:
    return sentence.text.casefold().startswith(prompt.abstention.casefold().rstrip("."))


def _why_abstain(work: Work, *, declined: bool, proved: bool) -> str | None:
    if not work.evidence:
        return NOTHING_FOUND
    if declined:
        return MODEL_DECLINED
    if proved:
        return None
    if work.evidence[0].score < SURE and _invents_numbers(work.sentences):
        return NOTHING_PROVED
    if is_weak(work.question.text, work.evidence, work.citer.quotes):
        return WEAK_EVIDENCE
    return None


def _invents_numbers(sentences: Sequence[Sentence]) -> bool:
    """Whether a sentence fails for a number: so models answer what the articles leave open."""
    return any((sentence.reason or "").startswith(NUMBER_UNPROVED) for sentence in sentences)


def _declined_text(evidence: Sequence[Quote]) -> str:
    if not evidence:
        return DECLINED
    return f"{DECLINED} The nearest is {reference(evidence[0].article)}."


def _best(evidence: Sequence[Quote]) -> list[Quote]:
    enough = evidence[0].score * NEAR_BEST
    return [quote for quote in evidence[:QUOTES_IN_ANSWER] if quote.score >= enough]
