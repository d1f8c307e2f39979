"""How surely near-copies of articles are told from other articles: planted ones, and their kin.

    python -m benchmarks.copies articles/
    python -m benchmarks.copies dump.jsonl.xz --limit 300

Of each article drawn, copies are made as reprinters make them: the first or the last part cut,
sentences left out or put in another order, an agency's line put before and a notice behind, words
exchanged for synonyms, a share of all words for words of other articles, and both cut and changed.
Headlines are never compared, so a new one changes nothing. Each copy should be recognised. What
should not be: planted follow-ups, which tell their own news and then repeat a part of the article
word for word, and those articles of the same days that share the most with it. Articles that share
half of their runs of words are copies of each other already and are not compared. Intervals are 95
% bootstrap intervals. Figures are shares of 1 in the last line, which is JSON.
"""

import argparse
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import numpy as np

from rag.cleaning import clean
from rag.copies import DAYS_APART, are_copies
from rag.copy_index import IN_COMMON
from rag.errors import RagError, ReadError
from rag.evaluation.intervals import bootstrap_interval, mean
from rag.evaluation.provenance import machine, versions
from rag.reading import read
from rag.sentences import split_sentences
from rag.shingles import Runs, make_sketch, number_runs
from rag.types import Article, FailedSource

SEED = 20231122
KIN = 5  # other articles that each is compared with
MOST_COMPARED = 200  # among which they are looked for
FOLLOW_UPS = (0.3, 0.5)  # share of the article that they repeat
SHORTEST = 600  # characters; a shorter article has nothing to cut
ALREADY_COPIED = 0.5  # share of the shorter article's runs
PART = 6  # the part that is cut is one of so many
SYNONYMS = {
    "said": "stated", "says": "states", "told": "informed", "big": "large", "began": "started",
    "begin": "start", "show": "demonstrate", "showed": "demonstrated", "help": "aid", "many":
    "numerous", "after": "following", "about": "roughly", "because": "since", "however": "yet",
    "people": "persons", "killed": "slain", "house": "home", "children": "youngsters", "police":
    "officers", "also": "likewise", "buy": "purchase", "bought": "purchased", "end": "close",
    "ended": "closed", "near": "close to", "get": "obtain", "got": "obtained", "use": "employ",
    "used": "employed", "need": "require", "needs": "requires", "new": "fresh", "old": "former",
    "wants": "wishes", "asked": "requested", "found": "discovered", "called": "termed",
}  # fmt: skip
Edit = Callable[[str, random.Random, Sequence[str]], str]


