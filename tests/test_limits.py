from datetime import date

import pytest

from rag.limits import (
    LimitsError,
    WrittenLimits,
    check_publishers,
    describe_limits,
    read_limits,
)
from rag.types import Limits, Question

TODAY = date(2023, 6, 14)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        pytest.param("2023", date(2023, 1, 1), date(2023, 12, 31), id="year"),
        pytest.param("2024-02", date(2024, 2, 1), date(2024, 2, 29), id="month"),
        pytest.param("August 2023", date(2023, 8, 1), date(2023, 8, 31), id="month-in-words"),
        pytest.param("sept 2023", date(2023, 9, 1), date(2023, 9, 30), id="short-month"),
        pytest.param("2023-08-14", date(2023, 8, 14), date(2023, 8, 14), id="day"),
        pytest.param("14 August 2023", date(2023, 8, 14), date(2023, 8, 14), id="day-in-words"),
        pytest.param("  14.8.2023 ", date(2023, 8, 14), date(2023, 8, 14), id="day-with-dots"),
        pytest.param("last week", date(2023, 6, 5), date(2023, 6, 11), id="last-week"),
        pytest.param("summer 2022", date(2022, 6, 1), date(2022, 8, 31), id="season"),
        pytest.param("14 août 2023", date(2023, 8, 14), date(2023, 8, 14), id="French"),
        pytest.param("2099", date(2099, 1, 1), date(2099, 12, 31), id="future"),
    ],
)
def test_days_months_and_years_are_limits(written: str, first: date, last: date) -> None:
    since, until = WrittenLimits(published_from=written), WrittenLimits(published_to=written)
    assert read_limits(since, today=TODAY) == Limits(published_from=first)
    assert read_limits(until, today=TODAY) == Limits(published_to=last)


@pytest.mark.parametrize(
    "written",
    [
        "soon",
        "2023-13",
        "0000",
        "06/07/2023",
        "2023-02-30",
        "<b>",
        "since May",
        "trip in 2023",
        "1" * 500,
    ],
)
def test_what_is_no_date_is_named(written: str) -> None:
    with pytest.raises(LimitsError) as raised:
        read_limits(WrittenLimits(published_to=written))
    assert str(raised.value) == (
        f"{written[:60]!r} is no date that can be read; write 2023, 2023-08 or 14 August 2023"
    )


def test_nothing_written_limits_nothing() -> None:
    limits = read_limits(WrittenLimits("  ", "", ["", " "]))
    assert limits == Limits()
    assert not limits


def test_days_the_wrong_way_round_are_told() -> None:
    with pytest.raises(LimitsError) as raised:
        read_limits(WrittenLimits("2024", "2023-06"))
    assert str(raised.value) == (
        "nothing lies between 1 January 2024 and 30 June 2023; exchange the two dates"
    )


def test_publishers_are_compared_in_any_case() -> None:
    check_publishers(Limits(publishers=("harrow gazette", "ÉCHO")), ["Harrow Gazette", "Écho"])


def test_a_publisher_without_articles_is_told_with_the_nearest() -> None:
    with pytest.raises(LimitsError) as raised:
        check_publishers(Limits(publishers=("Reuter",)), ["AP", "Reuters"])
    assert str(raised.value) == ("no article has the publisher 'Reuter'; did you mean Reuters?")


def test_where_no_publisher_is_near_all_are_named() -> None:
    with pytest.raises(LimitsError) as raised:
        check_publishers(Limits(publishers=("Xyzzy",)), ["Reuters", "AP"])
    assert str(raised.value) == "no article has the publisher 'Xyzzy'; there are: AP, Reuters"


@pytest.mark.parametrize(
    ("limits", "described"),
    [
        pytest.param(Limits(), [], id="none"),
        pytest.param(
            Limits(date(2023, 6, 1), date(2023, 6, 30), ("AP", "BBC")),
            ["from 1 June 2023", "until 30 June 2023", "AP", "BBC"],
            id="all",
        ),
        pytest.param(Limits(date(2023, 6, 1), date(2023, 6, 1)), ["of 1 June 2023"], id="one-day"),
    ],
)
def test_limits_are_told_in_words(limits: Limits, described: list[str]) -> None:
    assert describe_limits(limits) == described


def test_a_question_is_asked_within_limits() -> None:
    limits = Limits(date(2023, 6, 1), None, ("AP",))
    asked = Question("Why?").within(limits)
    assert asked == Question("Why?", published_from=date(2023, 6, 1), publishers=("AP",))
    assert asked.limits == limits
