import pytest

from rag.page.machine import Machine, describe_fit, describe_machine, look_at_machine
from rag.presets import load_presets

PRESETS = load_presets()
GB = 1_000_000_000


@pytest.mark.parametrize(
    ("model", "machine", "sentence"),
    [
        pytest.param(
            "qwen2.5-1.5b", Machine(2, 8 * GB), "Fits: takes about 2.5 GB of memory.", id="fits"
        ),
        pytest.param(
            "smollm2-135m",
            Machine(2, 8 * GB),
            "Fits: takes about 1.1 GB of memory, about 11 times as quick as qwen2.5-1.5b.",
            id="tiny",
        ),
        pytest.param(
            "qwen2.5-3b",
            Machine(2, 8 * GB),
            "Fits: takes about 3.7 GB of memory, and about 1.9 times as long as qwen2.5-1.5b: "
            "a long wait with 2 cores.",
            id="slow",
        ),
        pytest.param(
            "qwen2.5-3b",
            Machine(8, 8 * GB),
            "Fits: takes about 3.7 GB of memory, and about 1.9 times as long as qwen2.5-1.5b.",
            id="slower",
        ),
        pytest.param(
            "qwen2.5-3b",
            Machine(8, 2 * GB),
            "Too large: takes about 3.7 GB of memory, only 2.0 GB are free.",
            id="too-large",
        ),
        pytest.param(
            "qwen2.5-1.5b", Machine(1, None), "Takes about 2.5 GB of memory.", id="unknown"
        ),
    ],
)
def test_one_sentence_says_whether_a_machine_can_carry_a_model(
    model: str, machine: Machine, sentence: str
) -> None:
    assert describe_fit(PRESETS[model], machine) == sentence


def test_the_machine_is_described() -> None:
    assert describe_machine(Machine(2, 8 * GB)) == (
        "This machine has 2 cores, 8.0 GB of memory free."
    )
    assert describe_machine(Machine(1, None)) == "This machine has 1 core."


def test_this_machine_has_a_core() -> None:
    assert look_at_machine().cores >= 1
