"""CLAPNQ: questions with long answers, grounded in sentences of one passage; half unanswerable.

    {"id": "…", "question": "…", "passage": "…", "sentences": […], "answerable": true,
     "answers": [{"answer": "…", "selected_sentences": […]}]}

Each question is asked of its own passage. No answer of several sentences is contained word for
word in another, so what is judged is declining, F1 against the long answer, and the quotes.
"""

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
from rag.evaluation.questions import Case, GoldQuote
from rag.evaluation.results import Result
from rag.evaluation.text_measures import token_f1
from rag.verification import without_markers

LIMIT = 100
PUBLISHED: tuple[Published, ...] = ()


def load(data: Path, limit: int) -> Sample:
    records = chosen(read_records(data / "clapnq" / "questions.jsonl"), limit)
    answers = {str(r["id"]): [a["answer"] for a in r["answers"] if a["answer"]] for r in records}

    def long_f1(result: Result) -> float | None:
        if not result.case.answerable or result.answer is None:
            return None
        text = "" if result.declined else without_markers(str(result.answer["text"]))
        return token_f1(text, answers[result.case.id])

    return Sample([_item(record) for record in records], own=(Own("F1, long answers", long_f1),))


def _item(record: Record) -> Item:
    sentences = [s for a in record["answers"] for s in a["selected_sentences"]]
    case = Case(
        id=str(record["id"]),
        question=record["question"],
        answers=(),
        answerable=record["answerable"],
        quotes=tuple(GoldQuote(sentence) for sentence in dict.fromkeys(sentences)),
        kind="answerable" if record["answerable"] else "unanswerable",
    )
    return Item(case, (document(1, record["passage"], title=record["title"]),))
