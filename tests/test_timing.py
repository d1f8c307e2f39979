"""Of which time a question asks, and how near an article is to it."""

from datetime import date, timedelta

import pytest

from rag.timing import Timing, read_timing
from rag.types import Article, Passage, Question

NEWEST = date(2023, 6, 14)
YEARS_LATER = date(2026, 11, 21)


def read(text: str, *, asked_on: date | None = None, today: date = YEARS_LATER) -> Timing:
    return read_timing(Question(text, today=asked_on), today=today, newest=NEWEST)


def passage(published: date | None, text: str = "The bridge was closed.") -> Passage:
    return Passage(1, Article("1", "", text, published=published), 0, len(text), 1.0)


def nearness(timing: Timing, *days: str | None) -> list[float]:
    published = (date.fromisoformat(day) if day else None for day in days)
    return [timing.nearness(passage(day)) for day in published]


# From which day


def test_dates_are_counted_from_the_questions_own_day() -> None:
    timing = read("What happened last week?", asked_on=date(2022, 3, 9))
    assert [period.written for period in timing.periods] == ["28 February to 6 March 2022"]
    assert (timing.is_present, timing.is_past) == (True, False)


def test_dates_are_counted_from_today_where_the_archive_is_kept_up() -> None:
    timing = read("What happened last week?", today=NEWEST + timedelta(days=30))
    assert timing.today == date(2023, 7, 14)
    assert timing.notes == ["“last week” is taken as 3 to 9 July 2023."]


def test_dates_are_counted_from_the_newest_article_where_it_is_old() -> None:
    timing = read("What happened last week?", today=NEWEST + timedelta(days=31))
    assert timing.today == NEWEST
    assert timing.notes == [
        "“last week” is taken as 5 to 11 June 2023, counted from the newest article, "
        "of 14 June 2023."
    ]


def test_what_is_newest_in_an_old_archive_is_told() -> None:
    assert read("What is the latest?").notes == ["The newest article is of 14 June 2023."]


def test_a_month_without_its_year_is_of_any_year_in_an_old_archive() -> None:
    timing = read("Why was the February trip cancelled?")
    assert timing.notes == ["“February” is taken for that of any year."]
    assert nearness(timing, "2023-02-10", "2019-02-10") == [1.0, 1.0]
    assert [each.first for each in timing.windows] == [date(2023, 2, 1)]


def test_a_month_without_its_year_is_the_last_one_on_the_questions_own_day() -> None:
    timing = read("Why was the February trip cancelled?", asked_on=NEWEST)
    assert timing.notes == ["“February” is taken as February 2023."]
    assert nearness(timing, "2019-02-10")[0] < 1.0


def test_dates_that_depend_on_no_day_need_no_word() -> None:
    assert read("What happened on 4 February 2023 and in 2021?").notes == []


def test_an_archive_without_dates_has_no_present() -> None:
    timing = read_timing(Question("Who won?"), today=YEARS_LATER, newest=None)
    assert not timing.matters


# How near


def test_without_a_date_nothing_of_an_old_archive_is_preferred() -> None:
    assert not read("Who won?").matters


def test_a_question_asked_on_a_day_prefers_what_was_published_around_it() -> None:
    near = nearness(read("Who won?", asked_on=NEWEST), "2023-06-14", "2023-05-15", "2022-06-14")
    assert near == pytest.approx([1.0, 0.5, 0.0], abs=0.001)


def test_the_latest_is_nearest_to_the_newest_article() -> None:
    near = nearness(read("What is the latest?"), "2023-06-14", "2023-05-15", None)
    assert near == pytest.approx([1.0, 0.5, 0.3])


def test_articles_of_a_period_and_of_the_time_after_are_nearest() -> None:
    timing = read("What happened in February 2023?")
    before, within, after, year_later = nearness(
        timing, "2022-10-01", "2023-02-10", "2023-03-10", "2024-02-10"
    )
    assert within == 1.0
    assert within > after > year_later > before
    assert before == pytest.approx(0.5, abs=0.001)


def test_an_article_that_names_the_period_is_near_whenever_it_appeared() -> None:
    timing = read("What happened in February?")
    named = passage(date(2023, 6, 1), "The balloon flew in February.")
    other_year = passage(date(2024, 6, 1), "The balloon flew in February.")
    with_year = passage(date(2024, 6, 1), "The balloon flew in February 2023.")
    assert timing.nearness(named) == timing.nearness(with_year) == 1.0
    assert timing.nearness(other_year) < 1.0


@pytest.mark.parametrize(
    "text", ["Who won this week?", "Who will play next week?", "How many died since May?"]
)
def test_what_reaches_the_present_is_told_by_the_newest_articles(text: str) -> None:
    near = nearness(read(text, asked_on=NEWEST), "2023-06-14", "2023-05-15")
    assert near == pytest.approx([1.0, 0.5])


def test_in_an_archive_of_the_past_all_that_came_since_is_as_near() -> None:
    near = nearness(read("How many died since May?"), "2023-06-14", "2023-05-15", "2023-04-01")
    assert near == pytest.approx([1.0, 1.0, 0.5625])


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("What happened on June 1?", ["2023-06-01..2023-06-15"]),
        ("What happened this week?", ["2023-06-12..2023-07-02"]),
        ("What happened in 2022?", []),
        ("What is the latest?", ["2023-05-31..2023-06-17"]),
        (
            "What happened on June 1 and in May 2021?",
            ["2023-06-01..2023-06-15", "2021-05-01..2021-06-14"],
        ),
    ],
)
def test_the_days_on_which_most_is_published_about_it(text: str, windows: list[str]) -> None:
    assert [f"{each.first}..{each.last}" for each in read(text).windows] == windows
