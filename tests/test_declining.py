import pytest

from rag.declining import declines


@pytest.mark.parametrize(
    "sentence",
    [
        "The articles do not say.",
        "the articles do not say why he stayed",
        "The excerpts don't mention how heavy the balloon was.",
        "The provided passages do not contain information about the pilot.",
        "The text does not specify the name of the hotel.",
        "None of the articles in question say who paid.",
        "The article never mentions a price.",
        "There is no information about the cost of the ticket in the excerpts.",
        "There is no mention of a pilot.",
        "No information is given about the fire's cause.",
        "The name of the pilot is not mentioned in the excerpts.",
        "The weight of the balloon was not disclosed in the given articles.",
        "I'm sorry, but the excerpts are about something else.",
        "Unfortunately, the ship is not named.",
        "I don't know.",
        "I cannot answer that from the excerpts.",
    ],
)
def test_a_sentence_that_gives_no_answer_declines(sentence: str) -> None:
    assert declines(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Blinken cancelled his trip because of a balloon.",
        "The minister did not say when he would travel.",
        "The ministry does not give the number of injured.",
        "The articles of association do allow a second vote.",
        "There is no ferry on Sundays.",
        "No details of the plan were kept secret by the council.",
        "The price was not mentioned by the mayor.",
        "He said sorry to the players.",
        "The text message was sent at noon and does upset him.",
    ],
)
def test_a_sentence_about_the_world_does_not_decline(sentence: str) -> None:
    assert not declines(sentence)
