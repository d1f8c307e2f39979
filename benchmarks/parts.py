"""How many of the articles that a question needs are found: part by part, by publishers named.

    python -m benchmarks.parts --data DIR
    python -m benchmarks.parts --data DIR --among dump.jsonl.xz

MultiHop-RAG's questions need two to four articles each, of which the set has the evidence alone.
They are found by words, in an archive of these and, with --among, of the articles of a dump too:
among them the few are harder to find. Figures are the share of the articles needed that are
among the first ten found, and its difference from that of the question as a whole, with 95 %
bootstrap intervals, in the last line, which is JSON.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.sets import multihop
from rag.archive import Archive
from rag.attributed_retrieval import AttributedRetriever
from rag.errors import RagError
from rag.evaluation.intervals import bootstrap_interval, mean
from rag.evaluation.provenance import machine, versions
from rag.evaluation.questions import Case
from rag.partwise import PartwiseRetriever
from rag.settings import Settings
from rag.types import Question, Retriever

DEPTH, CANDIDATES = 10, 40  # articles, passages
ALL = 1_000_000


def measure(data: Path, archive: Archive, folder: Path) -> dict[str, object]:
    sample = multihop.load(data, ALL)
    dump = folder / "evidence.jsonl"
    dump.write_text("".join(f"{json.dumps(each)}\n" for each in sample.shared), encoding="utf-8")
    archive.add(dump, embed=False)
    cases = [item.case for item in sample.items if item.case.answerable]
    words = archive.near_time(archive.lexical_retriever)
    attributed = AttributedRetriever(words, publishers=archive.publishers)
    retrievers: dict[str, Retriever] = {
        "whole": words,
        "in parts": PartwiseRetriever(words),
        "of the publishers named": attributed,
        "in parts, of the publishers named": PartwiseRetriever(attributed),
    }
    found = {name: _recalls(cases, each) for name, each in retrievers.items()}
    return {
        "articles": len(archive),
        "questions": len(cases),
        **{name: _figures(values, found["whole"]) for name, values in found.items()},
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.parts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the public sets")
    parser.add_argument("--among", type=Path, help="articles among which they are to be found")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "archive"
            with Archive(folder, settings=Settings(archive=folder)) as archive:
                if options.among:
                    archive.add(options.among, embed=False)
                found = measure(options.data, archive, Path(name))
    except (RagError, OSError) as error:
        print(f"parts: {error}", file=sys.stderr)
        return 1
    print(json.dumps(found, indent=1))
    print(json.dumps({**found, "machine": machine(), "code": versions()["newsdesk code"]}))
    return 0


def _recalls(cases: Sequence[Case], retriever: Retriever) -> list[float]:
    recalls: list[float] = []
    for case in cases:
        passages = retriever.retrieve(Question(case.question), CANDIDATES)
        titles = list(dict.fromkeys(passage.article.title for passage in passages))[:DEPTH]
        recalls.append(sum(title in titles for title in case.articles) / len(case.articles))
    return recalls


def _figures(values: Sequence[float], whole: Sequence[float]) -> dict[str, list[float]]:
    more = [value - of_whole for value, of_whole in zip(values, whole, strict=True)]
    return {"recall": _figure(values), "more than whole": _figure(more)}


def _figure(values: Sequence[float]) -> list[float]:
    column = np.asarray(values)
    interval = bootstrap_interval([column], mean) or ()
    return [round(each, 4) for each in (float(column.mean()), *interval)]


if __name__ == "__main__":
    sys.exit(main())
