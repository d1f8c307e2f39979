"""What variants.toml says: which words are alike in news, which are opposites, which are units."""

import tomllib
from importlib.resources import files
from typing import NamedTuple

from pydantic import TypeAdapter


class Country(NamedTuple):
    """`capital` speaks for its government: what Beijing says, China says."""

    names: list[str]
    capital: str | None = None


class Variants(NamedTuple):
    """Groups of words; the first of a group stands for all of it."""

    countries: list[Country]
    same: list[list[str]]
    opposite: list[list[str]]
    negations: list[str]
    modals: list[str]
    wishes: list[str]
    causes: list[str]
    like_causes: list[str]
    speech: list[str]
    connectors: list[str]
    mutual: list[str]
    titles: list[str]
    unchanged: list[str]
    irregular: dict[str, list[str]]
    units: dict[str, list[str]]


VARIANTS = TypeAdapter(Variants).validate_python(
    tomllib.loads((files("rag.checks") / "variants.toml").read_text(encoding="utf-8"))
)
UNIT_OF = {written: unit for unit, ways in VARIANTS.units.items() for written in ways}
BASE_OF = {form: base for base, forms in VARIANTS.irregular.items() for form in forms}
