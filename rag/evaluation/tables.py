"""What the command line shows of runs and comparisons. Prints; decides nothing."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rag.evaluation.comparison import Compared, Comparison
from rag.evaluation.labels import grouped, label, shown, shown_interval
from rag.evaluation.outcomes import Outcome
from rag.evaluation.results import Result
from rag.evaluation.run_folder import Run

CHANGES_SHOWN = 30
SURE = 0.05  # a difference with a smaller p value is marked


def show_run(console: Console, run: Run) -> None:
    """Show the headlines with their intervals, the kinds of question, and what went wrong."""
    for group in grouped(run.figures, headlines=True):
        table = _table(group.title, "", "95 % interval", "questions")
        for figure in group.figures:
            value = shown(figure.name, figure.value)
            row = (label(figure.name), value, shown_interval(figure), f"{figure.count:,}")
            table.add_row(*map(Text, row))
        console.print(table)
    _show_kinds(console, run)
    _show_outcomes(console, run.results)


def show_comparison(console: Console, comparison: Comparison) -> None:
    """Show every difference with its interval and p value, then what was won and lost."""
    table = _table("Measure", "first", "second", "difference", "95 % interval", "p", "questions")
    for compared in comparison.measures:
        table.add_row(*map(Text, _compared_row(compared)), style=_weight(compared))
    console.print(table)
    told = f"{comparison.pairs:,} questions in both runs"
    for count, which in ((comparison.only_first, "first"), (comparison.only_second, "second")):
        told += f", {count:,} only in the {which}" if count else ""
    console.print(Text(f"{told}. p: paired permutation test, two-sided, each measure by itself."))
    _show_changes(console, "Won", comparison.won)
    _show_changes(console, "Lost", comparison.lost)


def _show_kinds(console: Console, run: Run) -> None:
    rows = [
        (kind, figure)
        for kind, figures in run.by_kind.items()
        for figure in figures
        if figure.name in {"accuracy", "answer_recall@5"}
    ]
    table = _table("By kind", "", "95 % interval", "questions")
    for kind, figure in rows:
        name = f"{kind}: {'right' if figure.name == 'accuracy' else 'answer in the first 5'}"
        value = shown(figure.name, figure.value)
        table.add_row(*map(Text, (name, value, shown_interval(figure), f"{figure.count:,}")))
    if rows:
        console.print(table)


def _show_outcomes(console: Console, results: Sequence[Result]) -> None:
    counts = {o: sum(result.outcome is o for result in results) for o in Outcome}
    told = ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items() if count)
    if told:
        console.print(Text(f"{len(results):,} questions: {told}"))


def _compared_row(compared: Compared) -> tuple[str, ...]:
    name, difference = compared.name, compared.difference
    interval = difference.interval
    return (
        label(name),
        shown(name, compared.first),
        shown(name, compared.second),
        _signed(name, difference.value),
        f"{_signed(name, interval.low)} … {_signed(name, interval.high)}" if interval else "",
        "" if difference.p_value is None else f"{difference.p_value:.3f}",
        f"{compared.count:,}",
    )


def _signed(name: str, value: float) -> str:
    return f"{'+' if value > 0 else '-' if value < 0 else '±'}{shown(name, abs(value))}"


def _weight(compared: Compared) -> str:
    p_value = compared.difference.p_value
    return "bold" if p_value is not None and p_value < SURE else ""


def _show_changes(console: Console, title: str, pairs: Sequence[tuple[Result, Result]]) -> None:
    console.print(Text(f"\n{title}: {len(pairs):,}", style="bold"))
    for one, two in pairs[:CHANGES_SHOWN]:
        console.print(Text(f"  {one.case.id}: {one.case.question}{_reasons(one, two)}"))
    if len(pairs) > CHANGES_SHOWN:
        console.print(Text(f"  and {len(pairs) - CHANGES_SHOWN:,} more"))


def _reasons(one: Result, two: Result) -> str:
    return f" ({one.outcome} → {two.outcome})" if one.outcome and two.outcome else ""


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(first, overflow="fold")
    for heading in others:
        table.add_column(heading, justify="right", no_wrap=True)
    return table
