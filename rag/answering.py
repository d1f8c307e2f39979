"""Question -> answer: retrieve, find evidence, write, check sentence by sentence, cite."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Generator as PythonGenerator
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from prompts.loader import Prompt
from rag.answerability import WEAK, likelihood, read_signs
from rag.composing import Citer, cited_text, declining_text
from rag.context import find_in_context
from rag.echoes import Echoes
from rag.evidence import EvidenceFinder, sentence_quotes
from rag.excerpts import make_excerpts
from rag.partwise import FindQuotes, find_evidence
from rag.prompting import instruct, make_messages
from rag.quoting import quote_best, quote_rivals
from rag.types import (
    Answer,
    AnswerEvent,
    AnswerFinished,
    Entailment,
    EvidenceFound,
    Generator,
    Judging,
    Message,
    Passage,
    Question,
    Quote,
    Retriever,
    Sentence,
    TextWritten,
    Timings,
)
from rag.writing import has_declined, write

NO_MODEL = "none"  # the model's name in answers that no model wrote
EVIDENCE_QUOTES = 6
WITH_ECHOES = 2  # times as many are found, since several articles may say the same
HOPELESS = 0.15  # the model is asked from here on, or from `decline_below` if that is less
SURE = 0.5  # from here on quotes answer where nothing that the model wrote is proved
NOTHING_FOUND = "no article matches the question"
NOTHING_WITHIN_LIMITS = "no article within the limits matches the question"
WEAK_EVIDENCE = "no sentence of the articles comes near enough to the question"
MODEL_DOUBTS = "the articles found are about the subject, but do not seem to say what is asked"
MODEL_DECLINED = "the model found no answer in the articles"
NOTHING_PROVED = "no article proves what the model wrote"


@dataclass(slots=True)
class Work:
    """What is known so far about one question; `confidence` says how likely it is answerable."""

    question: Question
    searched: str  # as it stands alone
    passages: Sequence[Passage]
    evidence: tuple[Quote, ...]
    citer: Citer
    started: float
    evidence_seconds: float
    confidence: float
    parts: int = 0  # so many of the first quotes answer one part of the question each
    doubted: bool = False
    first_token_seconds: float | None = None
    sentences: list[Sentence] = field(default_factory=list)

    def seconds(self) -> float:
        return time.perf_counter() - self.started


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers from what one retriever finds; without a generator, in quotes.

    Evidence is sought in the best `passages`; the model reads its best `quotes`. Below the
    probability `decline_below` that the articles answer, it declines. `counted_from` gives the day
    from which a question's dates are counted; None: each article's own day.
    """

    retriever: Retriever
    finder: EvidenceFinder
    generator: Generator | None
    prompt: Prompt
    passages: int
    quotes: int
    answer_tokens: int
    decline_below: float
    entailment: Entailment | None = None
    counted_from: Callable[[Question], date | None] = attrgetter("today")

    def stream(self, question: Question) -> PythonGenerator[AnswerEvent, None, None]:
        """Yield the evidence, then what is written and checked, then the finished answer.

        Closing the iterator stops the model.

        Raises:
            ModelError: the model failed; the evidence was yielded before.
        """
        work = self._find(question)
        yield EvidenceFound(work.evidence, tuple(work.passages), work.searched)
        if work.evidence and self.generator and work.confidence >= self._hopeless:
            yield from self._write(work, self.generator)
        yield AnswerFinished(self._finish(work))

    @property
    def _hopeless(self) -> float:
        return min(HOPELESS, self.decline_below)

    def _find(self, question: Question) -> Work:
        started = time.perf_counter()
        searched, found = find_in_context(self.retriever, question, self.passages)
        echoes = Echoes(found)
        quotes, parts = find_evidence(self._find_quotes(echoes), searched, found, k=EVIDENCE_QUOTES)
        evidence = tuple(quotes)
        citer = Citer(
            echoes.one_each(sentence_quotes(found)),
            searched,
            today=self.counted_from(replace(question, text=searched)),
            echoes=echoes.others,
            entailment=self.entailment,
        )
        return Work(
            question,
            searched,
            _with_evidence_first(found, evidence),
            evidence,
            citer,
            started,
            evidence_seconds=time.perf_counter() - started,
            confidence=max(_confidence(citer, evidence), _confidence_in_parts(citer, parts)),
            parts=len(parts),
        )

    def _find_quotes(self, echoes: Echoes) -> FindQuotes:
        """Return what finds the best sentences, each of those that say the same once."""

        def find(question: str, passages: Sequence[Passage], k: int) -> list[Quote]:
            return echoes.one_each(self.finder.find(question, passages, WITH_ECHOES * k))[:k]

        return find

    def _read(self, work: Work, generator: Generator) -> list[Message]:
        """Return what the model reads, whichever its task."""
        return make_messages(
            self.prompt,
            work.searched,
            make_excerpts(work.evidence[: self.quotes], work.citer.quotes),
            room=generator.context_size - self.answer_tokens,
            count_tokens=generator.count_tokens,
        )

    def _judging(self, work: Work, messages: Sequence[Message]) -> Judging:
        """Let the model judge first: few small ones decline in words, but all lean to No."""

        def goes_on(opinion: float | None) -> bool:
            if opinion is not None:
                work.confidence = _confidence(work.citer, work.evidence, opinion)
                work.doubted = work.confidence < self.decline_below
            return work.confidence >= self.decline_below

        return Judging(instruct(messages, self.prompt.judge), goes_on)

    def _write(self, work: Work, generator: Generator) -> Iterator[AnswerEvent]:
        """Yield the model's text piece by piece, and each sentence as soon as it is whole."""
        messages = self._read(work, generator)
        pieces = generator.stream(
            instruct(messages, self.prompt.answer),
            max_tokens=self.answer_tokens,
            judging=self._judging(work, messages),
        )
        for event in write(pieces, work.citer.check, work.sentences):
            if isinstance(event, TextWritten) and event.text:
                work.first_token_seconds = work.first_token_seconds or work.seconds()
            yield event

    def _finish(self, work: Work) -> Answer:
        model = self.generator.name if self.generator else NO_MODEL
        declined = has_declined(work.sentences)
        proved = [sentence for sentence in work.sentences if sentence.supported]
        reason = self._why_abstain(work, declined=declined, proved=bool(proved))
        if reason:
            text, sentences = declining_text(work.evidence), work.sentences
        else:
            added = [] if proved else quote_best(work.citer, work.evidence, work.parts)
            if not work.parts:  # else the quotes differ since they are about different things
                added += quote_rivals(work.citer, work.evidence, proved + added)
            text, sentences = cited_text(proved + added), work.sentences + added
        return Answer(
            question=work.question.text,
            text=text,
            sentences=tuple(sentences),
            evidence=work.evidence,
            abstained=reason is not None,
            abstained_because=reason,
            model=model,
            timings=Timings(work.evidence_seconds, work.first_token_seconds, work.seconds()),
            confidence=work.confidence,
        )

    def _why_abstain(self, work: Work, *, declined: bool, proved: bool) -> str | None:
        if not work.evidence:
            return NOTHING_WITHIN_LIMITS if work.question.limits else NOTHING_FOUND
        if work.confidence < self.decline_below:
            return MODEL_DOUBTS if work.doubted else WEAK_EVIDENCE
        if declined:
            return MODEL_DECLINED
        if work.sentences and not proved and work.confidence < SURE:
            return NOTHING_PROVED
        return None


def _with_evidence_first(passages: Sequence[Passage], evidence: Sequence[Quote]) -> list[Passage]:
    """Return the passages in the order of the best quote that each holds, then those without."""

    def place(passage: Passage) -> int:
        held = (number for number, quote in enumerate(evidence) if _holds(passage, quote))
        return next(held, len(evidence))

    return sorted(passages, key=place)


def _holds(passage: Passage, quote: Quote) -> bool:
    same = passage.article.id == quote.article.id
    return same and passage.start <= quote.start and quote.end <= passage.end


def _confidence(citer: Citer, evidence: Sequence[Quote], opinion: float | None = None) -> float:
    if not evidence or (opinion is None and evidence[0].score < WEAK):
        return 0.0
    return likelihood(read_signs(citer.question, evidence, citer.quotes, opinion))


def _confidence_in_parts(citer: Citer, parts: Mapping[str, Quote]) -> float:
    """Return how likely the least likely part is answered."""
    signs = (read_signs(part, [best], citer.quotes, None) for part, best in parts.items())
    is_weak = any(best.score < WEAK for best in parts.values())
    return 0.0 if is_weak else min(map(likelihood, signs), default=0.0)
