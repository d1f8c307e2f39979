from datetime import date

import pytest

from rag.checks.dates import Asking, unproved_date
from rag.checks.statements import read_statement
from tests.checks.examples import quotes_of

WEDNESDAY = date(2023, 9, 6)


def unproved(sentence: str, said: str, published: date | None = WEDNESDAY) -> str | None:
    return unproved_date(read_statement(sentence), quotes_of(said, published=published)[:2])


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        pytest.param("It rained on 3 September.", "It rained on Sept. 3.", id="month-first"),
        pytest.param("It rained on 3 Sept 2023.", "It rained on September 3.", id="year-added"),
        pytest.param("It rained on 4 September 2023.", "It rained on Monday.", id="weekday"),
        pytest.param("It rained on Monday.", "It rained on 4 September.", id="weekday-of-a-date"),
        pytest.param("It rained in September 2023.", "It rained on Monday.", id="month-of-a-day"),
        pytest.param("It rained in 2023.", "It rained on Monday.", id="year-of-a-day"),
        pytest.param("It rained on 5 September.", "It rained yesterday.", id="yesterday"),
        pytest.param("In 2022 it rained.", "Last year it rained.", id="last-year"),
        pytest.param("It rained in 2023.", "It rained.", id="year-of-publication"),
        pytest.param("She takes office on 1 January 2024.", "She takes office on January 1."),
        pytest.param("It ran from 1957 to 1963.", "It ran in 1957-63.", id="span-of-years"),
        pytest.param("About 1900 men walked out.", "About 1,900 men walked out.", id="no-year"),
        pytest.param("It rained this week.", "It rained on Monday.", id="week-of-a-day"),
        pytest.param("It rained this week.", "It rained.", id="week-of-publication"),
        pytest.param(
            "They return by Saturday.", "They return by Saturday.", id="in-the-very-words"
        ),
        pytest.param(
            "It ran from May 2007 to June 2008.",
            "It ran from May 2007 to June 2008.",
            id="both-ends",
        ),
        pytest.param(
            "AP reported on 6 September 2023 that it rained.", "It rained.", id="day-of-the-report"
        ),
    ],
)
def test_a_date_is_proved_however_the_article_says_it(sentence: str, said: str) -> None:
    assert unproved(sentence, said) is None


@pytest.mark.parametrize(
    ("sentence", "said", "date_"),
    [
        pytest.param("It rained on 4 September.", "It rained on 3 September.", "4 September"),
        pytest.param("It rained on 11 September.", "It rained on Monday.", "11 September"),
        pytest.param("It rained on Tuesday.", "It rained on Monday.", "Tuesday"),
        pytest.param("It rained in August.", "It rained on Monday.", "August"),
        pytest.param("It rained in 2022.", "It rained on Monday.", "2022"),
        pytest.param("It rained on Monday.", "It rained in September.", "Monday"),
        pytest.param("It rained on 6 September 2023.", "It rained.", "6 September 2023"),
        pytest.param("It rained this week.", "It rained on 15 August.", "this week"),
        pytest.param("It rained last week.", "It rained.", "last week"),
        pytest.param("It rains this week.", "It rains in June.", "this week", id="unread"),
        pytest.param(
            "It fell into the sea on 5 September.",
            "It fell into the sea on 3 September, said a report on Tuesday.",
            "5 September",
            id="of-another-word",
        ),
        pytest.param(
            "It rained on 5 September.",
            "It rained on 3 September. It snowed on Tuesday.",
            "5 September",
            id="of-another-sentence",
        ),
    ],
)
def test_another_date_is_not(sentence: str, said: str, date_: str) -> None:
    assert unproved(sentence, said) == date_


def test_without_a_day_of_publication_a_date_needs_its_own_words() -> None:
    assert unproved("It rained on 4 September 2023.", "It rained on Monday.", None) is not None
    assert unproved("It rained on Monday.", "It rained on Monday.", None) is None
    assert unproved("It rained in 2021.", "It rained on 4 May 2021.", None) is None


@pytest.mark.parametrize(
    ("today", "date_"),
    [
        pytest.param(date(2023, 9, 8), None, id="the-same-week"),
        pytest.param(date(2023, 9, 11), None, id="the-monday-after"),
        pytest.param(date(2023, 9, 20), "this week", id="two-weeks-later"),
    ],
)
def test_the_dates_of_a_question_count_from_the_day_it_is_asked(
    today: date, date_: str | None
) -> None:
    claim = read_statement("It rained this week.")
    quotes = quotes_of("It rained on Tuesday.", published=WEDNESDAY)
    assert unproved_date(claim, quotes, Asking(frozenset({"this week"}), today)) == date_
    assert unproved_date(claim, quotes, Asking(frozenset(), today)) is None
