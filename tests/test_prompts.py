import pytest

from prompts.loader import load_prompt, prompt_names


def test_every_prompt_is_listed_by_its_name_and_version() -> None:
    assert "answer.v2" in prompt_names()


@pytest.mark.parametrize("name", prompt_names())
def test_every_prompt_is_complete(name: str) -> None:
    prompt = load_prompt(name)
    assert prompt.name == name
    assert sorted(prompt.variables) == ["excerpts", "question"]
    assert prompt.description.strip()
    assert "Reply Yes or No" in prompt.judge


@pytest.mark.parametrize("name", prompt_names())
def test_a_prompt_ends_with_the_question(name: str) -> None:
    rendered = load_prompt(name).render(excerpts="E", question="Who won?")
    assert rendered.endswith("Who won?")
    assert "E" in rendered


def test_what_is_filled_in_is_not_read_as_a_template() -> None:
    rendered = load_prompt("answer.v2").render(
        excerpts="costs $5, ${question} and $$", question="{x} $excerpts %s"
    )
    assert rendered == "Excerpts:\n\ncosts $5, ${question} and $$\n\nQuestion: {x} $excerpts %s"


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"excerpts": ""}, id="one-missing"),
        pytest.param({"excerpts": "", "question": "", "date": ""}, id="one-too-many"),
    ],
)
def test_other_values_than_the_variables_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"has the variables \['excerpts', 'question'"):
        load_prompt("answer.v2").render(**values)


@pytest.mark.parametrize("name", ["answer.v1", "", "../prompts/answer.v2\0"])
def test_an_unknown_prompt_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(ValueError, match=r"there is no prompt .*; there are answer\.v2"):
        load_prompt(name)
