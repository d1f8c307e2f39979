import pytest

from prompts.loader import load_prompt, prompt_names


def test_every_prompt_is_listed_by_its_name_and_version() -> None:
    assert "answer.v1" in prompt_names()


@pytest.mark.parametrize("name", prompt_names())
def test_every_prompt_is_complete(name: str) -> None:
    prompt = load_prompt(name)
    assert prompt.name == name
    assert sorted(prompt.variables) == ["conversation", "passages", "question"]
    assert prompt.description.strip()
    assert prompt.abstention in prompt.system


@pytest.mark.parametrize("name", prompt_names())
def test_a_prompt_ends_with_the_question(name: str) -> None:
    rendered = load_prompt(name).render(passages="P", conversation="C", question="Who won?")
    assert rendered.endswith("Who won?")
    assert rendered.index("P") < rendered.index("C")


def test_what_is_filled_in_is_not_read_as_a_template() -> None:
    rendered = load_prompt("answer.v1").render(
        passages="costs $5, ${question} and $$", conversation="", question="{x} $passages %s"
    )
    assert rendered == "Passages:\n\ncosts $5, ${question} and $$\n\nQuestion: {x} $passages %s"


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"passages": "", "question": ""}, id="one-missing"),
        pytest.param(
            {"passages": "", "conversation": "", "question": "", "date": ""}, id="one-too-many"
        ),
    ],
)
def test_other_values_than_the_variables_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"has the variables \['conversation', 'passages'"):
        load_prompt("answer.v1").render(**values)


@pytest.mark.parametrize("name", ["answer.v0", "", "../prompts/answer.v1\0"])
def test_an_unknown_prompt_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(ValueError, match=r"there is no prompt .*; there are answer\.v1"):
        load_prompt(name)
