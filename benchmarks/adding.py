"""How fast a dump of articles becomes findable, how fast vectors follow, how fast a search answers.

What is measured, in this order, in one process, on a new archive:

- adding every article until all are findable by their words (seconds, articles a second);
- adding the same dump again, when nothing has changed;
- embedding for a fixed time (passages a second);
- searching by words and by both, over the articles' own titles (median and 95th percentile);
- the most memory this process ever held.

    python -m benchmarks.adding articles.jsonl.xz
    python -m benchmarks.adding articles.jsonl.xz --archive /tmp/kept --embed-seconds 60

The last line is JSON.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from rag import Archive, Question
from rag.types import Retriever

SEARCHES = 200
Figures = dict[str, float | int | str | None]


def measure(dump: Path, folder: Path, embed_seconds: float) -> Figures:
    archive = Archive(folder)
    archive.counter.count_tokens("ready")
    before = len(archive)
    adding = seconds(lambda: archive.add(dump, embed=False))
    articles = len(archive) - before
    again = seconds(lambda: archive.add(dump, embed=False))
    embedded = embed_for(archive, embed_seconds)
    titles = [
        article.title for article, _ in zip(archive.articles(), range(SEARCHES), strict=False)
    ]
    return {
        "articles": articles,
        "passages": archive.store.count_chunks(),
        "add_seconds": round(adding, 1),
        "articles_per_second": round(articles / adding, 1),
        "add_again_seconds": round(again, 1),
        "embedded_per_second": round(embedded / embed_seconds, 1) if embed_seconds else None,
        **latency("words", archive.lexical_retriever, titles),
        **latency("hybrid", archive.retriever, titles),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
        "cores": os.cpu_count(),
        "machine": platform.machine(),
    }


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def embed_for(archive: Archive, limit: float) -> int:
    archive.embedder.embed_queries(["ready"])
    before = archive.store.count_vectors()
    end = time.perf_counter() + limit
    archive.embed(should_stop=lambda: time.perf_counter() > end)
    return archive.store.count_vectors() - before


def latency(name: str, retriever: Retriever, titles: Sequence[str]) -> Figures:
    retriever.retrieve(Question("warm"), 10)
    took = [seconds(partial(retriever.retrieve, Question(title), 10)) for title in titles]
    return {
        f"{name}_median_ms": round(statistics.median(took) * 1000, 1),
        f"{name}_p95_ms": round(statistics.quantiles(took, n=20)[-1] * 1000, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dump", type=Path)
    parser.add_argument("--archive", type=Path, help="keep the archive in this folder")
    parser.add_argument("--embed-seconds", type=float, default=30.0)
    flags = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        figures = measure(flags.dump, flags.archive or Path(temporary), flags.embed_seconds)
    for name, value in figures.items():
        print(f"{name:24} {value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
