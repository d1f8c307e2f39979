import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.page.browsing import (
    MOST_FOUND,
    PER_PAGE,
    Entry,
    Shelf,
    Wanted,
    browse,
    render_removed,
    render_shelf,
)
from rag.types import Limits
from tests.fakes import make_archive
from tests.page_values import FERRY, HOSTILE, PORT

FIRST_DAY = date(2023, 1, 1)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive with a story for each of 60 days, by two publishers in turn."""
    archive = make_archive(tmp_path / "archive")
    stories = [
        {
            "id": f"{number}",
            "title": f"Story {number}",
            "text": f"The council met on day {number}. Ferries sailed."
            if number % 10
            else f"Dockers in Harrow walked out on day {number}.",
            "publisher": ("AP", "Reuters")[number % 2],
            "published": (FIRST_DAY + timedelta(days=number)).isoformat(),
        }
        for number in range(60)
    ]
    dump = tmp_path / "dump.jsonl"
    dump.write_text("\n".join(map(json.dumps, stories)))
    archive.add(dump)
    return archive


def ids(shelf: Shelf) -> list[int]:
    return [int(entry.article.id) for entry in shelf.entries]


def test_everything_is_listed_newest_first_page_by_page(archive: Archive) -> None:
    shelves = [browse(archive, Wanted(page=page)) for page in range(3)]
    assert [number for shelf in shelves for number in ids(shelf)] == list(range(59, -1, -1))
    assert [shelf.total for shelf in shelves] == [60, 60, 60]


@pytest.mark.parametrize(("page", "shown"), [(3, 2), (10**9, 2), (-1, 0)])
def test_a_page_that_is_not_there_is_the_nearest_that_is(
    archive: Archive, page: int, shown: int
) -> None:
    shelf = browse(archive, Wanted(page=page))
    assert shelf.wanted.page == shown
    assert shelf == browse(archive, Wanted(page=shown))


def test_limits_narrow_the_list(archive: Archive) -> None:
    limits = Limits(date(2023, 1, 11), date(2023, 1, 15), ("reuters",))
    assert ids(browse(archive, Wanted(limits=limits))) == [13, 11]


def test_words_find_each_article_once_with_its_passage(archive: Archive) -> None:
    shelf = browse(archive, Wanted("dockers walking"))
    assert sorted(ids(shelf)) == [0, 10, 20, 30, 40, 50]
    entry = shelf.entries[0]
    words = entry.article.text[entry.start : entry.end]
    assert words.startswith("Dockers in Harrow walked out on day")
    assert not shelf.only_near


def test_words_are_sought_within_limits(archive: Archive) -> None:
    limits = Limits(published_from=date(2023, 2, 1))
    assert sorted(ids(browse(archive, Wanted("dockers", limits)))) == [40, 50]


def test_where_no_article_has_the_words_the_nearest_in_meaning_are_told(archive: Archive) -> None:
    shelf = browse(archive, Wanted("xyzzy"))
    assert shelf.only_near
    assert len(shelf.entries) == PER_PAGE
    assert "No article has these words. Nearest in meaning" in render_shelf(shelf)


def test_the_list_says_what_it_is_and_leads_on(archive: Archive) -> None:
    html = render_shelf(browse(archive, Wanted(page=1)))
    assert '<span role="status">60 articles, newest first</span></p>' in html
    assert '<ol class="shelf" start="26">' in html
    assert "<span>Page 2 of 3</span>" in html
    assert re.findall(r'data-page="(-?\d+)"( disabled)?>(\w+)', html) == [
        *(("0", "", "First"), ("0", "", "Back"), ("2", "", "Next"), ("2", "", "Last"))
    ]
    assert "Show all" not in html


def test_the_first_page_leads_only_on(archive: Archive) -> None:
    html = render_shelf(browse(archive, Wanted()))
    assert re.findall(r'data-page="-?\d+" disabled>(\w+)', html) == ["First", "Back"]


@pytest.mark.parametrize(
    ("wanted", "heading"),
    [
        pytest.param(
            Wanted(limits=Limits(date(2023, 2, 1), None, ("AP",))),
            "14 articles, newest first · only from 1 February 2023, AP",
            id="limits",
        ),
        pytest.param(Wanted("day 50"), "", id="words"),
        pytest.param(Wanted("dockers"), "6 articles with these words, best first", id="few"),
    ],
)
def test_what_is_left_out_is_said_and_can_be_brought_back(
    archive: Archive, wanted: Wanted, heading: str
) -> None:
    html = render_shelf(browse(archive, wanted))
    assert heading in html
    assert 'data-act="reset">Show all articles</button>' in html


def test_of_very_many_the_best_are_found(archive: Archive, tmp_path: Path) -> None:
    more = [{"id": f"{n}", "text": f"Ferries sailed again on day {n}."} for n in range(100, 300)]
    (tmp_path / "more.jsonl").write_text("\n".join(map(json.dumps, more)))
    archive.add(tmp_path / "more.jsonl")
    shelf = browse(archive, Wanted("ferries"))
    assert shelf.total == MOST_FOUND
    assert "The best 100 articles with these words" in render_shelf(shelf)


def test_an_entry_opens_its_article_and_offers_to_remove_it() -> None:
    html = render_shelf(Shelf(Wanted(), (Entry(PORT),), 1))
    assert (
        '<button type="button" class="headline" data-act="open" data-article="port" '
        'data-exchange="0" data-start="0"><bdi>Port strike begins</bdi></button>'
    ) in html
    assert (
        '<p class="facts">Harrow Gazette · <time datetime="2023-08-14">14 August 2023</time> · <a '
    ) in html
    assert "<summary>Remove</summary><p>It will no longer be found" in html
    assert 'data-act="remove" data-article="port"' in html
    assert "Page" not in html


def test_an_entry_that_was_found_shows_its_words() -> None:
    start = PORT.text.index("The port")
    html = render_shelf(Shelf(Wanted("ships"), (Entry(PORT, start, start + 35),), 1))
    assert '<p class="excerpt">The port handles 40 ships a week.</p>' in html


def test_a_long_passage_is_cut_between_words() -> None:
    long = replace(FERRY, text="word " * 100)
    html = render_shelf(Shelf(Wanted("word"), (Entry(long, 0, 500),), 1))
    assert f'<p class="excerpt">{"word " * 36}…</p>' in html


def test_an_empty_archive_says_how_to_fill_it() -> None:
    html = render_shelf(Shelf(Wanted(), (), 0))
    assert "There are no articles yet; add some under “Add articles”." in html


def test_nothing_found_offers_the_way_back() -> None:
    html = render_shelf(Shelf(Wanted(limits=Limits(publishers=("AP",))), (), 0))
    assert "No article matches." in html
    assert 'data-act="reset"' in html


def test_hostile_articles_are_only_text() -> None:
    evil = replace(HOSTILE, id='x" onclick="alert(7)')
    html = render_shelf(Shelf(Wanted("resigned"), (Entry(evil, 0, len(evil.text)),), 1))
    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html
    assert "javascript:alert(6)" not in html
    assert 'data-article="x&quot; onclick=&quot;alert(7)"' in html
    assert "<b>" not in render_removed("<b>")


def test_a_removal_is_confirmed() -> None:
    assert render_removed("Port") == '<p class="about" role="status">Removed: Port</p>'
    assert "It was gone already." in render_removed(None)
