"""A run -> one HTML file that opens offline. All text comes from articles: Jinja escapes it."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from rag.evaluation.labels import grouped, label, shown, shown_interval
from rag.evaluation.outcomes import Outcome
from rag.evaluation.plots import plot_depth, plot_kinds, plot_latency, plot_risk
from rag.evaluation.results import Result
from rag.evaluation.run_folder import Run

LEADING = ("accuracy", "answer_recall@5", "decline_f1", "supported_share", "total_seconds_median")
CAPTIONS = {
    "Right, by kind of question": "answered rightly, or rightly declined",
    "Retrieval, by depth": "what the first passages bring; the bands are 95 % intervals",
    "Risk and coverage": "how often the surest answers are wrong, by the best evidence's score",
    "Time": "how long people wait",
}
WEB = re.compile(r"https?://", re.IGNORECASE)


def write_report(run: Run) -> None:
    """Write report.html; it appears whole."""
    unfinished = run.report.with_name(f"{run.report.name}.part")
    unfinished.write_text(render_report(run), encoding="utf-8", errors="replace")
    unfinished.replace(run.report)


def render_report(run: Run) -> str:
    script, style = _asset("report.js"), _asset("report.css")
    found = {figure.name: figure for figure in run.figures}
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            run=run,
            style=Markup(style),
            script=Markup(script),
            script_digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            leading=[found[name] for name in LEADING if name in found],
            outcomes=_outcomes(run.results),
            groups=grouped(run.figures, headlines=False),
            plots=_plots(run),
            kinds=list(dict.fromkeys(r.case.kind for r in run.results if r.case.kind)),
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("rag.evaluation", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "label": label,
        "interval": shown_interval,
        "marked": marked,
        "web_address": web_address,
        "css_name": css_name,
    }
    environment.globals |= {"shown": shown, "found_at": found_at}
    return environment


def marked(text: str, answers: Sequence[str]) -> Markup:
    """Return the text, escaped, with every accepted answer in it marked."""
    wanted = [re.escape(answer) for answer in sorted(answers, key=len, reverse=True)]
    if not wanted:
        return escape(text)
    parts = re.split(rf"(?<!\w)({'|'.join(wanted)})(?!\w)", text, flags=re.IGNORECASE)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def web_address(address: object) -> str | None:
    """Return the address where it is one of the web: an article may carry any."""
    return address if isinstance(address, str) and WEB.match(address) else None


def css_name(outcome: str | None) -> str:
    return (outcome or "ranked").replace(" ", "-")


def found_at(result: Result) -> int | None:
    """Return the smallest depth measured at which the answer stands in the passages."""
    depths = [
        int(name.partition("@")[2])
        for name, value in result.measures.items()
        if name.startswith("answer_recall@") and value == 1.0
    ]
    return min(depths, default=None)


def _outcomes(results: Iterable[Result]) -> list[tuple[Outcome, int]]:
    counts = Counter(result.outcome for result in results)
    return [(outcome, counts[outcome]) for outcome in Outcome if counts[outcome]]


def _plots(run: Run) -> list[tuple[str, str, Markup]]:
    drawings = (
        plot_kinds(run.by_kind),
        plot_depth(run.figures),
        plot_risk(run.results),
        plot_latency(run.results),
    )
    return [
        (title, caption, Markup(drawing))
        for (title, caption), drawing in zip(CAPTIONS.items(), drawings, strict=True)
        if drawing
    ]


def _asset(name: str) -> str:
    return (files("rag.evaluation") / name).read_text(encoding="utf-8")
