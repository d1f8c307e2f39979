import pytest

from rag.checks.wording import words_of


def keys(text: str) -> list[str]:
    return [word.key for word in words_of(text)]


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(["US", "U.S.", "United States", "America", "American"], id="country"),
        pytest.param(["UK", "United Kingdom", "Britain", "British"], id="other-country"),
        pytest.param(["China", "Chinese", "China’s", "China's"], id="demonym-and-possessive"),
        pytest.param(["struck", "strikes", "striking"], id="irregular-verb"),
        pytest.param(["called off", "cancelled", "calling off"], id="phrase"),
        pytest.param(["turned down", "rejects"], id="other-phrase"),
        pytest.param(["nobody", "no one"], id="pronoun"),
        pytest.param(["Straße", "STRASSE"], id="sharp-s"),
        pytest.param(["Café", "Cafe\u0301"], id="composed-accent"),
    ],
)
def test_variants_of_a_word_are_alike(same: list[str]) -> None:
    assert len({tuple(keys(text)) for text in same}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("polish the floor", "Poland the floor", id="verb"),
        pytest.param("Austria", "Australia", id="near-names"),
        pytest.param("Niger", "Nigeria", id="nearer-names"),
    ],
)
def test_what_only_looks_alike_is_not(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_words_know_what_stands_between_them() -> None:
    found = words_of("Its director, Caspar Wynn, offered (much): 4 percent.")
    assert [word.written for word in found if word.breaks] == [
        "Caspar",
        "offered",
        "much",
        "4 percent",
    ]
    assert [word.written for word in found if word.is_capital] == ["Its", "Caspar", "Wynn"]


def test_what_opens_a_sentence_without_adding_anything_has_no_meaning() -> None:
    assert [word.written for word in words_of("However, rain fell.") if word.is_content] == [
        "rain",
        "fell",
    ]
