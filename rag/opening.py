"""Settings -> an assistant with its models at hand; what is fetched is shown."""

from rich.console import Console

from rag import wiring
from rag.archive import Archive
from rag.assistant import Assistant
from rag.settings import Settings
from rag.terminal import downloading


def fetch_embedder(settings: Settings, console: Console) -> None:
    """Get the embedder, without which nothing can be added or searched.

    Raises:
        ModelError: it cannot be had.
    """
    with downloading(console) as progress:
        wiring.fetch_embedder(settings, progress)


def open_assistant(settings: Settings, console: Console) -> Assistant:
    """Get the models and open the archive.

    Raises:
        RagError: a model cannot be had, or the archive cannot be used.
    """
    fetch_embedder(settings, console)
    with downloading(console) as progress:
        settled = wiring.settle_model(settings, progress)
    return Assistant(Archive(settings=settled))
