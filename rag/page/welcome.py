"""What stands where the conversation will be: what to expect, and questions to begin with."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from rag.archive import Archive
from rag.page.escaping import text
from rag.types import Question

ASK = "ask"  # what an example does
NEWEST = 3


class Example(NamedTuple):
    question: str
    title: str  # of the article that answers it


EXAMPLES = (
    Example(
        "Why did Blinken call off his journey to Beijing?",
        "Blinken puts off Beijing trip over Chinese balloon",
    ),
    Example(
        "What did thieves take from the museum in Saltmere?",
        "Thieves take Bronze Age gold from Saltmere museum",
    ),
    Example(
        "When does Weir Bridge open again?",
        "Weir Bridge to close for seven months as repair bill reaches 4.8 million",
    ),
    Example(
        "Who developed the vaccine TF-1?",
        "Corran University tests single-dose vaccine against tick fever",
    ),
    Example(
        "Who saved two penalties in the cup final?",
        "Saltmere Rovers win first cup in 46 years",
    ),
)


def read_examples(archive: Archive) -> list[str]:
    """Return questions that the archive's articles answer; none where it is empty."""
    known = [example.question for example in EXAMPLES if _holds(archive, example.title)]
    newest = islice(archive.articles(), NEWEST)
    return known or [f"What is reported under “{article.title}”?" for article in newest]


def render_welcome(examples: Sequence[str]) -> str:
    if not examples:
        return (
            '<section class="welcome"><h2>There are no articles yet</h2>'
            "<p>Drop files under “Add articles”, or run <code>newsdesk add FOLDER</code> in a "
            "terminal. Then ask about what they report.</p></section>"
        )
    buttons = "".join(
        f'<li><button type="button" data-act="{ASK}" data-question="{question}">{question}'
        "</button></li>"
        for question in map(text, examples)
    )
    return (
        '<section class="welcome"><h2>What would you like to know?</h2>'
        "<p>Answers come from your articles alone. Every sentence shows the words that prove it; "
        "what no article proves is left out.</p>"
        f'<ul aria-label="Questions to begin with">{buttons}</ul></section>'
    )


def _holds(archive: Archive, title: str) -> bool:
    found = archive.lexical_retriever.retrieve(Question(title), 1)
    return bool(found) and found[0].article.title == title
