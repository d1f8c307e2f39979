"""What the command line shows: progress bars, answers, tables. Prints; decides nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.filesize import decimal
from rich.live import Live
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table
from rich.text import Text

from rag.composing import also_in, reference, resolved
from rag.doctor import Finding
from rag.limits import describe_limits
from rag.models import ModelStatus
from rag.timeline import TimelineRow
from rag.types import (
    AddReport,
    Answer,
    AnswerEvent,
    AnswerFinished,
    Article,
    EvidenceFound,
    Limits,
    Passage,
    TextWritten,
)

FAILURES_SHOWN = 20


@contextmanager
def counting(
    console: Console, label: str, *, unit: str, total: int | None = None
) -> Iterator[Callable[[int, int | None], None]]:
    """Show a bar with count, rate and time left; give the function that moves it.

    The bar appears with the first news. A total that is not known yet may come with the news.
    """
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", style="dim"),
        TimeRemainingColumn(),
        console=console,
    )
    tasks: list[TaskID] = []

    def move(done: int, of: int | None = None) -> None:
        if not tasks:
            tasks.append(bar.add_task(label, total=total, rate=""))
            bar.start()
        speed = bar.tasks[0].speed
        rate = f"{speed:,.0f} {unit}/s" if speed else ""
        bar.update(tasks[0], completed=done, total=of if of is not None else total, rate=rate)

    try:
        yield move
    finally:
        if tasks:
            bar.stop()


@contextmanager
def downloading(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each file that is fetched; give the function that moves them."""
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
    )
    tasks: dict[str, TaskID] = {}

    def move(label: str, done: int, total: int) -> None:
        if label not in tasks:
            tasks[label] = bars.add_task(label, total=total or None)
            bars.start()
        bars.update(tasks[label], completed=done, total=total or None)

    try:
        yield move
    finally:
        if tasks:
            bars.stop()


def show_report(console: Console, report: AddReport) -> None:
    counts = {
        "added": len(report.added),
        "updated": len(report.updated),
        "unchanged": len(report.unchanged),
        "the same as another": len(report.duplicates),
        "failed": len(report.failed),
    }
    told = [f"{count:,} {name}" for name, count in counts.items() if count]
    console.print(", ".join(told) or "nothing was found to add", highlight=False)
    for failure in report.failed[:FAILURES_SHOWN]:
        console.print(Text(f"  {failure.reason}", style="yellow"), soft_wrap=True)
    if len(report.failed) > FAILURES_SHOWN:
        console.print(f"  and {len(report.failed) - FAILURES_SHOWN:,} more that failed")


def show_answer(
    console: Console, events: Iterator[AnswerEvent], limits: Limits | None = None
) -> Answer:
    """Show the evidence, then the text as it is written, then the checked answer in its place.

    Where the question was declined, the limits that it was asked within are told.
    """
    written = Text(style="dim")
    answer: Answer | None = None
    with Live(written, console=console, transient=True, auto_refresh=False) as live:
        for event in events:
            if isinstance(event, EvidenceFound):
                written.append("".join(f"· {quote.text}\n" for quote in event.evidence[:3]))
            elif isinstance(event, TextWritten):
                written.append(event.text)
            elif isinstance(event, AnswerFinished):
                answer = event.answer
            live.refresh()
    if answer is None:
        raise ValueError("the events ended without an answer")
    console.print(Text(answer.text, style="yellow" if answer.abstained else ""))
    if answer.abstained and limits:
        told = ", ".join(describe_limits(limits))
        console.print(Text(f"Only articles {told} were searched.", style="dim"))
    _show_sources(console, answer)
    return answer


def _show_sources(console: Console, answer: Answer) -> None:
    left_out = [sentence for sentence in answer.sentences if not sentence.supported]
    if left_out:
        console.print(Text(f"({len(left_out)} unproved left out)", style="dim"))
    shown: set[int] = set()
    for citation in sorted(answer.citations, key=lambda citation: citation.marker):
        if citation.marker not in shown:
            console.print(Text(f"\n[{citation.marker}] {_reference(citation.article)}"))
            shown.add(citation.marker)
        words = Text(f"    “{' '.join(citation.quote.split())}”", style="green")
        words.append(resolved(citation), style="dim")
        others = also_in([citation])
        console.print(words.append(f" ({others})" if others else "", style="dim"))


def show_passages(console: Console, passages: list[Passage]) -> None:
    for number, passage in enumerate(passages, start=1):
        console.print(Text(f"{number}. {_reference(passage.article)}", style="bold"))
        console.print(Text(f"   {' '.join(passage.text.split())}\n"))


def show_articles(console: Console, articles: Sequence[Article], *, total: int) -> None:
    for article in articles:
        console.print(Text(_reference(article)), soft_wrap=True)  # an id is there to be copied
    shown = "" if len(articles) == total else f"{len(articles):,} of "
    counted = "1 article" if total == 1 else f"{total:,} articles"
    console.print(Text(f"{shown}{counted}", style="dim"))


def show_notes(console: Console, notes: Sequence[str]) -> None:
    for note in notes:
        console.print(Text(note, style="dim"))


def show_timeline(console: Console, rows: Sequence[TimelineRow]) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        others = f" · also {', '.join(row.others)}" if row.others else ""
        words = Text(f"“{row.words}”\n")
        table.add_row(Text(row.when), words.append(f"{row.source}{others}\n", style="dim"))
    console.print(table)


def show_models(console: Console, statuses: Sequence[ModelStatus], folder: Path) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "kind", "size", "on disk", "licence", "what it is"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "name")  # to be copied
    for preset, on_disk, bytes_on_disk in statuses:
        arrived = f"{decimal(bytes_on_disk)} so far" if bytes_on_disk else "no"
        size = decimal(preset.bytes) if preset.bytes else "?"
        shown = (preset.name, preset.kind, size, "yes" if on_disk else arrived)
        table.add_row(*map(Text, (*shown, preset.licence, preset.description)))
    console.print(table)
    console.print(Text(f"\nModels folder: {folder}", style="dim"), soft_wrap=True)


def show_findings(console: Console, findings: Sequence[Finding]) -> None:
    for finding in findings:
        mark = Text("ok   ", style="green") if finding.good else Text("to do", style="red")
        console.print(mark, Text(f"{finding.subject}: {finding.text}"), soft_wrap=True)


def _reference(article: Article) -> str:
    address = f" · {article.url}" if article.url else ""
    return f"{reference(article)} · id {article.id}{address}"
