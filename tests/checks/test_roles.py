import pytest

from rag.checks.roles import OTHER_WAY_ROUND, turned_about
from tests.checks.examples import matched


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        pytest.param("Roe sued Ames.", "Ames sued Roe.", id="active"),
        pytest.param("Roe was sued by Ames.", "Ames was sued by Roe.", id="passive"),
        pytest.param("Roe follows Ames.", "She follows Roe.", id="object-as-subject"),
        pytest.param(
            "The firm sold the mill to the city.",
            "The city sold the mill to the firm.",
            id="sold-to",
        ),
        pytest.param(
            "It has eight beds and 140 theatres.",
            "It has 140 beds and eight theatres.",
            id="numbers",
        ),
        pytest.param(
            "Roe got 3,108 votes and Ames 3,079.",
            "Ames got 3,108 votes and Roe 3,079.",
            id="results",
        ),
        pytest.param(
            "It was cut from 6 million to 7 million.",
            "It was cut from 7 million to 6 million.",
            id="from-and-to",
        ),
    ],
)
def test_exchanged_roles_are_told(sentence: str, said: str) -> None:
    assert turned_about(matched(sentence, said)) == OTHER_WAY_ROUND


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        pytest.param("Ames was sued by Roe.", "Roe sued Ames.", id="passive-of-active"),
        pytest.param("Roe met Ames.", "Ames met Roe.", id="mutual"),
        pytest.param("Roe is the director of the CIA.", "CIA Director Roe spoke.", id="genitive"),
        pytest.param("Roe is the new mayor.", "The new mayor is Roe.", id="is"),
        pytest.param(
            "In Bali on Monday Roe spoke to Ames.",
            "Roe spoke to Ames in Bali on Monday.",
            id="adverbs",
        ),
        pytest.param(
            "Because rain fell, Roe closed it.", "Roe closed it because rain fell.", id="clauses"
        ),
        pytest.param(
            "It has room for 60 cars.", "It has room for 240 passengers and 60 cars.", id="list"
        ),
    ],
)
def test_the_same_roles_in_another_order_are_the_same(sentence: str, said: str) -> None:
    assert turned_about(matched(sentence, said)) is None


@pytest.mark.parametrize(
    ("sentence", "said", "reason"),
    [
        pytest.param(
            "It changed sides in favour of Taiwan.",
            "It changed sides in favour of Beijing, which left Taiwan alone.",
            "the article says “favour of Beijing”",
            id="name",
        ),
        pytest.param(
            "It covers only 14 fields.",
            "It covers 41 fields; maps showed 14.",
            "the article says “covers 41”",
            id="number",
        ),
        pytest.param(
            "Three Democratic members came.",
            "Three Republican members came.",
            "the article says “Three Republican”",
            id="name-behind-a-number",
        ),
    ],
)
def test_another_name_or_number_behind_a_word_is_told(
    sentence: str, said: str, reason: str
) -> None:
    assert turned_about(matched(sentence, said)) == reason
