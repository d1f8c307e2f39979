"""What the computer must have before anything is installed; each check raises one clear sentence.

Only syntax and modules that an older Python also has: it must get far enough to be told.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Mapping, Sequence

OLDEST_PYTHON = (3, 11)
GIGABYTE = 1000**3
LANGUAGES = {
    "c": ("CC", ("cc", "gcc", "clang"), "#include <stdlib.h>\n"),
    "c++": ("CXX", ("c++", "g++", "clang++"), "#include <vector>\n"),
}


class SetupError(Exception):
    """One sentence for the person: what is missing or went wrong, and what to do."""


def check_python(version: tuple[int, int]) -> None:
    if version < OLDEST_PYTHON:
        raise SetupError(
            f"Newsdesk needs Python 3.11 or newer and this is {version[0]}.{version[1]}: install a"
            " newer one and name it, for example `make chat PYTHON=python3.12`."
        )


def check_virtual_environments(
    version: tuple[int, int], *, has_module: Callable[[str], bool]
) -> None:
    if not (has_module("venv") and has_module("ensurepip")):
        package = f"python{version[0]}.{version[1]}-venv"
        raise SetupError(
            "This Python cannot make virtual environments: install that part of it"
            f" (`apt-get install {package}` on Debian and Ubuntu), then run this again."
        )


def check_writable(folder: str, *, is_writable: Callable[[str], bool]) -> None:
    if not is_writable(folder):
        raise SetupError(
            f"You may not write to {folder}: make it yours (`sudo chown -R $USER '{folder}'`) or"
            " get Newsdesk again into a folder of your own."
        )


def check_disk(folder: str, *, needed: int, free: int) -> None:
    if free < needed:
        raise SetupError(
            f"Setting up takes {needed / GIGABYTE:.1f} GB while it runs and {folder} has"
            f" {free / GIGABYTE:.1f} GB left: free {(needed - free) / GIGABYTE:.1f} GB on that disk"
            " or move this folder to a larger one."
        )


def check_compilers(
    environment: Mapping[str, str], *, compiles: Callable[[Sequence[str], str], bool]
) -> None:
    """Ask for a working C and C++ compiler: llama-cpp-python is compiled on this machine."""
    for language, (variable, usual, _) in LANGUAGES.items():
        chosen = shlex.split(environment.get(variable, ""))
        candidates = [chosen] if chosen else [[name] for name in usual]
        if not any(compiles(candidate, language) for candidate in candidates):
            named = f" ({variable}={environment[variable]} does not work)" if chosen else ""
            raise SetupError(
                f"There is no working {language.upper()} compiler{named}: install one"
                " (`apt-get install g++` on Debian and Ubuntu, `dnf install gcc-c++` on Fedora,"
                " `xcode-select --install` on macOS), then run this again."
            )


def compiles(compiler: Sequence[str], language: str) -> bool:
    """Whether `compiler` runs and finds its standard headers; a name alone proves neither."""
    source = LANGUAGES[language][2]
    command = [*compiler, "-x", language, "-fsyntax-only", "-"]
    try:
        tried = subprocess.run(command, input=source.encode(), capture_output=True, check=False)
    except OSError:
        return False
    return tried.returncode == 0
