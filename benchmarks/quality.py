"""How often the answers are right on public question sets, beside the figures others published.

    python -m benchmarks.quality --data DIR --set squad2 --model none
    python -m benchmarks.quality --data DIR --set rgb --model smollm2-135m --limit 40
    python -m benchmarks.quality --data DIR --set news --archive ARCHIVE --retriever lexical
    python -m benchmarks.quality --data DIR --set support

With --retriever only the ranking of passages is measured, which asks no model. Without --limit a
sample is drawn that two cores finish in minutes in quotes and in about an hour with a model of a
billion parameters; it is always the same sample. Models of others saw the same sets, but not the
same sample, and whole articles where ours sees passages: read the figures side by side, not as a
ranking. Figures are shares of 1 in the last line, which is JSON.
"""

import argparse
import importlib
import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
from rich.console import Console

from benchmarks.plain import plain_stream
from benchmarks.sets.common import Document, Item, Own, Published, Sample
from rag.archive import Archive
from rag.assistant import Assistant
from rag.errors import RagError
from rag.evaluation.figures import Figure
from rag.evaluation.intervals import bootstrap_interval, mean
from rag.evaluation.labels import shown_interval
from rag.evaluation.provenance import (
    archive_facts,
    machine,
    model_facts,
    prompt_facts,
    settings_facts,
    versions,
)
from rag.evaluation.questions import Case
from rag.evaluation.results import Result
from rag.evaluation.run_folder import Run
from rag.evaluation.running import run_cases
from rag.evaluation.subject import (
    MeteredGenerator,
    Subject,
    Usage,
    assistant_subject,
    retriever_subject,
)
from rag.evaluation.tables import show_run
from rag.settings import Settings, load_settings
from rag.terminal import counting
from rag.types import Generator
from rag.wiring import make_generator

SETS = ("news", "squad2", "clapnq", "rgb", "temporal", "polluted", "multihop", "support", "time")
ONLY_RANKED = {"time"}
RETRIEVERS = ("dense", "lexical", "timed-lexical", "hybrid")  # timed: near the time asked of
LEXICAL = ("lexical", "timed-lexical")
console = Console(stderr=True)


@dataclass(slots=True)
class Subjects:
    """Makes what is asked, one archive at a time; the models are loaded once.

    `retriever` names one where only ranking is measured.
    """

    settings: Settings
    folder: Path
    depth: int
    retriever: str | None
    generator: Generator | None
    models: Archive  # an empty archive that holds the embedder
    plain: bool = False  # answer as the baseline does
    _open: ExitStack = field(default_factory=ExitStack)

    def of_documents(self, name: str, documents: Sequence[Document]) -> Subject:
        """Return a subject whose archive has these documents and no others."""
        self._open.close()
        folder = self.folder / "archives" / name
        folder.mkdir(parents=True)
        dump = folder / "dump.jsonl"
        dump.write_text("".join(f"{json.dumps(each)}\n" for each in documents), encoding="utf-8")
        archive = Archive(
            folder / "archive",
            settings=self.settings,
            embedder=self.models.embedder,
            counter=self.models.counter,
        )
        self._open.callback(archive.close)
        archive.add(dump, embed=self.retriever not in LEXICAL)
        return self.of_archive(archive)

    def close(self) -> None:
        self._open.close()
        self.models.close()

    def of_archive(self, archive: Archive) -> Subject:
        retrievers = {
            "dense": lambda: archive.dense_retriever,
            "lexical": lambda: archive.lexical_retriever,
            "timed-lexical": lambda: archive.near_time(archive.lexical_retriever),
            "hybrid": lambda: archive.retriever,
        }
        if self.retriever:
            subject = retriever_subject(archive, retrievers[self.retriever]())
        else:
            model = self.generator or "none"
            subject = assistant_subject(Assistant(archive, model))
        if self.plain and self.generator:
            usage = Usage()
            metered = MeteredGenerator(self.generator, usage)
            answer = partial(plain_stream, archive, metered)
            subject = replace(subject, answer=answer, usage=usage)
        return replace(subject, depth=self.depth)


def measure(
    sample: Sample, subjects: Subjects, *, name: str, output: Path, archive: Path | None
) -> Run:
    """Ask the sample's questions into the folder `output`."""
    facts = _facts(subjects, name)
    own = {item.case.id: item for item in sample.items}
    if sample.given_archive and archive is None:
        raise RagError(f"the set {name} is asked of an archive of its articles; give --archive")
    if sample.given_archive:
        opened = Archive(archive, settings=subjects.settings)
        facts["archive"] = archive_facts(opened)
        subject_of = partial(_same, subjects.of_archive(opened))
    elif sample.shared:
        subject_of = partial(_same, subjects.of_documents("shared", sample.shared))
    else:
        subject_of = partial(_own, subjects, own)
    cases = [item.case for item in sample.items]
    with counting(console, f"Asking {name}", unit="questions", total=len(cases)) as moved:
        return run_cases(cases, subject_of, folder=output, facts=facts, progress=moved)


