"""TIME 1963: 423 articles with 83 queries and the articles judged relevant. Only ranking counts.

{"doc_id": 1, "text": "…"} and {"id": 1, "query": "…", "relevant_doc_ids": [268, …]}
"""

from pathlib import Path

from benchmarks.sets.common import Item, Published, Sample, chosen, document, read_records
from rag.evaluation.questions import Case

LIMIT = 83
PUBLISHED = (Published("BM25, whole articles", "MRR .733, R@10 .810 (MAP .650)"),)
DEPTH = 100  # passages, so that they are of more than ten articles


def load(data: Path, limit: int) -> Sample:
    records = chosen(read_records(data / "time" / "queries.jsonl"), limit)
    articles = read_records(data / "time" / "articles.jsonl")
    shared = [document(article["doc_id"], article["text"]) for article in articles]
    items = [
        Item(
            Case(
                id=str(record["id"]),
                question=record["query"],
                answers=(),
                answerable=True,
                articles=tuple(f"d{number}" for number in record["relevant_doc_ids"]),
            )
        )
        for record in records
    ]
    return Sample(items, shared=shared, depth=DEPTH)
