"""MultiHop-RAG: questions that need two to four news articles, and some that none answers.

    {"id": 291, "query": "…", "question_type": "inference_query", "answer": "…",
     "evidence_list": [{"title": "…", "fact": "…", …}, …]}

All questions share one archive, of the articles' evidence sentences: their bodies are not in the
set, so retrieval is easier here than in the published figures.
"""

from pathlib import Path

from benchmarks.sets.common import (
    Document,
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
UNANSWERABLE = "null_query"
PUBLISHED = (
    Published("GPT-4, accuracy", "with retrieval .56, given the evidence .89"),
    Published("ChatGPT, accuracy", "with retrieval .44, given the evidence .57"),
    Published("Mixtral-8x7B, accuracy", "with retrieval .32, given the evidence .36"),
    Published("Llama-2-70B, accuracy", "with retrieval .28, given the evidence .32"),
    Published("best retrieval, whole articles", "Hits@4 .66, Hits@10 .75, MRR@10 .59"),
)


def load(data: Path, limit: int) -> Sample:
    records = chosen(read_records(data / "multihop" / "queries.jsonl"), limit)
    articles = read_records(data / "multihop" / "evidence.jsonl")
    shared = [_document(number, article) for number, article in enumerate(articles)]
    return Sample([Item(_case(record)) for record in records], shared=shared)


def _document(number: int, article: Record) -> Document:
    return document(
        number,
        "\n\n".join(article["facts"]),
        title=article["title"],
        publisher=article["source"],
        published=article["published_at"],
        url=article["url"],
    )


def _case(record: Record) -> Case:
    answerable = record["question_type"] != UNANSWERABLE
    titles = dict.fromkeys(each["title"] for each in record["evidence_list"])
    return Case(
        id=str(record["id"]),
        question=record["query"],
        answers=(record["answer"],) if answerable else (),
        answerable=answerable,
        articles=tuple(titles) if answerable else (),
        kind=record["question_type"].removesuffix("_query"),
    )
