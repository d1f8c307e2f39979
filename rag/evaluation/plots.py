"""Figures -> plots as SVG that takes its colours from the page around it, so dark stays dark.

matplotlib, since it draws without a browser, writes plain SVG of some kilobytes (a plotly page
carries four megabytes of script) and has been kept for twenty years.
"""

import io
import re
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from rag.evaluation.declining_measures import risk_coverage
from rag.evaluation.figures import Figure
from rag.evaluation.results import Result

# Colours that stand for the page's own until the SVG is written.
COLOURS = {
    "#010203": "var(--ink)",
    "#020304": "var(--muted)",
    "#030405": "var(--rule)",
    "#040506": "var(--first)",
    "#050607": "var(--second)",
    "#060708": "var(--third)",
}
INK, MUTED, RULE, FIRST, SECOND, THIRD = COLOURS
LINES = (FIRST, SECOND, THIRD)
STYLE: dict[str, object] = {
    "text.parse_math": False,  # a kind is whatever somebody wrote
    "svg.fonttype": "none",
    "svg.hashsalt": "newsdesk",
    "font.family": "sans-serif",
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": RULE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "legend.frameon": False,
    "legend.fontsize": 10,
}
WIDTH, HEIGHT, ROW = 5.4, 3.3, 0.34  # inches
NOT_PLAIN = {"Date": None, "Creator": None, "Format": None, "Type": None}
DEPTH_SERIES = {
    "answer_recall": "answer stands in them",
    "recall": "right articles",
    "quote_recall": "right quotes",
}
LATENCY_SERIES = {
    "evidence_seconds": "evidence",
    "first_token_seconds": "first word",
    "total_seconds": "whole answer",
}


def plot_kinds(by_kind: Mapping[str, Sequence[Figure]]) -> str | None:
    """Plot the share that was right with its interval, one row for each kind of question."""
    rows = [
        (f"{kind} ({figure.count})", figure)
        for kind, figures in by_kind.items()
        for figure in figures
        if figure.name == "accuracy"
    ]
    if not rows:
        return None
    with style.context(STYLE):
        canvas, axes = _axes(height=1.0 + ROW * len(rows))
        for place, (_, figure) in enumerate(reversed(rows)):
            low, high = figure.low or figure.value, figure.high or figure.value
            axes.plot([100 * low, 100 * high], [place] * 2, color=FIRST, linewidth=5, alpha=0.3)
            axes.plot([100 * figure.value], [place], "o", color=FIRST, markersize=7)
        axes.set_yticks(range(len(rows)), [name for name, _ in reversed(rows)], color=INK)
        axes.set_xlim(-3, 103)
        axes.set_ylim(-0.7, len(rows) - 0.3)
        axes.set_xlabel("right, % (bar: 95 % interval)")
        axes.grid(axis="y", visible=False)
        return _svg(canvas)


def plot_depth(figures: Sequence[Figure]) -> str | None:
    """Plot how much the first k passages bring, over k."""
    found = {figure.name: figure for figure in figures}
    series = {
        label: [(int(n.partition("@")[2]), f) for n, f in found.items() if n.startswith(f"{name}@")]
        for name, label in DEPTH_SERIES.items()
    }
    if not any(series.values()):
        return None
    with style.context(STYLE):
        canvas, axes = _axes()
        for colour, (label, points) in zip(LINES, series.items(), strict=True):
            _depth_line(axes, points, label=label, colour=colour)
        ks = sorted({k for points in series.values() for k, _ in points})
        axes.set_xscale("log")
        axes.set_xticks(ks, [str(k) for k in ks])
        axes.minorticks_off()
        axes.set_ylim(0, 103)
        axes.set_xlabel("passages looked at")
        axes.set_ylabel("found, %")
        axes.legend(loc="lower right")
        return _svg(canvas)


def plot_risk(results: Sequence[Result]) -> str | None:
    """Plot how often answers are wrong when only the most confident ones are given."""
    pairs = [
        (1.0 - r.accuracy, r.confidence)
        for r in results
        if r.declined is False and r.accuracy is not None and r.confidence is not None
    ]
    if len(pairs) < 2:
        return None
    coverage, risk = risk_coverage(*np.array(pairs).T)
    with style.context(STYLE):
        canvas, axes = _axes()
        axes.fill_between(100 * coverage, 100 * risk, color=FIRST, alpha=0.15, linewidth=0)
        axes.plot(100 * coverage, 100 * risk, color=FIRST, linewidth=2)
        axes.set_xlim(0, 101)
        axes.set_ylim(0, max(10.0, 105 * float(risk.max())))
        axes.set_xlabel("share of the answers given, surest first, %")
        axes.set_ylabel("of these wrong, %")
        return _svg(canvas)


def plot_latency(results: Sequence[Result]) -> str | None:
    """Plot what share of the questions has come how far within so many seconds."""
    series = {
        label: sorted(r.costs[name] for r in results if name in r.costs)
        for name, label in LATENCY_SERIES.items()
    }
    if not any(series.values()):
        return None
    with style.context(STYLE):
        canvas, axes = _axes()
        for colour, (label, seconds) in zip(LINES, series.items(), strict=True):
            if seconds and not _is_shadow(label, series):
                shares = 100 * np.arange(1, len(seconds) + 1) / len(seconds)
                axes.step(seconds, shares, where="post", color=colour, label=label, linewidth=2)
        axes.set_xlim(left=0)
        axes.set_ylim(0, 103)
        axes.set_xlabel("seconds")
        axes.set_ylabel("questions that far, %")
        axes.legend(loc="lower right")
        return _svg(canvas)


def _is_shadow(label: str, series: Mapping[str, Sequence[float]]) -> bool:
    """Whether the line would lie on another: quotes are complete as soon as there is evidence."""
    return label == LATENCY_SERIES["evidence_seconds"] and not series["first word"]


def _depth_line(
    axes: Axes, points: Sequence[tuple[int, Figure]], *, label: str, colour: str
) -> None:
    if not points:
        return
    ks = [k for k, _ in points]
    axes.plot(ks, [100 * f.value for _, f in points], "o-", color=colour, label=label, linewidth=2)
    if all(f.low is not None and f.high is not None for _, f in points):
        lows = [100 * (f.low or 0.0) for _, f in points]
        highs = [100 * (f.high or 0.0) for _, f in points]
        axes.fill_between(ks, lows, highs, color=colour, alpha=0.15, linewidth=0)


def _axes(height: float = HEIGHT) -> tuple[Canvas, Axes]:
    canvas = Canvas(figsize=(WIDTH, height), layout="constrained")
    return canvas, canvas.add_subplot()


def _svg(canvas: Canvas) -> str:
    """Return the drawing for a place inside a page: no header, no background, the page's colours.

    Nothing in it names another address, the name spaces' included: a page's parser knows them.
    """
    canvas.patch.set_visible(False)
    for axes in canvas.axes:
        axes.patch.set_visible(False)
    written = io.StringIO()
    canvas.savefig(written, format="svg", metadata=NOT_PLAIN)
    drawing = written.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    drawing = re.sub(r'\s+xmlns(:\w+)?="[^"]*"', "", drawing)
    drawing = re.sub(r"font: ([\d.]+)px [^;\"]*", r"font: \1px var(--sans)", drawing)
    for stand_in, colour in COLOURS.items():
        drawing = drawing.replace(stand_in, colour)
    return drawing
