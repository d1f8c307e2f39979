"""How well follow-up questions are searched for, beside the same questions written to stand alone.

    python -m benchmarks.followups tests/questions/questions.jsonl --archive ARCHIVE
    python -m benchmarks.followups tests/questions/questions.jsonl --archive ARCHIVE --show

Every question of the set that has turns before it and a field "stand_alone" is searched four ways:
as it was asked (`raw`); as the rules rewrite it (`rules`); both fused, as answers are found
(`fused`); and as a person wrote it to stand alone (`written`). A question is found within the
first k passages where one of them has an accepted answer. Differences are in points, against
`written`, paired by question, with 95 % bootstrap intervals. Figures are shares of 1 in the last
line, which is JSON.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rag.archive import Archive
from rag.context import retrieve_in_context
from rag.errors import RagError
from rag.evaluation.intervals import bootstrap_interval, mean, paired_difference
from rag.evaluation.provenance import machine, versions
from rag.evaluation.questions import Case, read_questions
from rag.evaluation.ranking_measures import answer_recall
from rag.followups import rewrite
from rag.types import Passage, Question

DEPTHS = (1, 3, 5)
WAYS = ("raw", "rules", "fused", "written")
DEPTH = 5


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`alone` is what a person who has not heard the turns before would ask."""

    case: Case
    alone: str


def read_followups(path: Path) -> list[FollowUp]:
    """Return the answerable questions that have turns before them and a field "stand_alone"."""
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    alone = {record["id"]: record.get("stand_alone") for record in map(json.loads, lines)}
    return [
        FollowUp(case, alone[case.id])
        for case in read_questions(path)
        if case.history and case.answerable and alone.get(case.id)
    ]


def measure(followups: Sequence[FollowUp], archive: Archive) -> dict[str, dict[str, list[float]]]:
    """Return for every way and depth whether each question's answer was found."""
    ways: dict[str, Callable[[FollowUp], Sequence[Passage]]] = {
        "raw": lambda each: archive.search(each.case.question, DEPTH),
        "rules": lambda each: archive.search(
            rewrite(each.case.question, each.case.history).text, DEPTH
        ),
        "fused": lambda each: retrieve_in_context(
            archive.retriever, replace(each.case.asked(), today=None), DEPTH
        ),
        "written": lambda each: archive.search(Question(each.alone), DEPTH),
    }
    found: dict[str, dict[str, list[float]]] = {}
    for name, search in ways.items():
        measures = [
            answer_recall([passage.text for passage in search(each)], each.case.answers)
            for each in followups
        ]
        found[name] = {f"@{k}": [m[f"answer_recall@{k}"] for m in measures] for k in DEPTHS}
    return found


def summary(found: dict[str, dict[str, list[float]]]) -> dict[str, dict[str, list[float | None]]]:
    """Return value, low and high of each way at each depth, and of its difference to `written`."""
    told: dict[str, dict[str, list[float | None]]] = {}
    for name in WAYS:
        told[name] = {}
        for depth, values in found[name].items():
            column = np.array(values)
            low, high = bootstrap_interval([column], mean) or (None, None)
            told[name][depth] = [float(column.mean()), low, high]
            written = np.array(found["written"][depth])
            difference = paired_difference([written], [column], mean)
            interval = difference.interval or (None, None)
            told[name][f"{depth} against written"] = [difference.value, *interval]
    return told


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.followups",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("questions", type=Path)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--kind", help="only questions of this kind")
    parser.add_argument("--show", action="store_true", help="print what the rules make of each")
    options = parser.parse_args(arguments)
    try:
        followups = read_followups(options.questions)
        chosen = [each for each in followups if options.kind in (None, each.case.kind)]
        with Archive(options.archive) as archive:
            if options.show:
                _show(chosen)
            found = summary(measure(chosen, archive))
            articles = len(archive)
    except (RagError, OSError) as error:
        print(f"followups: {error}", file=sys.stderr)
        return 1
    for name, figures in found.items():
        print(name, *(f"{depth} {_shown(each)}" for depth, each in figures.items()), sep="   ")
    facts = {"questions": len(chosen), "articles": articles, "machine": machine()}
    print(json.dumps({**facts, "newsdesk code": versions()["newsdesk code"], "figures": found}))
    return 0


def _show(followups: Sequence[FollowUp]) -> None:
    for each in followups:
        found = rewrite(each.case.question, each.case.history)
        print(f"{each.case.id}: {each.case.question}\n    {found.text}", end="")
        print("" if found.sure else "  (not sure)", f"\n    {each.alone}", sep="")


def _shown(figure: Sequence[float | None]) -> str:
    value, low, high = (None if each is None else round(100 * each, 1) for each in figure)
    return f"{value} [{low}, {high}]"


if __name__ == "__main__":
    sys.exit(main())
