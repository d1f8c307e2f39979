"""Additions in sentences: how far each is, what was added, and what could not be read and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rag.archive import Archive
from rag.page.escaping import render_trouble, text
from rag.page.reader import headline_of, opening
from rag.types import AddReport, Article, FailedSource

LISTED = 12  # of each kind; the rest is counted
FAILURES_LISTED = 200  # each with its reason


class Counted(NamedTuple):
    """How many articles, and the first of them."""

    total: int = 0
    first: tuple[Article, ...] = ()


NONE = Counted()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of what was given."""

    added: Counted = NONE
    updated: Counted = NONE
    unchanged: Counted = NONE
    duplicates: Counted = NONE  # the articles that were there before
    failed: tuple[FailedSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """How far an addition is; it ends with an outcome or an error.

    `name` is what was given. `expected` is how many records there are about, None while or where
    that is not known.
    """

    name: str
    read: int = 0
    expected: int | None = None
    all_read: bool = False  # they are being stored
    stopped: bool = False
    outcome: Outcome | None = None
    error: str | None = None

    @property
    def has_ended(self) -> bool:
        return self.outcome is not None or self.error is not None


def describe(archive: Archive, report: AddReport) -> Outcome:
    return Outcome(
        added=_count(archive, report.added),
        updated=_count(archive, report.updated),
        unchanged=_count(archive, report.unchanged),
        duplicates=_count(archive, list(report.duplicates.values())),
        failed=tuple(_without_name(failure) for failure in report.failed),
    )


def render_additions(additions: Iterable[Addition]) -> str:
    """Return all additions of a visit, the newest first."""
    return "".join(map(render_addition, reversed(list(additions))))


def render_addition(addition: Addition) -> str:
    return f'<article class="addition"><h2>{text(addition.name)}</h2>{_body(addition)}</article>'


def _body(addition: Addition) -> str:
    if addition.error is not None:
        return render_trouble(addition.error)
    if addition.outcome is not None:
        stopped = '<p class="about">Stopped; what was read until then is kept.</p>'
        return (stopped if addition.stopped else "") + render_outcome(addition.outcome)
    told, bar = _how_far(addition), _bar(addition)
    return f'<p class="progress" role="status">{told}</p>{bar}'


def render_outcome(outcome: Outcome) -> str:
    parts = (
        _articles("added", outcome.added),
        _articles("replaced by what was given now", outcome.updated),
        _articles("unchanged since they were added", outcome.unchanged),
        _articles("left out, already there as", outcome.duplicates),
        _failures(outcome.failed),
    )
    return f'<div role="status">{"".join(parts) or "<p>Nothing was found to add.</p>"}</div>'


def _how_far(addition: Addition) -> str:
    articles = "article" if addition.read == 1 else "articles"
    if addition.all_read:
        return f"Storing {addition.read:,} {articles}"
    if addition.expected and addition.read <= addition.expected:
        return f"Reading: {addition.read:,} of {addition.expected:,} articles"
    return f"Reading: {addition.read:,} {articles} so far" if addition.read else "Reading"


def _bar(addition: Addition) -> str:
    if not addition.expected or addition.expected < 2:
        return ""
    done = min(addition.read, addition.expected)
    return (
        f'<progress max="{addition.expected}" value="{done}" aria-label="Articles read"></progress>'
    )


def _articles(what: str, articles: Counted) -> str:
    lines = [
        f'<button type="button" {opening(article)}>{headline_of(article)}</button>'
        for article in articles.first
    ]
    return _part(what, lines, count=articles.total)


def _failures(failures: Sequence[FailedSource]) -> str:
    lines = [f"{text(each.source)}: {text(each.reason)}" for each in failures[:FAILURES_LISTED]]
    return _part("could not be read", lines, count=len(failures), kind="trouble")


def _part(what: str, lines: Sequence[str], *, count: int, kind: str = "done") -> str:
    if not count:
        return ""
    items = "".join(f"<li>{line}</li>" for line in lines)
    if more := count - len(lines):
        items += f"<li>and {more:,} more</li>"
    return f'<section class="{kind}"><h3>{count:,} {what}</h3><ul>{items}</ul></section>'


def _count(archive: Archive, ids: Sequence[str]) -> Counted:
    found = [archive.article(id_) for id_ in ids[:LISTED]]
    return Counted(len(ids), tuple(article for article in found if article))


def _without_name(failure: FailedSource) -> FailedSource:
    """Leave out of the reason the name that stands before it already."""
    reason = failure.reason.removeprefix(f"{failure.source} ")
    return FailedSource(failure.source, reason.removeprefix(f"{failure.source}: "))
