"""Which commands install Newsdesk, in which order, and what a failure means; starts none itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

# On Linux the usual package index has torch with gigabytes of CUDA only. Where pip's own
# configuration knows no CPU build, PyTorch's publisher serves it, from this one other host.
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"
WITHOUT_MULTIMODAL = "-DLLAVA_BUILD=OFF"
COMPILER_MINUTES = 10  # of one core, measured without the multimodal part

LAST_LINES = 6
ERROR_LINES = 6
FAILURES = {
    r"No space left on device": "The disk is full: free some gigabytes, then run this again.",
    r"MemoryError|Killed signal|Cannot allocate memory": (
        "The memory ran out: close other programs, then run this again."
    ),
    r"No module named pip": (
        "The folder .venv has no working pip: remove it (`make clean`), then run this again."
    ),
    r"Retrying \(|NewConnectionError|NameResolutionError|ReadTimeout|ProxyError|SSLError": (
        "pip could not reach {source}: check the network connection, or name a folder that"
        " holds the packages in PIP_FIND_LINKS, then run this again."
    ),
}


class Step(NamedTuple):
    """One thing to do: of several commands that try it in different ways, one success is enough.

    Where .venv has the `package`, a name as in `torch-2.13.0+cpu`, there is nothing to do; an empty
    name is always to be done. `advice` is for the case that all commands fail, `source` what the
    last of them downloads from.
    """

    title: str
    commands: tuple[tuple[str, ...], ...]
    advice: str
    package: str = ""
    source: str = "the package index"
    needs_compiler: bool = False


def environment_step(root: Path) -> Step:
    return Step(
        "Making a virtual environment: a few seconds",
        ((sys.executable, "-m", "venv", str(root / ".venv")),),
        "This Python could not make a virtual environment: the lines above say why.",
    )


def installation_steps(
    root: Path, constraints: str, *, platform: str, extras: Iterable[str], cores: int
) -> list[Step]:
    """Install what takes longest by itself, so that its name and duration can be told."""
    minutes = max(1, round(COMPILER_MINUTES / cores))
    duration = f"about {minutes} minute{'s' if minutes > 1 else ''}"
    llama_version = pinned_version("llama-cpp-python", constraints)
    constrained = ("--constraint", str(root / "constraints.txt"))
    project = f"{root}[{','.join(extras)}]".removesuffix("[]")
    return [
        torch_step(root, pinned_version("torch", constraints), platform=platform),
        Step(
            f"Compiling llama-cpp-python: {duration} with {cores} cores, once"
            " (seconds where pip has kept it from before)",
            (pip_install(root, *constrained, "--verbose", f"llama-cpp-python=={llama_version}"),),
            "llama-cpp-python could not be compiled: see that the C++ compiler is not too old (it"
            " must know C++17), then run this again.",
            package=f"llama_cpp_python-{llama_version}",
            needs_compiler=True,
        ),
        Step(
            "Installing the other packages: a minute or two, much of it download",
            (pip_install(root, *constrained, "--editable", project),),
            "pip could not install the packages: the lines above say why.",
        ),
    ]


def torch_step(root: Path, version: str, *, platform: str) -> Step:
    """Ask for the `+cpu` build by name on Linux, so that no other can be taken.

    Asking costs a second. `pip install --dry-run --report` would tell the same, but downloads the
    whole CUDA build (530 MB) before it does.
    """
    build = "+cpu" if platform == "linux" else ""
    wanted = pip_install(root, "--no-deps", f"torch=={version}{build}")
    elsewhere = ((*wanted, "--index-url", TORCH_CPU_INDEX),) if build else ()
    return Step(
        "Installing PyTorch, the build without CUDA: a minute or two, 200 MB to download",
        (wanted, *elsewhere),
        f"There is no CPU build of PyTorch {version} for this Python and this computer: try another"
        " Python from 3.11 on (`make chat PYTHON=python3.12`).",
        package=f"torch-{version}{build}",
        source=TORCH_CPU_INDEX if build else "the package index",
    )


def pip_install(root: Path, *arguments: str) -> tuple[str, ...]:
    pip = (str(root / ".venv" / "bin" / "python"), "-m", "pip", "install", "--no-input")
    quiet = ("--disable-pip-version-check", "--progress-bar", "off")
    return (*pip, *quiet, *arguments)


def pip_environment(environment: Mapping[str, str], *, temporary_folder: str) -> dict[str, str]:
    """Add the compiler's option to those that the person has set, and a roomy temporary folder."""
    options = environment.get("CMAKE_ARGS", "")
    if "LLAVA_BUILD" not in options:
        options = f"{options} {WITHOUT_MULTIMODAL}".strip()
    return {**environment, "CMAKE_ARGS": options, "TMPDIR": temporary_folder}


def pinned_version(name: str, constraints: str) -> str:
    """Read the version of `name`, which may be spelt with dashes or underscores in the file."""
    spellings = name.replace("-", "[-_.]")
    found = re.search(rf"^{spellings}==(\S+)$", constraints, re.MULTILINE | re.IGNORECASE)
    if not found:
        raise ValueError(f"expected a line `{name}==…` in constraints.txt, got none")
    return found[1]


def explain_failure(step: Step, log_end: str) -> str:
    known = (said for sign, said in FAILURES.items() if re.search(sign, log_end))
    return next(known, step.advice).replace("{source}", step.source)


def telling_lines(log_end: str) -> list[str]:
    """Pick the last lines and, before them, the errors that stand further up."""
    lines = log_end.splitlines()
    errors = [line for line in lines[:-LAST_LINES] if re.search(r"\berror: ", line, re.IGNORECASE)]
    return errors[-ERROR_LINES:] + lines[-LAST_LINES:]


def cuda_packages(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if name.lower().startswith(("nvidia-", "cuda-")))
