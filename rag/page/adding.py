"""Uploaded files -> articles in the archive, and a report in sentences."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.archive import Archive
from rag.page.escaping import text
from rag.types import AddReport, FailedSource

FILE_TYPES = (
    *(".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx"),
    *(".jsonl", ".ndjson", ".json", ".csv", ".parquet", ".gz", ".xz"),
)
ADDING_HINT = (
    '<p class="hint">Text, Markdown, web pages, PDF and Word files, and dumps of many articles as '
    "JSON lines, CSV or Parquet.</p>"
)
LARGEST_UPLOAD = "500mb"
LISTED = 12  # of each kind; the rest is counted


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of uploads, in words for people: titles of articles, names of files."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()  # titles of the articles that were there before
    failed: tuple[FailedSource, ...] = ()


def add_uploads(
    archive: Archive, uploads: Sequence[Path], on_article: Callable[[int], None]
) -> Outcome:
    """Add the files, findable by their words at once, and delete them; vectors come later.

    Raises:
        RagError: the archive cannot be written.
    """
    try:
        report = archive.add(*uploads, embed=False, on_article=on_article)
    finally:
        for upload in uploads:
            upload.unlink(missing_ok=True)
    return describe(archive, report, uploads)


def describe(archive: Archive, report: AddReport, uploads: Sequence[Path]) -> Outcome:
    return Outcome(
        added=_titles(archive, report.added),
        updated=_titles(archive, report.updated),
        unchanged=_titles(archive, report.unchanged),
        duplicates=_titles(archive, report.duplicates.values()),
        failed=tuple(_named(failure, uploads) for failure in report.failed),
    )


def render_outcome(outcome: Outcome) -> str:
    failures = [f"{text(failure.source)}: {text(failure.reason)}" for failure in outcome.failed]
    parts = (
        _part("added", [text(title) for title in outcome.added]),
        _part("updated", [text(title) for title in outcome.updated]),
        _part("unchanged since they were added", [text(title) for title in outcome.unchanged]),
        _part("left out, already there as", [text(title) for title in outcome.duplicates]),
        _part("could not be read", failures, kind="trouble"),
    )
    return f'<div role="status">{"".join(parts) or "<p>Nothing was found to add.</p>"}</div>'


def _part(what: str, lines: Sequence[str], kind: str = "done") -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{line}</li>" for line in lines[:LISTED])
    if len(lines) > LISTED:
        items += f"<li>and {len(lines) - LISTED:,} more</li>"
    return f'<section class="{kind}"><h3>{len(lines):,} {what}</h3><ul>{items}</ul></section>'


def _titles(archive: Archive, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the articles' titles; those that nobody will read are not looked up."""
    return tuple(
        _title(archive, id_) if position < LISTED else id_ for position, id_ in enumerate(ids)
    )


def _title(archive: Archive, article_id: str) -> str:
    article = archive.article(article_id)
    return article.title if article else article_id


def _named(failure: FailedSource, uploads: Sequence[Path]) -> FailedSource:
    """Say the file's name where the failure says where the server keeps it."""
    source, reason = failure.source, failure.reason
    for upload in uploads:
        for place in dict.fromkeys((str(upload.resolve()), str(upload))):
            source, reason = source.replace(place, upload.name), reason.replace(place, upload.name)
    return FailedSource(source, reason.removeprefix(source).lstrip(" :"))
