"""Additions in sentences: how far each is, what was added, and what could not be read and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rag.archive import Archive
from rag.page.escaping import render_trouble, text
from rag.types import AddReport, FailedSource

LISTED = 12  # of each kind; the rest is counted
FAILURES_LISTED = 200  # each with its reason


class Titled(NamedTuple):
    """An article that can be opened, by its title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of what was given: articles by their titles, sources by their names."""

    added: tuple[Titled, ...] = ()
    updated: tuple[Titled, ...] = ()
    unchanged: tuple[Titled, ...] = ()
    duplicates: tuple[Titled, ...] = ()  # the articles that were there before
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
        added=_titles(archive, report.added),
        updated=_titles(archive, report.updated),
        unchanged=_titles(archive, report.unchanged),
        duplicates=_titles(archive, report.duplicates.values()),
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
    failures = [f"{text(failure.source)}: {text(failure.reason)}" for failure in outcome.failed]
    parts = (
        _part("added", _openings(outcome.added)),
        _part("replaced by what was given now", _openings(outcome.updated)),
        _part("unchanged since they were added", _openings(outcome.unchanged)),
        _part("left out, already there as", _openings(outcome.duplicates)),
        _part("could not be read", failures, kind="trouble", most=FAILURES_LISTED),
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


def _part(what: str, lines: Sequence[str], *, kind: str = "done", most: int = LISTED) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{line}</li>" for line in lines[:most])
    if len(lines) > most:
        items += f"<li>and {len(lines) - most:,} more</li>"
    return f'<section class="{kind}"><h3>{len(lines):,} {what}</h3><ul>{items}</ul></section>'


def _titles(archive: Archive, ids: Iterable[str]) -> tuple[Titled, ...]:
    """Return the articles with their titles; those that nobody will read are not looked up."""
    return tuple(
        _titled(archive, id_) if position < LISTED else Titled(id_, id_)
        for position, id_ in enumerate(ids)
    )


def _titled(archive: Archive, article_id: str) -> Titled:
    article = archive.article(article_id)
    return Titled(article_id, article.title if article else article_id)


def _openings(articles: Sequence[Titled]) -> list[str]:
    return [
        f'<button type="button" data-act="open" data-article="{text(article.id)}">'
        f"<bdi>{text(article.title)}</bdi></button>"
        for article in articles
    ]


def _without_name(failure: FailedSource) -> FailedSource:
    """Leave out of the reason the name that stands before it already."""
    reason = failure.reason.removeprefix(f"{failure.source} ")
    return FailedSource(failure.source, reason.removeprefix(f"{failure.source}: "))
