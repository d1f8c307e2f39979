"""`answer_f1=0.5`: what a run's figures must reach, so that a program can act on them."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.evaluation.figures import Figure
from rag.evaluation.labels import NAMES
from rag.evaluation.run_folder import RunError

LESS_IS_BETTER = ("over_refusal", "risk_coverage_area", "_seconds_", "_tokens_")
NUMBER = re.compile(r"\d+(\.\d+)?")
MARGIN = 1e-9  # 1/3 written as 0.333333333 is reached


@dataclass(frozen=True, slots=True)
class Requirement:
    """At least `bound`; of what should be small, at most."""

    name: str
    bound: float

    @property
    def is_limit(self) -> bool:
        return any(part in self.name for part in LESS_IS_BETTER)

    def is_met(self, value: float) -> bool:
        if self.is_limit:
            return value <= self.bound + MARGIN
        return value >= self.bound - MARGIN


def read_requirements(texts: Sequence[str]) -> list[Requirement]:
    """Read `name=value` each.

    Raises:
        RunError: one is written otherwise, or names a figure that there is not.
    """
    return [_read(text) for text in texts]


def unmet(requirements: Sequence[Requirement], figures: Sequence[Figure]) -> list[str]:
    """Return a sentence for each requirement that the figures do not meet.

    Raises:
        RunError: a requirement names a figure that this run does not have.
    """
    values = {figure.name: figure.value for figure in figures}
    for requirement in requirements:
        if requirement.name not in values:
            raise RunError(
                f"{requirement.name} is not measured by this run; measured are: {', '.join(values)}"
            )
    return [
        f"{each.name} is {values[each.name]:.3f}, required is "
        f"{'at most' if each.is_limit else 'at least'} {each.bound:g}"
        for each in requirements
        if not each.is_met(values[each.name])
    ]


def _read(text: str) -> Requirement:
    name, _, value = text.partition("=")
    if not NUMBER.fullmatch(value.strip()):
        raise RunError(
            f"{text!r} is no requirement; write a figure's name and a number: answer_f1=0.5"
        )
    if name.strip() not in NAMES:
        near = difflib.get_close_matches(name.strip(), NAMES, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(NAMES)}"
        raise RunError(f"no figure is called {name.strip()!r}; {hint}")
    return Requirement(name.strip(), float(value))
