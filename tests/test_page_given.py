from collections.abc import Callable
from datetime import date
from pathlib import Path

import httpx
import pytest

from rag.archive import Archive
from rag.errors import ReadError
from rag.page.given import (
    LONGEST_PASTE,
    MOST_ADDRESSES,
    Pasted,
    read_addresses,
    read_pasted,
    read_uploads,
)
from rag.types import FailedSource, RawArticle
from tests.fakes import make_archive
from tests.web_server import SENTENCE, article_page, rss

STRIKE = "# Port strike\n\nDockers in Harrow walked out on Monday."


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path / "archive")


@pytest.fixture
def place(tmp_path: Path) -> Callable[[str, str], Path]:
    """Upload a file: each time to another folder of the server's, as Gradio does."""
    count = 0

    def place(name: str, content: str) -> Path:
        nonlocal count
        count += 1
        folder = tmp_path / "uploads" / f"{count:04x}"
        folder.mkdir(parents=True)
        (folder / name).write_text(content)
        return folder / name

    return place


Place = Callable[[str, str], Path]


def test_an_edited_upload_replaces_what_its_file_held(archive: Archive, place: Place) -> None:
    added = archive.add_records(read_uploads([place("port.md", STRIKE)])).added
    edited = place("port.md", "# Port strike ends\n\nDockers in Harrow work again.")
    report = archive.add_records(read_uploads([edited]))
    assert (report.updated, report.added) == (added, [])
    assert [article.title for article in archive.articles()] == ["Port strike ends"]


def test_the_same_upload_again_is_unchanged(archive: Archive, place: Place) -> None:
    archive.add_records(read_uploads([place("port.md", STRIKE)]))
    report = archive.add_records(read_uploads([place("port.md", STRIKE)]))
    assert len(report.unchanged) == 1


def test_files_of_one_name_that_come_together_are_two(archive: Archive, place: Place) -> None:
    uploads = [place("index.md", STRIKE), place("index.md", "# Ferry closed\n\nIt burned.")]
    assert len(archive.add_records(read_uploads(uploads)).added) == 2


def test_everybody_who_signed_in_has_files_of_their_own(archive: Archive, place: Place) -> None:
    archive.add_records(read_uploads([place("notes.md", STRIKE)], "ann"))
    theirs = read_uploads([place("notes.md", "# Ferry closed\n\nIt burned.")], "bob")
    assert len(archive.add_records(theirs).added) == 1
    assert len(archive) == 2


def test_uploads_are_deleted_read_or_not(place: Place) -> None:
    uploads = [place("a.md", STRIKE), place("b.png", "x"), place("c.md", STRIKE)]
    reading = read_uploads(uploads)
    next(reading)
    reading.close()
    assert [upload.exists() for upload in uploads] == [False, False, False]


def test_failures_say_the_files_name_not_where_the_server_keeps_it(place: Place) -> None:
    [failure] = read_uploads([place("empty.txt", "")])
    assert failure == FailedSource("empty.txt", "empty.txt is empty; there is no text in it")


def test_the_date_in_an_uploads_name_dates_its_article(archive: Archive, place: Place) -> None:
    upload = place("2023-08-14-port.txt", "Dockers in Harrow walked out.")
    archive.add_records(read_uploads([upload], "ann"))
    [article] = archive.articles()
    assert article.published == date(2023, 8, 14)


def web(request: httpx.Request) -> httpx.Response:
    pages = {
        "/ferry": ("text/html", article_page("Ferries sail")),
        "/rss": ("text/xml", rss("Times", ("Ferry", "https://a.example/ferry"))),
    }
    if request.url.path not in pages:
        return httpx.Response(404)
    media_type, content = pages[request.url.path]
    return httpx.Response(200, headers={"content-type": media_type}, text=content)


def client() -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(web))


@pytest.mark.parametrize(
    "addresses",
    ["https://a.example/ferry", "a.example/ferry", "  a.example/ferry\n"],
    ids=["whole", "without scheme", "with spaces"],
)
def test_a_page_is_read_however_its_address_is_written(addresses: str) -> None:
    [article] = read_addresses(addresses, client)
    assert isinstance(article, RawArticle)
    assert (article.title, article.text) == ("Ferries sail", SENTENCE)
    assert article.url == "https://a.example/ferry"


