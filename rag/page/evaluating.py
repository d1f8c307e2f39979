"""The evaluation that is being made, one at a time for all visitors, and how far it is."""

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from threading import Event, Lock, RLock, Thread
from typing import TYPE_CHECKING

from rag.assistant import AnswerStream
from rag.errors import RagError
from rag.evaluation.questions import Case, describe_undecided
from rag.page.desk import Desk
from rag.page.question_sets import read_set
from rag.page.runs import FOLDER, list_runs, open_run
from rag.types import AnswerEvent, Question

if TYPE_CHECKING:  # what it loads takes a second that asking need not spend
    from rag.evaluation.run_folder import Run

BROKEN_OFF = "The evaluation broke off; the terminal that runs Newsdesk says why."
STOP_SECONDS = 5.0  # how long the end of the page waits for a question to give way
UNKNOWN_SHOWN = 3


class EvaluatingError(RagError):
    """An evaluation cannot begin; the message says why and what to do."""


class _StoppedError(Exception):
    """Ends a run where it is; what it measured is kept."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How far an evaluation is. It ends with a run's name, or stopped, or with an error."""

    questions: str  # the set's name
    total: int
    done: int = 0
    seconds_left: float | None = None  # None: not known yet
    note: str = ""
    stopping: bool = False
    run: str | None = None
    stopped: bool = False
    error: str | None = None

    @property
    def has_ended(self) -> bool:
        return self.run is not None or self.stopped or self.error is not None


class Evaluator:
    """Evaluates in a thread of its own, so that a run outlives the visit in which it began."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.folder = desk.archive.folder
        self._lock = Lock()
        self._drawing = RLock()  # the library that plots has settings for the whole process
        self._stop = Event()
        self._evaluation: Evaluation | None = None
        self._thread: Thread | None = None

    @property
    def evaluation(self) -> Evaluation | None:
        """The evaluation begun last."""
        with self._lock:
            return self._evaluation

    def start(self, name: str) -> None:
        """Begin to evaluate a question set, or go on with it where it was stopped.

        Raises:
            RagError: the set cannot be read, or an evaluation is running.
        """
        cases = read_set(self.folder, name)
        with self._lock:
            running = self._evaluation
            if running and not running.has_ended:
                raise EvaluatingError(
                    f"{running.questions} is being evaluated; wait for its end, or stop it"
                )
            self._stop = Event()
            self._evaluation = Evaluation(name, len(cases))
            self._thread = Thread(
                target=self._work, args=(name, cases, self._stop), name="evaluation", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Stop what is running within a second or so; it can be gone on with."""
        self._stop.set()
        self._tell(lambda now: replace(now, stopping=True))

    def close(self) -> None:
        """Stop, and wait until the model is left alone."""
        self.stop()
        if self._thread:
            self._thread.join(STOP_SECONDS)

    def show(self, name: str) -> tuple["Run", str]:
        """Return a finished run and its figures and plots as HTML.

        Raises:
            RagError: there is no such run, or it is unfinished or damaged.
        """
        from rag.page.figures import render_run

        run = open_run(self.folder, name)
        with self._drawing:
            return run, render_run(run)

    def _work(self, name: str, cases: Sequence[Case], stop: Event) -> None:
        run, stopped, failure = None, False, None
        try:
            run = self._evaluate(name, cases, stop)
        except _StoppedError:
            stopped = True
        except RagError as error:
            failure = str(error)
        finally:  # what else is raised is the program's own mistake
            if run is None and not stopped:
                failure = failure or BROKEN_OFF
            self._tell(lambda now: replace(now, run=run, stopped=stopped, error=failure))

    def _evaluate(self, name: str, cases: Sequence[Case], stop: Event) -> str:
        """Evaluate and return the name of the run's folder."""
        from rag.evaluation.running import assistant_facts, run_cases, unknown_articles
        from rag.evaluation.subject import assistant_subject

        assistant = self._desk.assistant  # one for the whole run, also if it is exchanged meanwhile
        facts = assistant_facts(assistant)
        unknown = describe_unknown(unknown_articles(cases, assistant.archive))
        note = ". ".join(filter(None, (describe_undecided(cases), unknown)))
        self._tell(lambda now: replace(now, note=note))
        folder = choose_folder(self.folder / FOLDER, name, cases, facts)
        subject = assistant_subject(assistant)
        if subject.answer:
            subject = replace(subject, answer=stoppable(subject.answer, stop))
        clock = Clock()
        with ExitStack() as finishing:

            def told(done: int, total: int) -> None:
                left = clock.seconds_left(done, total)
                self._tell(lambda now: replace(now, done=done, seconds_left=left))
                if stop.is_set():
                    raise _StoppedError
                if done == total:
                    finishing.enter_context(self._drawing)  # the report's plots come next

            run_cases(cases, lambda case: subject, folder=folder, facts=facts, progress=told)
        return folder.name

    def _tell(self, change: Callable[[Evaluation], Evaluation]) -> None:
        with self._lock:
            if self._evaluation and not self._evaluation.has_ended:
                self._evaluation = change(self._evaluation)


class Clock:
    """Tells the time left from how long the questions of this sitting took."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._began: tuple[float, int] | None = None

    def seconds_left(self, done: int, total: int) -> float | None:
        """Return None with the first news: questions of an earlier sitting say nothing."""
        if self._began is None:
            self._began = (self._now(), done)
        began, before = self._began
        return (self._now() - began) / (done - before) * (total - done) if done > before else None


def stoppable(
    answer: Callable[[Question], AnswerStream], stop: Event
) -> Callable[[Question], AnswerStream]:
    """Return what answers in the same way, but ends the run as soon as `stop` is set."""

    def events(question: Question) -> Generator[AnswerEvent, None, None]:
        with answer(question) as stream:
            for event in stream:
                if stop.is_set():
                    raise _StoppedError
                yield event

    return lambda question: AnswerStream(events(question))


def choose_folder(
    runs: Path, name: str, cases: Sequence[Case], facts: Mapping[str, object]
) -> Path:
    """Return the folder of the stopped run of the same facts, else one that is not there yet."""
    from rag.evaluation.provenance import differing
    from rag.evaluation.run_folder import read_summary
    from rag.evaluation.running import UNUSUAL, question_facts

    fixed = {"questions": question_facts(cases), **facts}
    for entry in list_runs(runs.parent):
        before = None if entry.finished else (read_summary(runs / entry.name) or {}).get("fixed")
        if isinstance(before, dict) and differing(before, fixed) is None:
            return runs / entry.name
    stem = UNUSUAL.sub("-", name)
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(runs / free for free in names if not (runs / free).exists())


def describe_unknown(articles: Sequence[str]) -> str:
    """Return a sentence about articles that a set names and the archive lacks, if there are any."""
    if not articles:
        return ""
    named = "; ".join(articles[:UNKNOWN_SHOWN])
    more = "" if len(articles) <= UNKNOWN_SHOWN else "; …"
    return f"The archive does not have {len(articles):,} of the articles named: {named}{more}"
