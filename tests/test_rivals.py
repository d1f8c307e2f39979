from datetime import date

import pytest

from rag.rivals import find_rivals, newest
from rag.types import Article, Quote

HURT = "How many people were hurt in the Orleby fire?"
REOPENS = "When will the Weir Bridge reopen?"
FOUND = "Where was the Marigold found?"
CAUSED = "What caused the mill fire?"
ON_MONDAY = date(2023, 6, 5)


def quote(text: str, *, day: date | None = None, whole: str = "", title: str = "") -> Quote:
    body = whole or text
    article = Article(title + body, title, body, publisher="AP", published=day)
    return Quote(article, body.index(text), body.index(text) + len(text))


@pytest.mark.parametrize(
    ("question", "cited", "other"),
    [
        (HURT, "The fire in Orleby hurt 12 people.", "15 people were injured in the Orleby fire."),
        (HURT, "The Orleby fire hurt 12 people.", "At least 15 people were hurt in Orleby’s fire."),
        (HURT, "At least 12 people were hurt in Orleby.", "The Orleby fire hurt 9 people."),
        (HURT, "About 200 people were hurt in Orleby.", "The Orleby fire hurt 340 people."),
        (REOPENS, "The Weir Bridge will reopen on 12 June.", "Weir Bridge reopens on June 19."),
        (REOPENS, "The Weir Bridge reopened on Friday.", "Weir Bridge reopened on Saturday."),
        (FOUND, "The Marigold was found off Cape Tern.", "They found the Marigold near Malin."),
        (CAUSED, "The mill fire was caused by a heater.", "Police blamed arson for the mill fire."),
        (
            "Why was the fair cancelled?",
            "The fair was cancelled because of rain.",
            "The fair was cancelled due to a lack of money.",
        ),
    ],
)
def test_another_article_with_another_answer_is_a_rival(
    question: str, cited: str, other: str
) -> None:
    rival = quote(other, day=ON_MONDAY)
    assert find_rivals(question, [quote(cited, day=ON_MONDAY)], [rival]) == [rival]


@pytest.mark.parametrize(
    ("question", "cited", "other"),
    [
        (HURT, "The fire in Orleby hurt 12 people.", "Twelve people were hurt in the Orleby fire."),
        (HURT, "The fire in Orleby hurt 12 people.", "At least 10 people were hurt in Orleby."),
        (HURT, "The fire in Orleby hurt 12 people.", "Up to 15 people were hurt in Orleby’s fire."),
        (HURT, "The fire in Orleby hurt 196 people.", "About 200 people were hurt in Orleby."),
        (HURT, "The fire in Orleby hurt 1,204 people.", "1,200 people were hurt in Orleby."),
        (HURT, "The fire in Orleby hurt 12 people.", "The Orleby fire burned for 15 hours."),
        (HURT, "The fire in Orleby hurt 12 people.", "The flood in Skane hurt 15 people."),
        (REOPENS, "The Weir Bridge will reopen on 12 June.", "Weir Bridge reopens on Monday."),
        (REOPENS, "The Weir Bridge will reopen in June.", "Weir Bridge reopens on 19 June."),
        (
            REOPENS,
            "The Weir Bridge will reopen on 12 June.",
            "Officials said on Tuesday that the Weir Bridge would reopen soon.",
        ),
        (FOUND, "The Marigold was found off Cape Tern.", "The Marigold was found off Tern."),
        (CAUSED, "The mill fire was caused by a heater.", "A heater is blamed for the mill fire."),
        ("Who opened the fair?", "The mayor opened the fair.", "The king opened the fair."),
    ],
)
def test_what_can_both_be_true_is_no_disagreement(question: str, cited: str, other: str) -> None:
    published = date(2023, 6, 8)
    rival = quote(other, day=published)
    assert find_rivals(question, [quote(cited, day=published)], [rival]) == []


