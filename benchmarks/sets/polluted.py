"""NewsPollutedQA of CAGB: news questions with one true article and three fakes.

    {"uid": "…", "question": "…", "answer": "…", "docs": [{"title": "", "text": "…"}, …]}

Each question is asked of its own four documents; nothing tells which of them is true except what
they say themselves.
"""

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
    records = chosen(read_records(data / "polluted" / "questions.jsonl"), limit)
    return Sample([_item(record) for record in records])


def _item(record: Record) -> Item:
    case = Case(record["uid"], record["question"], (record["answer"],), answerable=True)
    documents = [
        document(n, doc["text"], title=doc["title"]) for n, doc in enumerate(record["docs"], 1)
    ]
    return Item(case, tuple(documents))
