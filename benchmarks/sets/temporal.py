"""EvoTempQA of CAGB: questions whose answer depends on the day, each of seven dated documents.

    {"id": 91, "question": "…", "q_date": "2023/12/01", "answers": […],
     "docs": [{"title": "", "text": "…", "date": "2023/11/30", "cred": "high"}, …]}

Each question is asked, on its day, of its own documents: current ("high") and outdated ones. The
three questions that need several answers at once are left out.
"""

from collections.abc import Mapping
from datetime import date
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

LIMIT = 60
CURRENT = "high"
PUBLISHED: tuple[Published, ...] = ()


def load(data: Path, limit: int) -> Sample:
    records = read_records(data / "temporal" / "questions.jsonl")
    single = [record for record in records if isinstance(record["answers"][0], str)]
    picked = chosen(single, limit)
    current = {str(record["id"]): _current(record) for record in picked}
    own = (Own("a current document stands first", lambda result: _is_first(result, current)),)
    return Sample([_item(record) for record in picked], own=own)


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


def _current(record: Record) -> set[str]:
    """Return the ids of the documents that tell what is so on the question's day."""
    return {f"d{n}" for n, doc in enumerate(record["docs"], start=1) if doc["cred"] == CURRENT}


def _is_first(result: Result, current: Mapping[str, set[str]]) -> float:
    first = result.passages[0]["article"] if result.passages else None
    return float(first in current[result.case.id])


def _day(written: object) -> str:
    """Return the date in ISO's spelling; where the set has none it writes null or NaN."""
    return written.replace("/", "-") if isinstance(written, str) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
