"""A run -> HTML: the headline figures with their intervals, and the report's plots.

Loads what plots; imported when a run is shown.
"""

import re
from collections import Counter
from collections.abc import Mapping

from rag.evaluation.figures import Figure
from rag.evaluation.labels import Group, grouped, label, shown, shown_interval
from rag.evaluation.outcomes import Outcome
from rag.evaluation.plots import plot_depth, plot_kinds, plot_latency, plot_risk
from rag.evaluation.report import CAPTIONS, LEADING, css_name
from rag.evaluation.run_folder import Run
from rag.page.escaping import text
from rag.page.status import short_name
from rag.wiring import NONE

# A drawing's own style sheet would hold for the whole page, whose icons are drawings too.
STYLE_SHEET = re.compile(r"<style\b.*?</style>", re.DOTALL)


def render_run(run: Run) -> str:
    found = {figure.name: figure for figure in run.figures}
    cards = "".join(_card(found[name]) for name in LEADING if name in found)
    groups = "".join(_table(group) for group in grouped(run.figures, headlines=True))
    return (
        f'<article class="run"><h2>{text(run.folder.name)}</h2>'
        f'<p class="facts">{_facts(run)}</p>'
        f'<div class="cards">{cards}</div>{_outcomes(run)}'
        f'<div class="plots">{_plots(run)}</div><div class="groups">{groups}</div></article>'
    )


def _facts(run: Run) -> str:
    count = len(run.results)
    told = ["1 question" if count == 1 else f"{count:,} questions"]
    fixed = run.summary.get("fixed")
    model = fixed.get("model") if isinstance(fixed, Mapping) else None
    name = model.get("name") if isinstance(model, Mapping) else None
    if isinstance(name, str):
        told.append("answered in quotes" if name == NONE else f"answered by {short_name(name)}")
    return text(" · ".join(told))


def _card(figure: Figure) -> str:
    interval = shown_interval(figure).replace(" ", "\N{NO-BREAK SPACE}")
    sure = f"95 % interval {interval}" if interval else "too few questions for an interval"
    return (
        f'<div class="card"><p class="name">{text(label(figure.name))}</p>'
        f'<p class="value">{text(shown(figure.name, figure.value))}</p>{_range(figure)}'
        f'<p class="interval">{text(sure)}</p></div>'
    )


def _range(figure: Figure) -> str:
    """Return the figure as a mark on a line from 0 to 1, with its interval; costs have no such."""
    if figure.low is None or figure.high is None or re.search("_seconds_|_tokens_", figure.name):
        return ""
    low, width, at = (
        f"{100 * share:.2f}%" for share in (figure.low, figure.high - figure.low, figure.value)
    )
    return (
        f'<div class="range" aria-hidden="true"><i style="left:{low};width:{width}"></i>'
        f'<b style="left:{at}"></b></div>'
    )


def _outcomes(run: Run) -> str:
    counts = Counter(result.outcome for result in run.results)
    known = [(outcome, counts[outcome]) for outcome in Outcome if counts[outcome]]
    bar = "".join(f'<i class="{css_name(o)}" style="flex-grow:{count}"></i>' for o, count in known)
    legend = "".join(
        f'<li><i class="{css_name(o)}"></i>{text(o)} <b>{count:,}</b></li>' for o, count in known
    )
    if not known:
        return ""
    return f'<div class="bar" aria-hidden="true">{bar}</div><ul class="legend">{legend}</ul>'


def _plots(run: Run) -> str:
    drawings = (
        plot_kinds(run.by_kind),
        plot_depth(run.figures),
        plot_risk(run.results),
        plot_latency(run.results),
    )
    return "".join(
        f"<figure><figcaption><h3>{text(title)}</h3><p>{text(caption)}</p></figcaption>"
        f'<div role="img" aria-label="{text(title)}: {text(caption)}">'
        f"{STYLE_SHEET.sub('', drawing)}</div></figure>"
        for (title, caption), drawing in zip(CAPTIONS.items(), drawings, strict=True)
        if drawing
    )


def _table(group: Group) -> str:
    rows = "".join(
        f'<tr><th scope="row">{text(label(figure.name))}</th>'
        f"<td>{text(shown(figure.name, figure.value))}</td>"
        f"<td>{text(shown_interval(figure))}</td><td>{figure.count:,}</td></tr>"
        for figure in group.figures
    )
    return (
        f'<table class="figures"><thead><tr><th scope="col">{text(group.title)}</th>'
        '<th scope="col"></th><th scope="col">95 % interval</th>'
        f'<th scope="col">Questions</th></tr></thead><tbody>{rows}</tbody></table>'
    )
