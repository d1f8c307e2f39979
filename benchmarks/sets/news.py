"""RealTime QA: weekly news quizzes of 2022 and 2023, asked of 26,632 news articles.

    {"id": "20220617_5", "question": "…", "answers": ["$5"], "as_of": "2022-06-17", …}

The archive is given with --archive. Beside it stands what a web search engine found for the same
questions: whether one of its first k articles, at full length, has the answer.
"""

from datetime import date
from pathlib import Path

from benchmarks.sets.common import Item, Own, Published, Record, Sample, chosen, read_records
from rag.evaluation.questions import Case
from rag.evaluation.results import Result

LIMIT = 100
PUBLISHED = (
    Published("web search, all 1,933", "answer in its first 1/3/5/10 articles 39.1/50.2/53.8/57.7"),
    Published("GPT-3 + web search, 2022", "EM/F1 40.7/49.7"),
    Published("RAG + web search, 2022", "EM/F1 26.1/32.1"),
    Published("T5 without articles, 2022", "EM/F1 9.9/14.0"),
    Published("GPT-3 + web search, 2023", "EM/F1 27.7/35.6"),
    Published("RAG + web search, 2023", "EM/F1 4.3/5.1"),
)


def load(data: Path, limit: int) -> Sample:
    records = chosen(read_records(data / "news" / "questions.jsonl"), limit)
    ranks = {record["id"]: record["first_candidate_with_answer"] for record in records}

    def web_search(k: int) -> Own:
        def read(result: Result) -> float:
            rank = ranks[result.case.id]
            return float(rank is not None and rank <= k)

        return Own(f"web search: answer in the first {k} articles", read)

    own = [web_search(k) for k in (1, 3, 5, 10)]
    return Sample([Item(_case(record)) for record in records], given_archive=True, own=own)


def _case(record: Record) -> Case:
    return Case(
        id=record["id"],
        question=record["question"],
        answers=tuple(record["answers"]),
        answerable=True,
        today=date.fromisoformat(record["as_of"]),
        kind=record["id"][:4],
    )
