"""The direction of dependencies, kept with the standard library alone."""

import ast
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
TOPS = ("app", "rag", "embeddings", "prompts")
MAY_IMPORT = {
    "app": {"app", "rag"},
    "rag": {"rag", "embeddings", "prompts"},
    "embeddings": {"embeddings"},
    "prompts": {"prompts"},
}
# From the top down; a module may import those of its own layer and below. All others of rag are
# parts. A name stands for everything below it.
LAYERS = [
    ["app"],
    ["rag.page.panes"],
    ["rag.cli"],
    [
        *("rag.evaluation_cli", "rag.feedback_cli", "rag.users_cli", "rag.opening"),
        *("rag.terminal", "rag.page", "rag.serving"),
    ],
    ["rag.evaluation", "rag.doctor"],
    ["rag.assistant"],
    ["rag.archive"],
    ["rag.wiring"],
    ["rag", "embeddings", "prompts"],
    ["rag.settings"],
    ["rag.types", "rag.errors"],
]
BACKENDS = {
    "embeddings.faiss_index",
    "embeddings.sentence_transformer",
    "embeddings.token_counter",
    "rag.entailment",
    "rag.generation",
    "rag.openai_compatible",
    "rag.reranking",
}
HEAVY = {
    *("torch", "sentence_transformers", "transformers", "faiss", "llama_cpp", "gradio"),
    *("trafilatura", "pypdf", "docx", "pyarrow", "feedparser", "huggingface_hub", "httpx"),
    *("dateparser", "lxml", "scipy", "pandas", "matplotlib"),
}


def source_files() -> dict[str, Path]:
    files = [file for top in TOPS for file in [ROOT / f"{top}.py", *(ROOT / top).rglob("*.py")]]
    names = {file: file.relative_to(ROOT).with_suffix("").parts for file in files if file.exists()}
    return {".".join(parts).removesuffix(".__init__"): file for file, parts in names.items()}


FILES = source_files()
PACKAGES = {name for name, file in FILES.items() if file.name == "__init__.py"}


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the modules of ours that a tree imports; `from package import module` is the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            within = [f"{node.module}.{alias.name}" for alias in node.names]
            named = [name if name in FILES else node.module for name in within]
        else:
            continue
        yield from (name for name in named if name.partition(".")[0] in TOPS)


def libraries(tree: ast.AST) -> set[str]:
    """Return the top names of all that a tree imports, even within functions."""
    nodes = list(ast.walk(tree))
    plain = [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    within = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in [*plain, *within]}


TREES = {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in FILES.items()}
IMPORTS = {name: set(imports(tree)) for name, tree in TREES.items()}
every_module = pytest.mark.parametrize("module", sorted(FILES))


def layer(module: str) -> int:
    """Return the layer that names the module most closely, counted from the top."""
    matching = [
        (len(name), depth)
        for depth, names in enumerate(LAYERS)
        for name in names
        if f"{module}.".startswith(f"{name}.")
    ]
    return max(matching)[1]


def test_the_modules_are_found() -> None:
    assert {"rag", "rag.archive", "rag.readers.html", "embeddings.protocols"} <= FILES.keys()
    assert {"rag", "rag.readers", "embeddings", "prompts"} <= PACKAGES
    assert IMPORTS["rag.chunking"] == {"embeddings.protocols", "rag.sentences", "rag.types"}


@every_module
def test_imports_go_from_app_to_rag_to_embeddings_and_prompts(module: str) -> None:
    tops = {name.partition(".")[0] for name in IMPORTS[module]}
    assert tops <= MAY_IMPORT[module.partition(".")[0]]


@every_module
def test_no_module_imports_from_a_layer_above(module: str) -> None:
    if module in PACKAGES:
        return
    above = {name for name in IMPORTS[module] if layer(name) < layer(module)}
    assert above == set()


def test_there_are_no_import_cycles_even_within_functions() -> None:
    try:
        order = list(TopologicalSorter(IMPORTS).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))
    assert set(order) >= FILES.keys()


@every_module
def test_no_module_imports_a_package_that_it_belongs_to(module: str) -> None:
    top = module.partition(".")[0]
    own = {name for name in PACKAGES if name.partition(".")[0] == top}
    assert IMPORTS[module] & own == set()


def test_only_wiring_imports_the_backends() -> None:
    importers = {name for name, imported in IMPORTS.items() if imported & BACKENDS}
    assert importers == {"rag.wiring"}


def test_only_the_page_and_its_panes_import_gradio() -> None:
    importers = {name for name, tree in TREES.items() if "gradio" in libraries(tree)}
    assert {name for name in importers if not name.startswith("rag.page.panes.")} == {"app"}


def test_wiring_imports_the_backends_only_when_they_are_asked_for() -> None:
    at_once = [node for node in TREES["rag.wiring"].body if not isinstance(node, ast.FunctionDef)]
    assert set(imports(ast.Module(at_once, []))) & BACKENDS == set()


def test_the_protocols_and_the_nouns_import_nothing_of_ours() -> None:
    for module in ("rag.types", "rag.errors", "embeddings.protocols"):
        assert IMPORTS[module] == set()


@pytest.mark.parametrize("module", ["rag", "rag.cli"])
def test_starting_loads_no_heavy_library(module: str) -> None:
    code = f"import {module}, json, sys; print(json.dumps(list(sys.modules)))"
    finished = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in json.loads(finished.stdout)}
    assert loaded & HEAVY == set()


def public_names(package: ModuleType) -> set[str]:
    """Return what the package's own file imports by name."""
    nodes = [node for node in TREES[package.__name__].body if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name for node in nodes for alias in node.names}


def test_all_names_what_is_public_and_nothing_else() -> None:
    package = importlib.import_module("rag")
    assert sorted(package.__all__) == sorted(public_names(package))
    assert len(package.__all__) == len(set(package.__all__))
    assert [name for name in package.__all__ if not hasattr(package, name)] == []


def test_the_public_contract_is_public() -> None:
    package = importlib.import_module("rag")
    contract = {"Archive", "Assistant", "ask", "Answer", "Citation", "Passage", "Question"}
    assert contract <= set(package.__all__)