def own_figure(own: Own, results: Sequence[Result]) -> Figure | None:
    """Return the figure that only this set has."""
    values = [value for result in results if (value := own.read(result)) is not None]
    if not values:
        return None
    column = np.array(values, dtype=float)
    low, high = bootstrap_interval([column], mean) or (None, None)
    return Figure(own.name, float(np.mean(column)), low, high, len(values))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.plain and options.model == "none":
        parser.error("the plain baseline answers with a model; give --model")
    adapter = importlib.import_module(f"benchmarks.sets.{options.set}")
    limit = options.limit or adapter.LIMIT
    by_kind: dict[str, list[Figure]] = {}
    try:
        if options.set == "support":
            figures = extra = adapter.measure(options.data, limit)
        else:
            run, extra = _run(adapter.load(options.data, limit), options)
            figures, by_kind = [*run.figures, *extra], run.by_kind
            show_run(Console(), run)
    except (RagError, OSError) as error:
        console.print(f"quality: {error}", style="red", markup=False)
        return 1
    _print_beside(extra, adapter.PUBLISHED)
    print(json.dumps(_summary(options, figures, by_kind)))
    return 0


def _run(sample: Sample, options: argparse.Namespace) -> tuple[Run, list[Figure]]:
    settings = load_settings({"model": options.model})
    retriever = options.retriever or ("hybrid" if options.set in ONLY_RANKED else None)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        subjects = Subjects(
            settings=settings,
            folder=folder,
            depth=sample.depth,
            retriever=retriever,
            generator=None if retriever else make_generator(settings),
            models=Archive(folder / "empty", settings=settings),
            plain=options.plain,
        )
        output = options.output or folder / "run"
        run = measure(sample, subjects, name=options.set, output=output, archive=options.archive)
        subjects.close()
    found = (own_figure(own, run.results) for own in sample.own)
    return run, [figure for figure in found if figure is not None]


def _same(subject: Subject, case: Case) -> Subject:
    return subject


def _own(subjects: Subjects, items: dict[str, Item], case: Case) -> Subject:
    place = list(items).index(case.id)
    return subjects.of_documents(str(place), items[case.id].documents)


def _facts(subjects: Subjects, name: str) -> dict[str, object]:
    settings = subjects.settings
    model = subjects.generator.name if subjects.generator else "none"
    return {
        "set": name,
        "retriever": subjects.retriever or "hybrid",
        "settings": settings_facts(settings),
        "model": model_facts(settings, model),
        "prompt": prompt_facts(settings),
        "versions": versions(),
    }


def _print_beside(figures: Sequence[Figure], published: Sequence[Published]) -> None:
    for figure in figures:
        interval = f" ({shown_interval(figure)})" if figure.low is not None else ""
        print(f"{figure.name}: {100 * figure.value:.1f} %{interval}, n {figure.count}")
    if published:
        print("Published by others:")
    for who, what in published:
        print(f"  {who}: {what}")


def _summary(
    options: argparse.Namespace, figures: Sequence[Figure], by_kind: dict[str, list[Figure]]
) -> dict[str, object]:
    accuracy = {
        kind: asdict(figure)
        for kind, found in by_kind.items()
        for figure in found
        if figure.name == "accuracy"
    }
    return {
        "set": options.set,
        "model": options.model,
        "retriever": options.retriever,
        "plain": options.plain,
        "figures": {figure.name: asdict(figure) for figure in figures},
        "accuracy_by_kind": accuracy,
        "machine": machine(),
        "newsdesk code": versions()["newsdesk code"],
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets")
    parser.add_argument("--set", choices=SETS, required=True)
    parser.add_argument("--limit", type=int, help="how many questions; default: the set's sample")
    parser.add_argument("--model", default="none", help="as for newsdesk ask; none: quotes")
    parser.add_argument("--archive", type=Path, help="for news: the archive of its articles")
    parser.add_argument("--retriever", choices=RETRIEVERS, help="measure only this ranking")
    parser.add_argument(
        "--plain", action="store_true", help="answer as the plain baseline: no evidence, no checks"
    )
    parser.add_argument("--output", type=Path, help="keep the run here; it can be continued")
    return parser


if __name__ == "__main__":
    sys.exit(main())
