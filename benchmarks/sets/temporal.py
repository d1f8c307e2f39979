"""EvoTempQA of CAGB: questions whose answer depends on the day, each of seven dated documents.

    {"id": 91, "question": "…", "q_date": "2023/12/01", "answers": […],
     "docs": [{"title": "", "text": "…", "date": "2023/11/30"}, …]}

Each question is asked, on its day, of its own documents: current and outdated ones. The three
questions that need several answers at once are left out.
"""

from datetime import date
from pathlib import Path

from benchmarks.sets.common import (
    Item,
    Published,
    Record,
    Sample,
    chosen,
    document,
    read_records,
)
from rag.evaluation.questions import Case

LIMIT = 60
PUBLISHED: tuple[Published, ...] = ()


def load(data: Path, limit: int) -> Sample:
    records = read_records(data / "temporal" / "questions.jsonl")
    single = [record for record in records if isinstance(record["answers"][0], str)]
    return Sample([_item(record) for record in chosen(single, limit)])


def _item(record: Record) -> Item:
    day = _day(record["q_date"])
    case = Case(
        id=str(record["id"]),
        question=record["question"],
        answers=tuple(record["answers"]),
        answerable=True,
        today=date.fromisoformat(day) if day else None,
    )
    documents = [
        document(n, doc["text"], title=_text(doc["title"]), published=_day(doc["date"]))
        for n, doc in enumerate(record["docs"], start=1)
        if _text(doc["text"])
    ]
    return Item(case, tuple(documents))


def _day(written: object) -> str:
    """Return the date in ISO's spelling; where the set has none it writes null or NaN."""
    return written.replace("/", "-") if isinstance(written, str) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
