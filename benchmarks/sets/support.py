"""QAGS: sentences of news summaries, which people judged supported by the article or not.

    {"id": "…", "article": "…", "sentences": [{"sentence": "…", "supported_majority": false}, …]}

No question is asked: Newsdesk's checker is shown each sentence with all of the article's. The
articles stand there in tokens ("13, 000", "U. S.", "51 - year - old"), the sentences as people
write them; both are shown as people write.
"""

import re
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.sets.common import Published, Record, chosen, read_records
from rag.evaluation.declining_measures import share
from rag.evaluation.figures import Figure
from rag.evaluation.intervals import Column, bootstrap_interval
from rag.evaluation.proof_measures import supports
from rag.sentences import split_sentences
from rag.types import Article, Quote

LIMIT = 237
TOKENS = (  # how they stand apart, and what they are put together as
    (re.compile(r"\b(\d{1,3}), (?=\d{3}\b)"), r"\1,"),
    (re.compile(r"\b(\d{1,3})\. (?=\d)"), r"\1."),
    (re.compile(r"\b([A-Za-z])\. (?=[A-Za-z]\.)"), r"\1."),
    (re.compile(r"(?<=\w) - (?=\w)"), "-"),
    (re.compile(r"([$£€]) (?=\d)"), r"\1"),
)
PUBLISHED = (
    Published("GPT-4-turbo on FaithBench's harder cases", "balanced accuracy 56.1"),
    Published("HHEM-2.1 on FaithBench's harder cases", "balanced accuracy 54.6"),
)


class Judged(NamedTuple):
    supported: bool
    proved: bool


def measure(data: Path, limit: int) -> list[Figure]:
    """Return the checker's balanced accuracy and how often it accepts either kind."""
    records = chosen(read_records(data / "support" / "sentences.jsonl"), limit)
    judged = [each for record in records for each in _judge(record)]
    columns = list(np.array(judged, dtype=float).T)
    statistics = {
        "balanced_accuracy": balanced,
        "supported_accepted": _accepted,
        "unsupported_refused": _refused,
    }
    figures = []
    for name, statistic in statistics.items():
        low, high = bootstrap_interval(columns, statistic) or (None, None)
        figures.append(Figure(name, float(statistic(*columns)), low, high, len(judged)))
    return figures


def as_written(text: str) -> str:
    """Return the text with the tokens put together that the set's makers took apart."""
    for apart, together in TOKENS:
        text = apart.sub(together, text)
    return text


def _judge(record: Record) -> list[Judged]:
    article = Article(record["id"], "", as_written(record["article"]))
    spans = split_sentences(article.text)
    quotes = [Quote(article, span.start, span.end) for span in spans]
    return [
        Judged(each["supported_majority"], supports(as_written(each["sentence"]), quotes))
        for each in record["sentences"]
    ]


def _accepted(supported: Column, proved: Column) -> Column:
    return share(supported * proved, supported)


def _refused(supported: Column, proved: Column) -> Column:
    return share((1 - supported) * (1 - proved), 1 - supported)


def balanced(supported: Column, proved: Column) -> Column:
    return (_accepted(supported, proved) + _refused(supported, proved)) / 2
