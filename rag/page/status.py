"""How many articles there are, who writes, and what is still being prepared: one line."""

from dataclasses import dataclass

from rag.assistant import Assistant
from rag.page.escaping import text


@dataclass(frozen=True, slots=True)
class Status:
    """`model` is None where answers are quotes; `passages_left` lack their vector."""

    articles: int
    model: str | None
    passages_left: int


def read_status(assistant: Assistant) -> Status:
    """Return the archive's and the model's state.

    Raises:
        RagError: the archive or the model cannot be used.
    """
    generator = assistant.generator
    return Status(
        articles=len(assistant.archive),
        model=generator.name if generator else None,
        passages_left=assistant.archive.vectors_left,
    )


def render_status(status: Status) -> str:
    articles = "1 article" if status.articles == 1 else f"{status.articles:,} articles"
    told = [
        f"<span>{articles}</span>",
        f"<span>Answers by {text(short_name(status.model))}</span>"
        if status.model
        else '<span title="No language model is used: answers are the articles’ own sentences.">'
        "Answers in quotes only</span>",
    ]
    if status.passages_left:
        passages = "passage" if status.passages_left == 1 else "passages"
        told.append(
            '<span class="preparing" title="They are found by their words already.">'
            f"Learning the meaning of {status.passages_left:,} {passages}</span>"
        )
    return f'<p class="status">{"".join(told)}</p>'


def render_person(name: str | None, base: str) -> str:
    """Return who has logged in and the way out, which is below `base`; nothing without a login."""
    if name is None:
        return ""
    return f'<p class="person">{text(name)} <a href="{text(base)}/logout">Log out</a></p>'


def short_name(model: str) -> str:
    """Return the name without the folders of a file, or of a repository's owner."""
    return model if "://" in model else model.replace("\\", "/").rsplit("/", 1)[-1]
