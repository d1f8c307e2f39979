"""One question's result: what was answered, what it measures, and its line of JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from rag.evaluation.outcomes import Outcome, answers_rightly, judge
from rag.evaluation.proof_measures import proof_measures
from rag.evaluation.questions import Case
from rag.evaluation.ranking_measures import passage_measures
from rag.evaluation.subject import Subject
from rag.evaluation.text_measures import exact_match, token_f1
from rag.json_form import answer_form, article_form
from rag.types import Answer, EvidenceFound, Passage
from rag.verification import without_markers


@dataclass(frozen=True, slots=True)
class Result:
    """`measures` are the same for the same inputs; `costs` are seconds and tokens.

    `answer` is what `newsdesk ask --json` prints, with the ranked `passages` beside it; None where
    only the ranking was measured. `confidence` is the answer's.
    """

    case: Case
    measures: dict[str, float]
    passages: list[dict[str, object]]
    articles: dict[str, dict[str, object]]
    costs: dict[str, float] = field(default_factory=dict)
    answer: dict[str, object] | None = None
    outcome: Outcome | None = None
    declined: bool | None = None
    confidence: float | None = None

    @property
    def accuracy(self) -> float | None:
        """1 where rightly answered or rightly declined, 0 where not; None where nothing says."""
        return self.measures.get("accuracy")


RESULT = TypeAdapter(Result)


def examine(case: Case, subject: Subject) -> Result:
    """Ask the question and measure what comes.

    Raises:
        RagError: the archive or the model failed.
    """
    if subject.answer is None:
        return _ranked(case, subject.retrieve(case.asked(), subject.depth))
    passages: Sequence[Passage] = ()
    with subject.answer(case.asked()) as stream:
        for event in stream:
            if isinstance(event, EvidenceFound):
                passages = event.passages
        answer = stream.answer
    ranked = _ranked(case, subject.retrieve(case.asked(), subject.depth))
    usage = subject.usage.take() if subject.usage else {}
    return Result(
        case=case,
        measures={
            **ranked.measures,
            **answer_measures(case, answer),
            **proof_measures(answer, subject.text_of),
        },
        passages=ranked.passages,
        articles=ranked.articles,
        costs={**_seconds(answer), **usage},
        answer=answer_form(answer),
        outcome=judge(case, answer, passages),
        declined=answer.abstained,
        confidence=answer.confidence,
    )


def answer_measures(case: Case, answer: Answer) -> dict[str, float]:
    """Return how right the answer is; in declining nothing is answered, whatever the text says."""
    if case.answerable is False:
        return {"accuracy": float(answer.abstained)}
    if not case.answers:
        return {}
    text = "" if answer.abstained else without_markers(answer.text)
    contained = float(answers_rightly(case, answer))
    return {
        "accuracy": contained,
        "answer_contained": contained,
        "answer_exact": exact_match(text, case.answers),
        "answer_f1": token_f1(text, case.answers),
    }


def write_result(result: Result) -> str:
    """Return the result as one line of JSON."""
    return json.dumps(RESULT.dump_python(result, mode="json"))


def read_result(text: str) -> Result:
    """Read what `write_result` wrote.

    Raises:
        ValueError: it is no result.
    """
    return RESULT.validate_json(text)


def _ranked(case: Case, passages: Sequence[Passage]) -> Result:
    return Result(
        case=case,
        measures=passage_measures(case, passages),
        passages=[_passage_form(passage) for passage in passages],
        articles={each.article.id: article_form(each.article) for each in passages},
    )


def _passage_form(passage: Passage) -> dict[str, object]:
    return {
        "article": passage.article.id,
        "start": passage.start,
        "end": passage.end,
        "score": round(passage.score, 6),
    }


def _seconds(answer: Answer) -> dict[str, float]:
    timings = answer.timings
    seconds = {
        "evidence_seconds": timings.evidence_seconds,
        "first_token_seconds": timings.first_token_seconds,
        "total_seconds": timings.total_seconds,
    }
    return {name: round(value, 4) for name, value in seconds.items() if value is not None}