def test_several_addresses_are_read_and_what_fails_is_told() -> None:
    outcomes = list(read_addresses("https://a.example/rss a.example/gone", client))
    assert [outcome.source for outcome in outcomes] == [
        "https://a.example/ferry",
        "https://a.example/gone",
    ]
    assert outcomes[1] == FailedSource(
        "https://a.example/gone",
        "https://a.example/gone answered 404 Not Found; check the address",
    )


def test_no_address_is_ever_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("The password is swordfish.")
    outcomes = list(read_addresses(f"{secret} file://{secret} {secret.as_uri()}", client))
    assert all(isinstance(outcome, FailedSource) for outcome in outcomes)
    assert len(outcomes) == 3


def test_more_addresses_than_can_be_fetched_at_once_are_named() -> None:
    addresses = " ".join(f"a.example/{number}" for number in range(MOST_ADDRESSES + 1))
    *_, last = read_addresses(addresses, client)
    assert last == FailedSource(
        f"a.example/{MOST_ADDRESSES}",
        f"a.example/{MOST_ADDRESSES} is one address too many at once; give it again",
    )


def test_pasted_text_is_cleaned_like_a_file(archive: Archive) -> None:
    text = "HARROW (Reuters) - Dockers walked out on Monday.\n\nSign up for our newsletter\n"
    report = archive.add_records([read_pasted(Pasted(text, published="14 August 2023"))])
    [article] = archive.articles()
    assert report.added == [article.id]
    assert article.publisher == "Reuters"
    assert article.published == date(2023, 8, 14)
    assert "newsletter" not in article.text


def test_what_is_written_beside_pasted_text_is_taken(archive: Archive) -> None:
    pasted = Pasted("Dockers walked out.", " Port strike ", "Harrow Gazette", "2023-08-14")
    archive.add_records([read_pasted(pasted)])
    [article] = archive.articles()
    assert (article.title, article.publisher) == ("Port strike", "Harrow Gazette")
    assert article.published == date(2023, 8, 14)


def test_the_same_text_pasted_again_is_unchanged(archive: Archive) -> None:
    for text in ("Dockers walked out.", "  Dockers walked out.\n"):
        report = archive.add_records([read_pasted(Pasted(text))])
    assert len(report.unchanged) == 1


def test_the_same_text_with_a_date_is_updated(archive: Archive) -> None:
    archive.add_records([read_pasted(Pasted("Dockers walked out."))])
    dated = Pasted("Dockers walked out.", published="2023-08-14")
    assert len(archive.add_records([read_pasted(dated)]).updated) == 1
    assert len(archive) == 1


@pytest.mark.parametrize(
    ("pasted", "message"),
    [
        pytest.param(
            Pasted(" \n"), "there is no text yet; paste that of one article", id="nothing"
        ),
        pytest.param(
            Pasted("x" * (LONGEST_PASTE + 1)),
            "this is more than one article can be (1,000,000 characters); save it as a file and "
            "drop that",
            id="too-long",
        ),
        pytest.param(
            Pasted(" https://a.example/ferry "),
            "this is an address; give it in the box for pages and feeds",
            id="address",
        ),
        pytest.param(
            Pasted("Dockers.", published="soon"),
            "'soon' is no date that can be read, or in the future; write 2023-08-14 or 14 August "
            "2023",
            id="no-date",
        ),
        pytest.param(
            Pasted("Dockers.", published="2999-01-01"),
            "'2999-01-01' is no date that can be read, or in the future; write 2023-08-14 or 14 "
            "August 2023",
            id="future",
        ),
    ],
)
def test_what_cannot_be_pasted_is_told(pasted: Pasted, message: str) -> None:
    with pytest.raises(ReadError) as raised:
        read_pasted(pasted)
    assert str(raised.value) == message


def test_text_that_no_file_could_hold_is_pasted_all_the_same(archive: Archive) -> None:
    archive.add_records([read_pasted(Pasted("Dockers \ud800 walked out.", "Strike \udfff"))])
    [article] = archive.articles()
    assert article.title.startswith("Strike")
