from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from rag.publication import DateLine, make_date, read_date, read_date_in_name, read_date_line

TODAY = date(2023, 6, 20)
JUNE_14 = date(2023, 6, 14)


@pytest.mark.parametrize(
    "text",
    [
        "2023-06-14",
        "2023/06/14",
        "2023/6/14",
        "2023.06.14",
        "20230614",
        "2023-06-14T00:00:00",
        "2023-06-14 00:00:00",
        "June 14, 2023",
        "Jun. 14, 2023",
        "June 14th, 2023",
        "Wednesday, June 14, 2023",
        "14 June 2023",
        "14 Jun 2023",
        " 14  June\n2023 ",
        "06/14/2023",
        "14/06/2023",
        "14.06.2023",
        "14. Juni 2023",
        "14 juin 2023",
        "2023年6月14日",
    ],
)
def test_day_is_read_in_any_spelling(text: str) -> None:
    found = read_date(text, TODAY)

    assert (found, type(found)) == (JUNE_14, date)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param("2023-06-14T08:30:00Z", (8, 30, UTC), id="iso-utc"),
        pytest.param("2023-06-14T08:30:00", (8, 30, UTC), id="iso-without-zone"),
        pytest.param("2023-06-14 08:30", (8, 30, UTC), id="iso-short"),
        pytest.param(
            "2023-06-14T08:30:00+02:00", (8, 30, timezone(timedelta(hours=2))), id="iso-zone"
        ),
        pytest.param("2023-06-14T00:00:00Z", (0, 0, UTC), id="iso-midnight-with-zone"),
        pytest.param("Wed, 14 Jun 2023 08:30:00 GMT", (8, 30, UTC), id="rfc-2822"),
        pytest.param(
            "Wed, 14 Jun 2023 08:30:00 -0400",
            (8, 30, timezone(timedelta(hours=-4))),
            id="rfc-2822-zone",
        ),
        pytest.param("1686731400", (8, 30, UTC), id="epoch"),
        pytest.param("1686731400.0", (8, 30, UTC), id="epoch-with-fraction"),
        pytest.param("1686731400000", (8, 30, UTC), id="epoch-in-milliseconds"),
        pytest.param("June 14, 2023 8:30 AM", (8, 30, UTC), id="words"),
        pytest.param(
            "June 14, 2023 8:30 AM EDT", (8, 30, timezone(timedelta(hours=-4))), id="words-zone"
        ),
    ],
)
def test_time_of_day_is_kept(text: str, moment: tuple[int, int, timezone]) -> None:
    hour, minute, zone = moment

    found = read_date(text, TODAY)

    assert isinstance(found, datetime)
    assert found == datetime(2023, 6, 14, hour, minute, tzinfo=zone)
    assert found.utcoffset() == zone.utcoffset(None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("yesterday", id="relative"),
        pytest.param("2 days ago", id="relative-number"),
        pytest.param("June 2023", id="no-day"),
        pytest.param("2023", id="year"),
        pytest.param("06/07/2023", id="could-be-two"),
        pytest.param("2023-02-30", id="no-such-day"),
        pytest.param("31 June 2023", id="no-such-day-in-words"),
        pytest.param("2099-01-01", id="future"),
        pytest.param("9999999999999", id="future-epoch"),
        pytest.param("1699-12-31", id="before-newspapers"),
        pytest.param("0001-01-01T00:00:00Z", id="default-of-a-database"),
        pytest.param("Ferries sail again after 3 days", id="prose"),
        pytest.param("12 " * 10_000, id="long"),
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text, TODAY) is None


def test_last_possible_day_counts() -> None:
    assert read_date("2023-06-20", TODAY) == TODAY
    assert read_date("2023-06-21", TODAY) is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("June 14, 2023", DateLine("June 14, 2023", False, False), id="bare"),
        pytest.param(
            "Published: June 14, 2023", DateLine("June 14, 2023", True, False), id="published"
        ),
        pytest.param(
            "Published on 14 June 2023 at 08:30", DateLine("14 June 2023", True, False), id="time"
        ),
        pytest.param(
            "Posted Wednesday, June 14th, 2023 8:30 a.m. ET",
            DateLine("June 14th, 2023", True, False),
            id="weekday",
        ),
        pytest.param("Date: 2023-06-14", DateLine("2023-06-14", True, False), id="iso"),
        pytest.param("2023-06-14T08:30", DateLine("2023-06-14", False, False), id="iso-time"),
        pytest.param(
            "Updated 8:30 AM EDT, Wed June 14, 2023",
            DateLine("June 14, 2023", True, True),
            id="updated",
        ),
        pytest.param(
            "Last updated June 14, 2023", DateLine("June 14, 2023", True, True), id="last-updated"
        ),
    ],
)
def test_line_of_a_date_is_recognised(line: str, found: DateLine) -> None:
    assert read_date_line(line) == found


@pytest.mark.parametrize(
    "line",
    [
        "On June 14, 2023, the ferry sailed.",
        "June 14, 2023: the ferry sails again",
        "Published by the harbour trust in 2023",
        "Ferries sail again",
        "2023-06-14 " * 50,
    ],
)
def test_line_that_says_more_than_a_date_is_none(line: str) -> None:
    assert read_date_line(line) is None


@pytest.mark.parametrize(
    ("source", "url", "day"),
    [
        pytest.param("news/2023-06-14-ferry.txt", None, JUNE_14, id="separated"),
        pytest.param("news/ferry_2023_06_14.txt", None, JUNE_14, id="underscores"),
        pytest.param("news/20230614.txt", None, JUNE_14, id="compact"),
        pytest.param("news/ferry-20230614-final.txt", None, JUNE_14, id="compact-inside"),
        pytest.param("x", "https://a.example/2023/06/14/ferry", JUNE_14, id="address"),
        pytest.param("x", "https://a.example/news/2023-06-14-ferry", JUNE_14, id="address-dashes"),
        pytest.param("dump-2023-06-14.jsonl, line 3", None, None, id="of-a-dump"),
        pytest.param("news/2023-06-14/ferry.txt", None, None, id="of-a-folder"),
        pytest.param("news/2023-13-45.txt", None, None, id="no-such-day"),
        pytest.param("news/2099-01-01.txt", None, None, id="future"),
        pytest.param("news/a20230614b.txt", None, None, id="inside-a-code"),
        pytest.param("news/1202306141.txt", None, None, id="inside-a-number"),
    ],
)
def test_date_in_a_name(source: str, url: str | None, day: date | None) -> None:
    assert read_date_in_name(source, url, TODAY) == day


def test_day_that_the_calendar_lacks_is_none() -> None:
    assert make_date(2023, 2, 29) is None
