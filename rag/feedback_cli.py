"""`newsdesk feedback`: what people thought of answers on the chat page, as a question set."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from rag.conversations import FILE_NAME, Conversations
from rag.errors import RagError
from rag.evaluation.questions import describe_undecided, write_questions
from rag.page.feedback import make_cases
from rag.settings import load_settings

output = Console()
feedback = typer.Typer(
    help="Make tests of what people thought of answers.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@feedback.callback()
def only_one() -> None:
    """Keep `export` a command of its own while there is no other."""


@feedback.command()
def export(
    file: Annotated[Path, typer.Argument(help="The question set to write.")],
    archive: Annotated[Path | None, typer.Option("--archive", help="The archive's folder.")] = None,
) -> None:
    """Write all rated answers as a question set for `newsdesk evaluate`."""
    if file.exists():
        raise RagError(f"{file} exists already; name another file, your corrections stay yours")
    folder = load_settings({"archive": archive}).archive
    rated = []
    if (folder / FILE_NAME).exists():
        store = Conversations(folder)
        rated = store.feedback()
        store.close()
    if not rated:
        raise RagError(
            f"no answer has been rated in {folder}; rate answers on the page of `newsdesk chat`, "
            "or name another archive with --archive"
        )
    cases = make_cases(rated)
    write_questions(file, cases)
    undecided = describe_undecided(cases)
    told = f"{file}: {len(cases):,} {'question' if len(cases) == 1 else 'questions'}"
    output.print(Text(". ".join(filter(None, (told, undecided)))), soft_wrap=True)
