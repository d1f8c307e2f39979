"""SQuAD 2.0: questions on a paragraph, half of which it does not answer.

    {"id": "…", "question": "…", "passage": "…", "answers": [], "answerable": false, "title": "…"}

Each question is asked of its own paragraph alone, since another may well answer it.
"""

from collections.abc import Callable
from pathlib import Path

from benchmarks.sets.common import (
    Item,
    Own,
    Published,
    Record,
    Sample,
    chosen,
    document,
    read_records,
)
from rag.evaluation.questions import Case
from rag.evaluation.results import Result

LIMIT = 100
PUBLISHED = (
    Published("BERT, dev", "EM/F1 78.7/81.8 (answerable F1 80.2, unanswerable 83.4)"),
    Published("BiDAF + self-attention + ELMo, dev", "EM/F1 65.7/67.9"),
)


def load(data: Path, limit: int) -> Sample:
    records = chosen(read_records(data / "squad2" / "questions.jsonl"), limit)
    own = (Own("SQuAD 2.0 EM", _scored("answer_exact")), Own("SQuAD 2.0 F1", _scored("answer_f1")))
    return Sample([_item(record) for record in records], own=own)


def _item(record: Record) -> Item:
    case = Case(
        id=record["id"],
        question=record["question"],
        answers=tuple(dict.fromkeys(record["answers"])),
        answerable=record["answerable"],
        kind="answerable" if record["answerable"] else "unanswerable",
    )
    title = record["title"].replace("_", " ")
    return Item(case, (document(1, record["passage"], title=title),))


def _scored(name: str) -> Callable[[Result], float | None]:
    """As the set's own script: a question without an answer is right when it is declined."""

    def read(result: Result) -> float | None:
        return result.measures.get(name) if result.case.answerable else float(bool(result.declined))

    return read
