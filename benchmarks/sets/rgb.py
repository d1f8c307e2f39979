"""RGB: news questions with documents that answer and documents that only look as if.

    {"id": 216, "query": "…", "answer": ["…"], "positive": […], "negative": […], "noise_sets": {…}}

Each question is asked four times of documents of its own: without noise, with 40 % and with 80 %
of it, and with nothing else, when declining is right. The two questions that need two answers at
once are left out; `--limit` counts what is asked, so it asks a quarter as many questions.
"""

from collections.abc import Iterator
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

LIMIT = 80
DOCUMENTS = 5
NOISE = ("0.4", "0.8")
PUBLISHED = (
    Published("ChatGPT, accuracy", "at noise 0/.4/.8: 96.3 94.0 76.0"),
    Published("Qwen-7B-Chat, accuracy", "at noise 0/.4/.8: 94.3 91.0 73.7"),
    Published("ChatGLM2-6B, accuracy", "at noise 0/.4/.8: 91.3 83.0 57.3"),
    Published("ChatGPT, declines noise alone", "exact phrase 24.7, judged 45.0"),
    Published("Qwen-7B-Chat, declines noise alone", "exact phrase 31.0, judged 35.7"),
)


def load(data: Path, limit: int) -> Sample:
    records = [r for r in read_records(data / "rgb" / "noise.jsonl") if len(r["answer"]) == 1]
    each = 2 + len(NOISE)
    drawn = chosen(records, max(1, limit // each))
    return Sample([item for record in drawn for item in _items(record)])


def _items(record: Record) -> Iterator[Item]:
    accepted = record["answer"][0]
    answers = tuple(accepted if isinstance(accepted, list) else [accepted])
    positive, negative = record["positive"], record["negative"]
    yield _item(record, "noise 0", answers, positive[:DOCUMENTS])
    for share in NOISE:
        mixed = record["noise_sets"][share]
        texts = [positive[n] for n in mixed["positive"]] + [negative[n] for n in mixed["negative"]]
        yield _item(record, f"noise {share}", answers, texts)
    yield _item(record, "noise alone", (), negative[:DOCUMENTS])


def _item(record: Record, kind: str, answers: tuple[str, ...], texts: list[str]) -> Item:
    case = Case(
        id=f"{record['id']} {kind}",
        question=record["query"],
        answers=answers,
        answerable=bool(answers),
        kind=kind,
    )
    return Item(case, tuple(document(n, text) for n, text in enumerate(texts, start=1)))
