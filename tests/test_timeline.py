"""The events that articles report about a subject."""

import json
from datetime import date
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.json_form import timeline_form
from rag.timeline import timeline_rows
from tests.fakes import make_archive

RECORDS = [
    {
        "id": "walkout",
        "title": "Dockers walk out at Saltmere",
        "text": "Dockers at Saltmere walked out on Monday over night shifts. "
        "The last strike of dockers at Saltmere, in 2015, ended after four days.",
        "publisher": "Meridian Wire",
        "published": "2023-08-15",
    },
    {
        "id": "standstill",
        "title": "Saltmere stands still",
        "text": "Saltmere's dockers walked out on Monday because of night shifts.",
        "publisher": "Harbour Courier",
        "published": "2023-08-16",
    },
    {
        "id": "offer",
        "title": "Saltmere dockers get an offer",
        "text": "The operator offered the dockers of Saltmere 4 percent more.",
        "publisher": "Harbour Courier",
        "published": "2023-08-19",
    },
    {
        "id": "end",
        "title": "Dockers of Saltmere go back to work",
        "text": "“We have won,” the dockers’ chairwoman said. "
        "Saltmere's dockers returned to work on Wednesday.",
        "publisher": "Meridian Wire",
        "published": "2023-08-24",
    },
    {
        "id": "other",
        "title": "Ferry leaves Brannock",
        "text": "The ferry left Brannock on Tuesday.",
        "publisher": "Meridian Wire",
        "published": "2023-08-24",
    },
    {
        "id": "undated",
        "title": "Dockers of Saltmere",
        "text": "Dockers at Saltmere founded a union. On 1 May 1974 Saltmere's dockers won a vote.",
    },
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("timeline")
    dump = folder / "dump.jsonl"
    dump.write_text("\n".join(map(json.dumps, RECORDS)), encoding="utf-8")
    archive = make_archive(folder / "archive")
    archive.add(dump)
    return archive


def told(archive: Archive, subject: str, k: int = 20) -> list[tuple[str, str, str]]:
    return [
        (row.when, row.words.split(",")[0][:45], ", ".join(row.others))
        for row in timeline_rows(archive.timeline(subject, k))
    ]


def test_events_come_in_order_with_their_words_and_days(archive: Archive) -> None:
    assert told(archive, "Saltmere dockers") == [
        ("1 May 1974", "On 1 May 1974 Saltmere's dockers won a vote.", ""),
        ("14 August 2023", "Dockers at Saltmere walked out on Monday over", "Harbour Courier"),
        ("reported 19 August 2023", "The operator offered the dockers of Saltmere ", ""),
        ("23 August 2023", "Saltmere's dockers returned to work on Wednes", ""),
    ]


def test_every_event_is_quoted_word_for_word(archive: Archive) -> None:
    for event in archive.timeline("Saltmere dockers"):
        for quote in (event.quote, *event.also):
            assert quote.article.text[quote.start : quote.end] == quote.text


def test_a_period_in_the_subject_chooses_the_events(archive: Archive) -> None:
    found = archive.timeline("Saltmere dockers since 18 August 2023")
    assert [event.days.first for event in found] == [date(2023, 8, 19), date(2023, 8, 23)]


def test_only_the_events_that_are_most_about_it_are_kept(archive: Archive) -> None:
    assert [when for when, _, _ in told(archive, "Saltmere dockers", 1)] == ["14 August 2023"]


def test_a_subject_that_no_article_has_gives_nothing(archive: Archive, tmp_path: Path) -> None:
    assert archive.timeline("Qvistholm") == archive.timeline("") == archive.timeline("?!") == []
    with make_archive(tmp_path) as empty:
        assert empty.timeline("dockers") == []


def test_events_can_be_read_by_programs(archive: Archive) -> None:
    form = timeline_form(archive.timeline("Saltmere dockers since August 2023"))
    events, articles = form["events"], form["articles"]
    assert isinstance(events, list)
    assert isinstance(articles, dict)
    assert events[0] | {"score": 1} == {
        "from": "2023-08-14",
        "to": "2023-08-14",
        "dated_by": "sentence",
        "quote": "Dockers at Saltmere walked out on Monday over night shifts.",
        "article": "walkout",
        "start": 0,
        "end": 59,
        "score": 1,
        "also": [events[0]["also"][0]],
    }
    assert events[1]["dated_by"] == "publication"
    assert set(articles) == {"walkout", "standstill", "offer", "end"}