def cut_first(text: str, rng: random.Random, words: Sequence[str]) -> str:
    sentences = _sentences(text)
    return " ".join(sentences[max(1, len(sentences) // PART) :])


def cut_last(text: str, rng: random.Random, words: Sequence[str]) -> str:
    sentences = _sentences(text)
    return " ".join(sentences[: -max(1, len(sentences) // PART)])


def left_out(text: str, rng: random.Random, words: Sequence[str]) -> str:
    return " ".join(each for n, each in enumerate(_sentences(text)) if n % 3)


def reordered(text: str, rng: random.Random, words: Sequence[str]) -> str:
    sentences = _sentences(text)
    parts = [sentences[n : n + 2] for n in range(0, len(sentences), 2)]
    rng.shuffle(parts)
    return " ".join(each for part in parts for each in part)


def agency_line(text: str, rng: random.Random, words: Sequence[str]) -> str:
    return f"LONDON (Reuters) — {text}\n\nCopyright 2023 Reuters. All rights reserved."


def synonyms(text: str, rng: random.Random, words: Sequence[str]) -> str:
    return re.sub(r"\w+", lambda match: SYNONYMS.get(match[0], match[0]), text)


def changed(share: float) -> Edit:
    """Return an edit that puts words of other articles in for a share of all words."""

    def edit(text: str, rng: random.Random, words: Sequence[str]) -> str:
        return re.sub(r"\S+", lambda m: rng.choice(words) if rng.random() < share else m[0], text)

    return edit


def cut_and_changed(text: str, rng: random.Random, words: Sequence[str]) -> str:
    shorter = cut_last(cut_first(text, rng, words), rng, words)
    return changed(0.15)(synonyms(shorter, rng, words), rng, words)


EDITS: dict[str, Edit] = {
    "first part cut": cut_first,
    "last part cut": cut_last,
    "a third left out": left_out,
    "reordered": reordered,
    "agency's line": agency_line,
    "synonyms": synonyms,
    "5 % of words": changed(0.05),
    "15 % of words": changed(0.15),
    "30 % of words": changed(0.30),
    "cut, synonyms, 15 %": cut_and_changed,
}


def follow_up(text: str, other: str, share: float) -> str:
    """Return another article's news with the last `share` of this one as its background."""
    sentences = _sentences(text)
    kept = sentences[-max(1, round(share * len(sentences))) :]
    news = _sentences(other)[: max(3, len(sentences) - len(kept))]
    return " ".join([*news, *kept])


def read_articles(source: Path) -> list[Article]:
    articles: list[Article] = []
    for item in read(str(source)):
        if not isinstance(item, FailedSource):
            with suppress(ReadError):  # nothing in it belongs to an article
                articles.append(clean(item))
    return articles


def measure(articles: Sequence[Article], limit: int) -> dict[str, object]:
    rng = random.Random(SEED)
    long = [each for each in articles if len(each.text) >= SHORTEST]
    drawn = rng.sample(long, min(limit, len(long)))
    words = [word for article in drawn for word in article.text.split()]
    kin = Kin(articles)
    recalls: dict[str, list[float]] = {}
    mistaken: dict[str, list[float]] = {}
    for article in drawn:
        for name, edit in EDITS.items():
            recognised = _recognised(article, edit(article.text, rng, words))
            recalls.setdefault(name, []).append(float(recognised))
        for share in FOLLOW_UPS:
            text = follow_up(article.text, rng.choice(long).text, share)
            name = f"follow-up with the last {share:.0%}"
            mistaken.setdefault(name, []).append(float(_recognised(article, text)))
        for other in kin.of(article):
            called = float(_recognised(article, other.text))
            mistaken.setdefault("kin", []).append(called)
    right = sum(sum(values) for values in recalls.values())
    wrong = sum(sum(values) for values in mistaken.values())
    return {
        "articles": len(drawn),
        "recall": {name: _figure(values) for name, values in recalls.items()},
        "recall of all": _figure([each for values in recalls.values() for each in values]),
        "mistaken": {name: [*_figure(values), len(values)] for name, values in mistaken.items()},
        "precision": _figure([1.0] * int(right) + [0.0] * int(wrong)),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.copies",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("articles", type=Path, help="whatever can be added to an archive")
    parser.add_argument("--limit", type=int, default=300)
    options = parser.parse_args(arguments)
    try:
        found = measure(read_articles(options.articles), options.limit)
    except (RagError, OSError) as error:
        print(f"copies: {error}", file=sys.stderr)
        return 1
    facts = {"machine": machine(), "newsdesk code": versions()["newsdesk code"]}
    print(json.dumps(found, indent=1))
    print(json.dumps({**found, **facts}))
    return 0


@dataclass(slots=True)
class Kin:
    """Knows which of all articles share the most with one and are not its copies."""

    articles: Sequence[Article]
    _holders: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for number, article in enumerate(self.articles):
            for run in make_sketch(number_runs(article.text)):
                self._holders[run].append(number)

    def of(self, article: Article) -> list[Article]:
        runs = number_runs(article.text)
        shared = Counter(n for run in make_sketch(runs) for n in self._holders[run])
        others = (self.articles[number] for number, _ in shared.most_common(MOST_COMPARED))
        near = (each for each in others if each is not article and _same_days(each, article))
        return list(islice((each for each in near if not _is_copied(each, runs)), KIN))


def _same_days(one: Article, other: Article) -> bool:
    first, second = one.published_on, other.published_on
    return first is not None and second is not None and abs((first - second).days) <= DAYS_APART


def _is_copied(article: Article, runs: Runs) -> bool:
    short, long = sorted((number_runs(article.text), runs), key=len)
    return not len(short) or float(np.isin(short, long).mean()) >= ALREADY_COPIED


def _recognised(article: Article, text: str) -> bool:
    """Whether an article of that text is found and taken for a copy, as in an archive."""
    sketches = [set(make_sketch(number_runs(each))) for each in (article.text, text)]
    copy = replace(article, id="copy", publisher="Reprint", text=text)
    return len(sketches[0] & sketches[1]) >= IN_COMMON and are_copies(article, copy)


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


def _figure(values: Sequence[float]) -> list[float]:
    column = np.array(values)
    interval: Iterator[float] = iter(bootstrap_interval([column], mean) or ())
    return [round(each, 4) for each in (float(column.mean()), *interval)]


if __name__ == "__main__":
    sys.exit(main())
