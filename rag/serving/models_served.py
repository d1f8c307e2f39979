"""The names that programs may ask for as a model, and who answers to each."""

from collections.abc import Callable

from rag.answering import NO_MODEL
from rag.assistant import Assistant
from rag.page.status import short_name
from rag.serving.chat_request import DEFAULT_MODEL

Current = Callable[[], Assistant]  # who answers now; the page may exchange it


def assistants_by_name(assistant: Assistant) -> dict[str, Assistant]:
    """Return the default, the model that is loaded, and quotes without any.

    Raises:
        RagError: the model cannot be loaded.
    """
    generator = assistant.generator
    loaded = {short_name(generator.name): assistant} if generator else {}
    return {
        DEFAULT_MODEL: assistant,
        **loaded,
        NO_MODEL: Assistant(assistant.archive, NO_MODEL) if generator else assistant,
    }
