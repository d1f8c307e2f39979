from datetime import date

import pytest

from rag.bylines import (
    Byline,
    Dateline,
    date_of,
    host_of,
    is_own_site,
    read_byline,
    read_dateline,
)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        pytest.param("By Jane Doe", Byline("Jane Doe"), id="name"),
        pytest.param("BY JANE DOE", Byline("JANE DOE"), id="capitals"),
        pytest.param("By Jane A. Doe-Ruíz", Byline("Jane A. Doe-Ruíz"), id="initial"),
        pytest.param("By Ursula von der Au", Byline("Ursula von der Au"), id="particles"),
        pytest.param(
            "By Jane Doe, Ali Khan and Wang Wei",
            Byline("Jane Doe, Ali Khan and Wang Wei"),
            id="names",
        ),
        pytest.param(
            "By Jane Doe, Associated Press",
            Byline("Jane Doe", agency="AP"),
            id="agency",
        ),
        pytest.param(
            "By Jane Doe, Harbour Times",
            Byline("Jane Doe", outlet="Harbour Times"),
            id="outlet",
        ),
        pytest.param("By Jane Doe, Ali Khan", Byline("Jane Doe, Ali Khan"), id="names-without-and"),
        pytest.param(
            "By Jane Doe | June 14, 2023", Byline("Jane Doe", rest="June 14, 2023"), id="date"
        ),
        pytest.param("By The Associated Press", Byline(None, agency="AP"), id="by-an-agency"),
        pytest.param("Reuters", Byline(None, agency="Reuters"), id="agency-alone"),
    ],
)
def test_byline_is_read(line: str, byline: Byline) -> None:
    assert read_byline(line) == byline


@pytest.mark.parametrize(
    "line",
    [
        "By the numbers",
        "BY THE NUMBERS",
        "By Monday the storm was over.",
        "By then, Jane Doe had left.",
        "Jane Doe",
        "Bypass opens",
        "By " + "Jane Doe, " * 100,
    ],
)
def test_line_that_is_no_byline_is_none(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        pytest.param(
            "PORT VILA, Vanuatu (AP) — Ferries sailed.",
            Dateline("AP", None, None, None),
            id="place",
        ),
        pytest.param(
            "PORT VILA, June 14 (Reuters) - Ferries.", Dateline("Reuters", 6, 14, None), id="day"
        ),
        pytest.param(
            "PORT VILA, 14 June 2023 (Xinhua) -- Ferries.",
            Dateline("Xinhua", 6, 14, 2023),
            id="year",
        ),
        pytest.param("(AFP) – Ferries sailed.", Dateline("AFP", None, None, None), id="no-place"),
        pytest.param(
            "LUGANVILLE (Coral Gazette) -- Ferries.",
            Dateline("Coral Gazette", None, None, None),
            id="unknown-name",
        ),
        pytest.param(
            "PORT VILA, Vanuatu, Sept. 4, 2021 (The Reef & Tide) – Ferries.",
            Dateline("The Reef & Tide", 9, 4, 2021),
            id="unknown-name-country-and-day",
        ),
        pytest.param(
            "SÃO TOMÉ, May 9 (Voice of the Isles) — Ferries.",
            Dateline("Voice of the Isles", 5, 9, None),
            id="unknown-name-day-without-year",
        ),
        pytest.param(
            "**McALLEN, Texas (Gulf Wire)** — Ferries.",
            Dateline("Gulf Wire", None, None, None),
            id="bold",
        ),
        pytest.param(
            "LAMEN (Lamen Star) — Ferries.", Dateline("Lamen Star", None, None, None), id="own-town"
        ),
    ],
)
def test_dateline_is_read(line: str, dateline: Dateline) -> None:
    assert read_dateline(line) == dateline


@pytest.mark.parametrize(
    "line",
    [
        "The harbour trust (HT) - a charity - said so.",
        "PORT VILA — Ferries sailed.",
        "The agency (AP) said so.",
        "Luganville (Coral Gazette) — Ferries sailed.",
        "LUGANVILLE (the harbour) — Ferries sailed.",
        "LUGANVILLE (Monday) — Ferries sailed.",
        "LUGANVILLE (May) — Ferries sailed.",
        "LUGANVILLE (Video) — Ferries sailed.",
        "SENATOR JANE DOE (R-Ohio) — she has sailed.",
        "NATO (North Atlantic Treaty Organization) — what it is.",
        "WHO (World Health Organization) - what it is.",
        "MICROSOFT (MSFT) - shares rose.",
        "LUGANVILLE (9 ferries) — Ferries sailed.",
        "LUGANVILLE (Coral Gazette), where ferries sail.",
    ],
)
def test_opening_without_an_agencys_dateline_is_none(line: str) -> None:
    assert read_dateline(line) is None


@pytest.mark.parametrize(
    ("dateline", "known", "day"),
    [
        pytest.param(Dateline("AP", 6, 14, 2023), None, date(2023, 6, 14), id="stated"),
        pytest.param(Dateline("AP", 6, 14, None), date(2023, 6, 15), date(2023, 6, 14), id="year"),
        pytest.param(
            Dateline("AP", 12, 31, None), date(2024, 1, 1), date(2023, 12, 31), id="year-before"
        ),
        pytest.param(Dateline("AP", 6, 14, None), None, None, id="no-year"),
        pytest.param(Dateline("AP", None, None, None), date(2023, 6, 15), None, id="no-day"),
        pytest.param(Dateline("AP", 2, 30, 2023), None, None, id="no-such-day"),
    ],
)
def test_day_of_a_dateline(dateline: Dateline, known: date | None, day: date | None) -> None:
    assert date_of(dateline, known) == day


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.harbour.example/ferry", "harbour.example"),
        ("http://news.harbour.example:8080/", "news.harbour.example"),
        ("https://[", None),
        (None, None),
    ],
)
def test_host_of_an_address(url: str | None, host: str | None) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("publisher", "host", "is_own"),
    [
        ("The Coral Gazette", "coral-gazette.example", True),
        ("BBC", "news.bbc.co.uk", True),
        ("AP", "apparel.example", False),
        ("Coral Gazette", None, False),
    ],
)
def test_site_of_a_publisher(publisher: str, host: str | None, is_own: bool) -> None:
    assert is_own_site(publisher, host) is is_own
