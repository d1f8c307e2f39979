import pytest

from rag.checks.particulars import unproved_amount, unproved_phrase
from rag.checks.statements import read_statement


def amount(sentence: str, said: str) -> str | None:
    return unproved_amount(read_statement(sentence), [read_statement(said)])


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        pytest.param("12 people died.", "Twelve people died.", id="spelled"),
        pytest.param("The damage was five million.", "The damage was $5 million.", id="bare"),
        pytest.param(
            "It rose from 7.5m to 8m euros.", "It rose from 7.5 million to 8 million euros."
        ),
        pytest.param("1200 people lost homes.", "Two people died and 1,200 lost homes."),
        pytest.param("4,000 residents left.", "4,000 of its 9,000 residents left.", id="of"),
        pytest.param("She is 38 years old.", "She, 38, will lead it.", id="age-between-commas"),
        pytest.param("One man died.", "A man died.", id="one"),
        pytest.param("On the first day, 17 left.", "Since Monday, 17 left.", id="first-day"),
        pytest.param("It cost 1,213,000 euros.", "It cost 1,213, 000 euros.", id="broken"),
        pytest.param("It is on 3 May.", "It is soon.", id="dates-are-another-matter"),
    ],
)
def test_a_number_is_proved_by_its_value(sentence: str, said: str) -> None:
    assert amount(sentence, said) is None


@pytest.mark.parametrize(
    ("sentence", "said", "written"),
    [
        pytest.param("13 people died.", "Twelve people died.", "13", id="value"),
        pytest.param("12 people came.", "12 percent came.", "12", id="percent"),
        pytest.param("It rose by 7 euros.", "It rose by 7 percent.", "7 euros", id="currency"),
        pytest.param("It is 14 kilometres deep.", "It is 14 metres deep.", "14", id="length"),
        pytest.param("It took 8 hours.", "It took eight minutes.", "8", id="time"),
        pytest.param("It is 41 square miles.", "It is 41 square kilometres.", "41", id="area"),
        pytest.param("The third road.", "Three roads.", "third", id="ordinal"),
        pytest.param("On the third day it rained.", "It began on Monday.", "third", id="third-day"),
        pytest.param("On the first day it rained.", "It rained.", "first", id="first-of-what"),
        pytest.param("The first ship left.", "It began on Monday.", "first", id="first-ship"),
        pytest.param(
            "It has eight beds.",
            "It has 140 beds and eight theatres.",
            "eight",
            id="of-another-noun",
        ),
    ],
)
def test_a_number_of_something_else_is_not(sentence: str, said: str, written: str) -> None:
    assert amount(sentence, said) == written


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "``{}''", "‘{}’"])
def test_quoted_words_must_stand_in_their_order(marks: str) -> None:
    said = [read_statement('"We load ships, we are not machines," said Vane.')]
    right = read_statement(f"Vane said: {marks.format('We load ships, we are not machines.')}")
    wrong = read_statement(f"Vane said: {marks.format('We are not ships')}")
    assert unproved_phrase(right, said) is None
    assert unproved_phrase(wrong, said) == "We are not ships"
