"""The one reader of the dates of written sentences."""

from datetime import date

import pytest

from rag.dating.spans import DaySpan, day_span
from rag.dating.written import date_spans, read_dates

WEDNESDAY = date(2023, 6, 14)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        pytest.param("It rained on Monday.", day_span(date(2023, 6, 12)), id="past"),
        pytest.param("It will rain on Monday.", day_span(date(2023, 6, 19)), id="future"),
        pytest.param("It rained on 3 May 2021.", day_span(date(2021, 5, 3)), id="year"),
        pytest.param(
            "It rained last year.", DaySpan(date(2022, 1, 1), date(2022, 12, 31)), id="last-year"
        ),
    ],
)
def test_a_date_means_days_by_the_tense_of_its_clause(sentence: str, days: DaySpan) -> None:
    (found,) = read_dates(sentence, WEDNESDAY)
    assert found.days == days
    (span,) = date_spans(sentence)
    assert (span.start, span.end) == (found.start, found.end)


def test_without_the_day_of_writing_only_dates_with_their_year_say_when() -> None:
    (found,) = read_dates("On 3 May 2021 and on 4 June it rained.", None)
    assert (found.days, found.has_year) == (day_span(date(2021, 5, 3)), True)


@pytest.mark.parametrize("sentence", ["", "It rained.", "March on!", "Mayor Roe may come."])
def test_what_names_no_day_has_no_date(sentence: str) -> None:
    assert read_dates(sentence, WEDNESDAY) == ()
    assert date_spans(sentence) == ()