def test_articles_that_know_the_other_place_do_not_disagree() -> None:
    cited = quote(
        "The Marigold was found off Cape Tern.",
        whole="The Marigold was found off Cape Tern. The cape lies an hour from Malin.",
    )
    assert find_rivals(FOUND, [cited], [quote("They found the Marigold near Malin.")]) == []


def test_a_number_that_was_corrected_upwards_is_a_rival_only_of_what_came_before() -> None:
    first = quote("The fire in Orleby hurt 12 people.", day=date(2023, 6, 5))
    later = quote("15 people, up from 12 people, were hurt in Orleby.", day=date(2023, 6, 6))
    assert find_rivals(HURT, [first], [later]) == [later]
    assert find_rivals(HURT, [later], [first]) == []


def test_whoever_agrees_with_one_of_the_cited_is_no_rival() -> None:
    twelve, fifteen = (quote(f"The Orleby fire hurt {many} people.") for many in (12, 15))
    other = quote("15 people were hurt in the Orleby fire.")
    assert find_rivals(HURT, [twelve], [other]) == [other]
    assert find_rivals(HURT, [twelve, fifteen], [other]) == []


def test_each_article_is_a_rival_once_and_two_are_enough() -> None:
    cited = quote("The Orleby fire hurt 12 people.")
    whole = "The Orleby fire hurt 15 people. In the Orleby fire 16 people were hurt."
    one, again = (quote(each + ".", whole=whole) for each in whole.rstrip(".").split(". "))
    more = [quote(f"The Orleby fire hurt {many} people.") for many in (17, 18)]
    assert find_rivals(HURT, [cited], [one, again, *more]) == [one, more[0]]


def test_a_headline_says_what_a_quote_is_about() -> None:
    cited = quote("The Orleby fire hurt 12 people.")
    other = quote("It hurt 15 people.", title="Fire in Orleby")
    assert find_rivals(HURT, [cited], [other]) == [other]


def test_a_headline_alone_does_not_say_what_a_number_counts() -> None:
    cited = quote("The Weir Bridge closes to cars on 9 October.", day=date(2023, 9, 5))
    found = "Engineers found the damage on 8 June."
    other = quote(found, day=date(2023, 9, 6), title="Weir Bridge to close to cars")
    assert find_rivals("When does Weir Bridge close to cars?", [cited], [other]) == []


def test_somebody_elses_number_is_no_rival() -> None:
    asked = "How many titles did Ada Berg win?"
    cited = quote("Ada Berg won 20 titles.")
    other = quote("Eve Lund won 23 titles.", title="Ada Berg steps down")
    assert find_rivals(asked, [cited], [other]) == []


@pytest.mark.parametrize(
    ("day", "disagrees"), [(date(2023, 7, 6), True), (date(2024, 6, 5), False)]
)
def test_what_changes_over_months_is_no_disagreement(day: date, disagrees: bool) -> None:
    cited = quote("12,000 people live in Orleby.", day=date(2023, 6, 5))
    other = quote("14,300 people live in Orleby.", day=day)
    found = find_rivals("How many people live in Orleby?", [cited], [other])
    assert found == ([other] if disagrees else [])


@pytest.mark.parametrize("told", ["ORLEBY, June 6, 2023 (AP) — Weir Bridge reopens soon."])
def test_the_day_of_publication_is_no_answer(told: str) -> None:
    cited = quote("The Weir Bridge will reopen on 12 June.", day=ON_MONDAY)
    assert find_rivals(REOPENS, [cited], [quote(told, day=date(2023, 6, 6))]) == []


def test_the_newest_is_the_article_published_last() -> None:
    old, new = quote("Twelve.", day=date(2023, 6, 5)), quote("Fifteen.", day=date(2023, 6, 6))
    assert newest([new, old, new]) == new.article
    assert newest([old, quote("Nine.", day=date(2023, 6, 5))]) is None
    assert newest([new, quote("Nine.")]) is None
    assert newest([]) is None
