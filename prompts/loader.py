"""Reads a prompt's file; knows its variables, not what they stand for."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from string import Template


@dataclass(frozen=True, slots=True)
class Prompt:
    """`user` is a `string.Template` with what is asked of what; a task is said after it.

    `judge` asks whether that answers the question, Yes or No; `answer` asks for the answer.
    """

    name: str
    description: str
    system: str
    user: str
    judge: str
    answer: str

    @property
    def variables(self) -> list[str]:
        return Template(self.user).get_identifiers()

    def render(self, **values: str) -> str:
        """Fill the user's part in.

        Raises:
            ValueError: the values are not exactly the variables of the prompt.
        """
        if sorted(values) != sorted(self.variables):
            raise ValueError(
                f"the prompt {self.name} has the variables {sorted(self.variables)}, "
                f"got {sorted(values)}"
            )
        return Template(self.user).substitute(values)


def load_prompt(name: str) -> Prompt:
    """Load `prompts/<name>.toml`.

    Raises:
        ValueError: there is no such prompt, or its keys are not a prompt's.
    """
    file = files("prompts") / f"{name}.toml"
    if not file.is_file():
        raise ValueError(f"there is no prompt {name!r}; there are {', '.join(prompt_names())}")
    try:
        return Prompt(name=name, **tomllib.loads(file.read_text(encoding="utf-8")))
    except TypeError as error:
        raise ValueError(f"the prompt {name} is not complete: {error}") from error


def prompt_names() -> list[str]:
    entries = (entry.name for entry in files("prompts").iterdir())
    return sorted(entry.removesuffix(".toml") for entry in entries if entry.endswith(".toml"))
