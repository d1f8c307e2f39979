"""Fits how likely the articles answer a question, and prints the numbers for answerability.toml.

    python -m benchmarks.answerability --data DIR --model M --signs signs.jsonl
    python -m benchmarks.answerability --signs signs.jsonl

Asks questions that are known to be answerable or not of articles of their own, keeps the signs of
each (one line of JSON; a run that was broken off goes on), and fits two logistic regressions, with
the model's opinion and without. What it prints of their quality is from five-fold cross-validation
over questions, each question with all its articles in one fold. Without --data only the fit.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Generator as PythonGenerator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from benchmarks.quality import Subjects
from benchmarks.sets import rgb, squad2
from benchmarks.sets.common import Item
from rag.answerability import Signs, read_signs
from rag.archive import Archive
from rag.evaluation.questions import Case
from rag.evaluation.subject import Subject
from rag.evidence import sentence_quotes
from rag.settings import load_settings
from rag.types import EvidenceFound, Generator, Judging, Message, Waiting
from rag.wiring import make_generator

LIMITS = {"rgb": 400, "squad2": 200}
EVIDENCE = ("score", "named", "offered")
MODEL = ("score", "named", "offered", "opinion")
FOLDS = 5
THRESHOLDS = (0.3, 0.4, 0.5, 0.6)


@dataclass(slots=True)
class Overheard:
    """A generator that only judges, and tells what."""

    generator: Generator
    opinion: float | None = None

    @property
    def name(self) -> str:
        return self.generator.name

    @property
    def context_size(self) -> int:
        return self.generator.context_size

    def count_tokens(self, text: str) -> int:
        return self.generator.count_tokens(text)

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, judging: Judging | None = None
    ) -> PythonGenerator[str | Waiting, None, None]:
        def overhear(opinion: float | None) -> bool:
            self.opinion = opinion
            return False

        if judging:
            ending = Judging(judging.messages, overhear)
            yield from self.generator.stream(messages, max_tokens=max_tokens, judging=ending)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.data:
        settings = load_settings({"model": options.model})
        generator = make_generator(settings)
        if generator is None:
            parser.error("the model's opinion is a sign; give --model")
        with tempfile.TemporaryDirectory() as folder:
            gather(options.data, Archive(folder, settings=settings), generator, options.signs)
    records = [json.loads(line) for line in options.signs.read_text().splitlines()]
    for name, signs in (("evidence", EVIDENCE), ("model", MODEL)):
        _fit(name, signs, [record for record in records if None not in _row(record, signs)])
    return 0


def gather(data: Path, models: Archive, generator: Generator, signs: Path) -> None:
    """Append the signs of every question that the file does not have yet.

    `models` is an archive that holds the embedder.
    """
    known = set()
    if signs.exists():
        known = {json.loads(line)["id"] for line in signs.read_text().splitlines()}
    overheard = Overheard(generator)
    with tempfile.TemporaryDirectory() as temporary, signs.open("a") as file:
        subjects = Subjects(models.settings, Path(temporary), 1, None, overheard, models)
        for number, (name, item) in enumerate(_items(data)):
            if item.case.id not in known:
                subject = subjects.of_documents(str(number), item.documents)
                overheard.opinion = None
                record = {"id": item.case.id, "set": name, **_signs(subject, overheard, item.case)}
                file.write(f"{json.dumps(record)}\n")
                file.flush()
        subjects.close()


def _items(data: Path) -> Iterator[tuple[str, Item]]:
    for name, adapter in (("rgb", rgb), ("squad2", squad2)):
        for item in adapter.load(data, LIMITS[name]).items:
            if item.case.kind not in ("noise 0.4", "noise 0.8"):  # whether they hold it is unsure
                yield name, item


def _signs(subject: Subject, overheard: Overheard, case: Case) -> dict[str, object]:
    found = EvidenceFound((), ())
    for event in subject.answer(case.asked()) if subject.answer else ():
        if isinstance(event, EvidenceFound):
            found = event
    signs = Signs(0.0, 0.0, 0.0)
    if found.evidence:
        sentences = sentence_quotes(found.passages)
        signs = read_signs(case.question, found.evidence, sentences, overheard.opinion)
    return {"question": case.question, "answerable": case.answerable, **signs._asdict()}


def _row(record: dict[str, float], signs: Sequence[str]) -> list[float]:
    return [record[name] for name in signs]


def _fit(name: str, signs: Sequence[str], records: Sequence[dict[str, float]]) -> None:
    rows = np.array([_row(record, signs) for record in records])
    answerable = np.array([bool(record["answerable"]) for record in records])
    groups = [record["question"] for record in records]
    regression = LogisticRegression()
    predicted = cross_val_predict(
        regression, rows, answerable, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba"
    )[:, 1]
    _report(predicted, answerable, [str(record["set"]) for record in records])
    regression.fit(rows, answerable)
    weights = zip(signs, regression.coef_[0], strict=True)
    print(f"[{name}]")
    print(f"intercept = {regression.intercept_[0]:.2f}")
    print(f"signs = {{ {', '.join(f'{sign} = {weight:.2f}' for sign, weight in weights)} }}\n")


def _report(
    predicted: npt.NDArray[np.float64], answerable: npt.NDArray[np.bool_], sets: Sequence[str]
) -> None:
    for name in sorted(set(sets)):
        kept = np.array([each == name for each in sets])
        shares, truth = predicted[kept], answerable[kept]
        declined = {limit: shares < limit for limit in THRESHOLDS}
        print(
            f"# {name}, n {len(truth)}: area under the curve {roc_auc_score(truth, shares):.3f}, "
            f"Brier score {brier_score_loss(truth, shares):.3f}"
        )
        for limit, low in declined.items():
            print(
                f"#   below {limit}: {low[~truth].mean():.1%} of the unanswerable declined, "
                f"{low[truth].mean():.1%} of the answerable"
            )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.answerability",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, help="folder of the sets")
    parser.add_argument("--model", default="qwen2.5-coder-1.5b")
    parser.add_argument("--signs", type=Path, required=True, help="what was gathered, JSON lines")
    return parser


if __name__ == "__main__":
    sys.exit(main())
