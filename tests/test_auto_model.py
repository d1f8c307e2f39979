from pathlib import Path

import pytest

from rag.auto_model import available_memory, choose_auto

QWEN, CODER = "qwen2.5-1.5b", "qwen2.5-coder-1.5b"
GB = 1_000_000_000


def put_model(models_folder: Path, path: str, size: int) -> None:
    file = models_folder / path
    file.parent.mkdir(parents=True)
    with file.open("wb") as content:
        content.truncate(size)


@pytest.mark.parametrize("memory", [3 * GB, None], ids=["enough memory", "unknown memory"])
def test_a_small_model_is_tried_before_quotes_only(tmp_path: Path, memory: int | None) -> None:
    candidates = choose_auto(tmp_path, memory_bytes=memory)

    assert [candidate.name for candidate in candidates] == [QWEN, CODER, None]


def test_a_model_on_disk_comes_before_one_that_must_be_fetched(tmp_path: Path) -> None:
    put_model(tmp_path, f"{CODER}/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf", 1_117_320_768)

    candidates = choose_auto(tmp_path, memory_bytes=3 * GB)

    assert [candidate.name for candidate in candidates] == [CODER, QWEN, None]


def test_little_memory_leaves_quotes_only_and_says_why(tmp_path: Path) -> None:
    (candidate,) = choose_auto(tmp_path, memory_bytes=2 * GB)

    assert candidate.name is None
    assert candidate.line.startswith(
        "The answers are quotes only, because a better model takes 2.5 GB of memory and only "
        "2.0 GB are free; "
    )


def test_the_line_says_what_a_download_costs(tmp_path: Path) -> None:
    candidates = choose_auto(tmp_path, memory_bytes=3 * GB)

    assert candidates[0].line == (
        "qwen2.5-1.5b writes the answers (1.1 GB to fetch, once); "
        "`newsdesk models` lists larger ones for --model."
    )


def test_this_machine_has_some_memory() -> None:
    memory = available_memory()

    assert memory is None or memory > 10_000_000
