"""How far an evaluation is, in words for people."""

from rag.page.escaping import render_trouble, text
from rag.page.evaluating import Evaluation

EVALUATING_HINT = (
    '<p class="hint">How often are the answers right? Upload questions whose answers you know, '
    "and Newsdesk measures itself on them.</p>"
    "<details><summary>How to write a question set</summary>"
    '<p class="hint">It is a file of JSON lines, one question a line. Where the articles do not '
    "say, leave <code>answers</code> empty and set <code>answerable</code> to false.</p>"
    '<pre class="example">{"id": "1", "question": "When does the bridge open?", '
    '"answers": ["3 May", "May 3"], "answerable": true}</pre>'
    '<p class="hint">In a terminal, <code>newsdesk questions draft FILE</code> writes a draft '
    "from your own articles.</p></details>"
)


def render_evaluation(evaluation: Evaluation | None) -> str:
    if evaluation is None:
        return ""
    note = f'<p class="note">{text(evaluation.note)}</p>' if evaluation.note else ""
    if evaluation.error is not None:
        return f"{render_trouble(evaluation.error)}{note}"
    if evaluation.run is not None:
        return note
    if evaluation.stopped:
        return (
            f'<p class="about" role="status">Stopped. {_how_far(evaluation)} of '
            f"{text(evaluation.questions)} are measured and kept; evaluate the same set again, and "
            f"it goes on there.</p>{note}"
        )
    return (
        f'<p class="progress">{text(evaluation.questions)}: {_how_far(evaluation)}'
        f"{_what_next(evaluation)}</p>"
        f'<progress max="{evaluation.total}" value="{evaluation.done}" '
        f'aria-label="Questions done"></progress>{note}'
    )


def time_left(seconds: float) -> str:
    """Return the time as one says it; about right is good enough."""
    if seconds < 50:
        return f"about {max(5, 5 * round(seconds / 5))} seconds left"
    minutes = round(seconds / 60)
    if minutes < 60:
        return "about a minute left" if minutes == 1 else f"about {minutes} minutes left"
    hours, minutes = divmod(5 * round(seconds / 300), 60)
    return f"about {hours} h {minutes} min left"


def _how_far(evaluation: Evaluation) -> str:
    questions = "question" if evaluation.total == 1 else "questions"
    return f"{evaluation.done:,} of {evaluation.total:,} {questions}"


def _what_next(evaluation: Evaluation) -> str:
    if evaluation.stopping:
        return " · stopping"
    if evaluation.done == evaluation.total:
        return " · making the report"
    return "" if evaluation.seconds_left is None else f" · {time_left(evaluation.seconds_left)}"
