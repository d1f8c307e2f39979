"""The models that can be chosen on the page, each with what a person needs to know to choose."""

from dataclasses import dataclass

from rag.assistant import Assistant
from rag.incoming import readable
from rag.models import ModelStatus, list_models
from rag.page.machine import Machine, describe_fit
from rag.wiring import AUTO, NONE

QUOTES = "Quotes only"
QUOTES_ARE = "No model: answers are the articles’ own sentences, in a fraction of a second"
QUOTES_FIT = "Fits every machine."
ELSEWHERE = "Chosen where Newsdesk was started"


@dataclass(frozen=True, slots=True)
class Option:
    """A model to choose; `name` is what the setting is called.

    `terms` is the page of a licence that asks to be accepted. `on_disk` says how much is there.
    """

    name: str
    title: str
    description: str
    fit: str = ""
    size: str = ""
    licence: str = ""
    terms: str | None = None
    on_disk: str = ""
    can_be_used: bool = True
    in_use: bool = False


def list_options(assistant: Assistant, machine: Machine) -> list[Option]:
    """Return quotes only, every preset that writes, and what is in use if it is none of these.

    Raises:
        ModelError: the models folder cannot be read.
    """
    used = used_model(assistant)
    statuses = list_models(assistant.settings.models)
    options = [
        Option(NONE, QUOTES, QUOTES_ARE, QUOTES_FIT, in_use=used == NONE),
        *(_option(s, machine, used) for s in statuses if s.preset.kind == "generator"),
    ]
    if not any(option.in_use for option in options):
        options.insert(0, Option(used, used, ELSEWHERE, in_use=True))
    return options


def used_model(assistant: Assistant) -> str:
    """Return the setting that the model in use goes by."""
    if assistant.settings.model != AUTO:
        return assistant.settings.model
    return assistant.generator.name if assistant.generator else NONE


def _option(status: ModelStatus, machine: Machine, used: str) -> Option:
    preset = status.preset
    arrived = f"{readable(status.bytes_on_disk)} of it on disk" if status.bytes_on_disk else ""
    return Option(
        name=preset.name,
        title=preset.name,
        description=preset.description,
        fit=describe_fit(preset, machine),
        size=readable(preset.bytes),
        licence=preset.licence,
        terms=preset.terms,
        on_disk="on disk" if status.on_disk else arrived or "not on disk",
        can_be_used=status.on_disk,
        in_use=used == preset.name,
    )
