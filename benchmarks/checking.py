"""The check of written sentences beside simple methods, on the same sentences.

    python -m benchmarks.checking --data DIR
    python -m benchmarks.checking --pairs tests/support/pairs.jsonl

Of QAGS's sentences (--data), or of our own about the sample articles (--pairs), it tells who is
right how often: the check; the share of a sentence's words that its best quote has, or the whole
article; the cosine of the sentence and its best quote by the embedder. A simple method proves what
reaches a threshold; this is the best for balanced accuracy on four fifths of the articles, and
counts on the last fifth. Intervals resample sentences, and differences the same ones for both.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold

from benchmarks.sets.common import read_records
from benchmarks.sets.support import as_written, balanced
from embeddings.protocols import Embedder
from rag.cleaning import clean
from rag.evaluation.figures import Figure
from rag.evaluation.intervals import Column, bootstrap_interval, paired_difference
from rag.evaluation.provenance import machine, versions
from rag.reading import read
from rag.sentences import split_sentences
from rag.settings import load_settings
from rag.types import Article, Quote, RawArticle
from rag.verification import find_support
from rag.wiring import make_embedder
from rag.words import content_stems

ARTICLES = Path(__file__).parent.parent / "articles"
FOLDS = 5
CHECK = "the check"


class Judged(NamedTuple):
    """A sentence, its article's, and whether people call it supported."""

    article: str
    sentence: str
    question: str
    quotes: Sequence[Quote]
    supported: bool


def read_qags(data: Path) -> Iterator[Judged]:
    for record in read_records(data / "support" / "sentences.jsonl"):
        quotes = _quotes(Article(record["id"], "", as_written(record["article"])))
        for each in record["sentences"]:
            sentence = as_written(each["sentence"])
            yield Judged(record["id"], sentence, "", quotes, each["supported_majority"])


def read_pairs(pairs: Path) -> Iterator[Judged]:
    articles = [clean(raw) for raw in read(ARTICLES) if isinstance(raw, RawArticle)]
    quotes = {article.title: _quotes(article) for article in articles}
    for pair in read_records(pairs):
        of_article = quotes[pair["article"]]
        yield Judged(
            pair["article"], pair["sentence"], pair["question"], of_article, pair["supported"]
        )


def _quotes(article: Article) -> list[Quote]:
    return [Quote(article, span.start, span.end) for span in split_sentences(article.text)]


def score(judged: Sequence[Judged], embedder: Embedder) -> dict[str, Column]:
    """Return what each simple method gives each sentence, in [0, 1]."""
    texts = [text for each in judged for text in _texts(each)]
    distinct = list(dict.fromkeys(texts))
    vectors = dict(zip(distinct, embedder.embed_passages(distinct), strict=True))
    rows = []
    for each in judged:
        stems = set(content_stems(each.sentence))
        had = [set(content_stems(quote.text)) for quote in each.quotes]
        words = [len(stems & quote) / max(len(stems), 1) for quote in had]
        in_article = len(stems & set().union(*had)) / max(len(stems), 1)
        sentence, *quotes = (vectors[text] for text in _texts(each))
        rows.append((max(words), in_article, max(float(quote @ sentence) for quote in quotes)))
    best, whole, cosine = np.array(rows).T
    return {"words of one quote": best, "words of the article": whole, "cosine": cosine}


def _texts(judged: Judged) -> list[str]:
    return [judged.sentence, *(quote.text for quote in judged.quotes)]


def prove(scores: Column, supported: Column, groups: Sequence[str]) -> Column:
    """Return what is proved with thresholds that were chosen on the other articles."""
    proved = np.zeros_like(scores)
    for others, fold in GroupKFold(FOLDS).split(scores, groups=groups):
        threshold = _best_threshold(scores[others], supported[others])
        proved[fold] = scores[fold] >= threshold
    return proved


def _best_threshold(scores: Column, supported: Column) -> float:
    thresholds: npt.NDArray[np.float64] = np.unique(scores)
    rates = [float(balanced(supported, (scores >= each).astype(float))) for each in thresholds]
    return float(thresholds[int(np.argmax(rates))])


def compare(judged: Sequence[Judged], embedder: Embedder) -> dict[str, object]:
    """Print the balanced accuracy of each method and how much the check's is above it."""
    supported = np.array([each.supported for each in judged], dtype=float)
    groups = [each.article for each in judged]
    checked = [
        bool(find_support(each.sentence, each.quotes, each.question).quotes) for each in judged
    ]
    methods = {
        CHECK: np.array(checked, dtype=float),
        **{
            name: prove(scores, supported, groups)
            for name, scores in score(judged, embedder).items()
        },
    }
    return {
        name: _told(name, [supported, proved], [supported, methods[CHECK]])
        for name, proved in methods.items()
    }


def _told(name: str, columns: Sequence[Column], check: Sequence[Column]) -> dict[str, object]:
    low, high = bootstrap_interval(columns, balanced) or (None, None)
    figure = Figure(name, float(balanced(*columns)), low, high, len(columns[0]))
    print(f"{name}: {100 * figure.value:.1f} % [{100 * (low or 0):.1f}–{100 * (high or 0):.1f}]")
    if name == CHECK:
        return asdict(figure)
    difference = paired_difference(columns, check, balanced)
    if difference.interval:
        low, high = difference.interval
        print(
            f"  the check is {100 * difference.value:+.1f} [{100 * low:+.1f} to {100 * high:+.1f}]"
        )
    return {**asdict(figure), "check_above": difference._asdict()}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.checking",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--data", type=Path, help="folder of the sets")
    chosen.add_argument("--pairs", type=Path, help="sentences about the sample articles")
    options = parser.parse_args(arguments)
    judged = list(read_qags(options.data) if options.data else read_pairs(options.pairs))
    methods = compare(judged, make_embedder(load_settings({})))
    print(json.dumps({"methods": methods, "machine": machine(), **_code()}))
    return 0


def _code() -> dict[str, object]:
    return {"newsdesk code": versions()["newsdesk code"]}


if __name__ == "__main__":
    sys.exit(main())
