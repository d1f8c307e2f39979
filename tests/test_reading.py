import errno
import json
import os
from collections.abc import Iterable
from pathlib import Path

import httpx
import pytest

from rag import reading
from rag.reading import read
from rag.types import FailedSource, RawArticle

FORMATS = (
    ".txt, .md, .html, .pdf, .docx, .parquet, .jsonl, .json or .csv (these three also .gz, .xz)"
)


def reasons(outcomes: Iterable[RawArticle | FailedSource]) -> list[str]:
    return [outcome.reason for outcome in outcomes if isinstance(outcome, FailedSource)]


def sources(outcomes: Iterable[RawArticle | FailedSource]) -> list[str]:
    return [outcome.source for outcome in outcomes]


def test_file_is_read_by_its_ending_in_any_case(tmp_path: Path) -> None:
    (tmp_path / "a.TXT").write_text("It sailed.")
    (tmp_path / "b.Jsonl").write_text(json.dumps({"text": "It opened."}))

    assert list(read(tmp_path)) == [
        RawArticle(f"{tmp_path}/a.TXT", "It sailed."),
        RawArticle(f"{tmp_path}/b.Jsonl, line 1", "It opened."),
    ]


def test_folder_is_read_with_all_below_it_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/d/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Text.")

    assert sources(read(tmp_path)) == [
        f"{tmp_path}/{name}" for name in ("a.txt", "b/1.txt", "b/2.txt", "c/d/e.txt")
    ]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text("No.")
    (tmp_path / ".b.txt").write_text("No.")
    (tmp_path / "c.txt").write_text("Yes.")

    assert sources(read(tmp_path)) == [f"{tmp_path}/c.txt"]


def test_links_in_a_circle_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "up").symlink_to(tmp_path)
    (tmp_path / "inner" / "a.txt").write_text("Text.")

    assert sources(read(tmp_path)) == [f"{tmp_path}/inner/a.txt"]


def test_what_cannot_be_read_in_a_folder_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "d.txt").write_text("Text.")
    (tmp_path / "e.txt").symlink_to(tmp_path / "e.txt")

    assert list(read(tmp_path)) == [
        FailedSource(
            f"{tmp_path}/a.png",
            f"{tmp_path}/a.png is in no format that can be read; give {FORMATS}",
        ),
        FailedSource(f"{tmp_path}/b.txt", f"{tmp_path}/b.txt is empty; there is no text in it"),
        FailedSource(f"{tmp_path}/c.txt", f"{tmp_path}/c.txt does not exist; check the name"),
        RawArticle(f"{tmp_path}/d.txt", "Text."),
        FailedSource(
            f"{tmp_path}/e.txt",
            f"{tmp_path}/e.txt is a link that leads back to itself; remove it",
        ),
    ]


@pytest.mark.parametrize("name", ["gone.txt", "gone", "a.txt/b.txt", "x" * 5000])
def test_path_that_does_not_exist_is_a_failure(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    path = tmp_path / name

    [failure] = read(path)

    assert isinstance(failure, FailedSource)
    assert failure.reason.startswith(f"{path} does not exist")


@pytest.mark.parametrize("name", ["", " ", "a\0b"], ids=["nothing", "space", "nul"])
def test_what_is_no_name_does_not_exist(name: str) -> None:
    assert reasons(read(name)) == [f"{name} does not exist; check the name"]


def test_empty_folder_is_told(tmp_path: Path) -> None:
    assert reasons(read(tmp_path)) == [f"{tmp_path} is an empty folder; give one with articles"]


def test_file_has_one_source_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    monkeypatch.chdir(tmp_path)

    assert sources(read("a.txt")) == sources(read(tmp_path / "." / "a.txt"))
    assert sources(read("./../" + tmp_path.name)) == [f"{tmp_path}/a.txt"]


def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    assert reasons(read(tmp_path)) == [
        f"{tmp_path}/pipe.txt is not a file but a device or a pipe; give a file"
    ]


def test_packed_file_that_is_no_table_is_of_no_known_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(b"x")

    assert reasons(read(tmp_path)) == [
        f"{tmp_path}/a.txt.gz is in no format that can be read; give {FORMATS}"
    ]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        pytest.param(
            errno.EACCES, "may not be read by you; give yourself the permission", id="permission"
        ),
        pytest.param(
            errno.EIO,
            "cannot be read (input/output error); check the disk it lies on",
            id="broken-disk",
        ),
    ],
)
def test_file_that_the_system_refuses_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    (tmp_path / "a.txt").write_text("Text.")

    def refuse(path: Path) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(reading, "_reader_of", lambda _: refuse)

    assert reasons(read(tmp_path)) == [f"{tmp_path}/a.txt {reason}"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_folder_without_permission_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0)

    assert reasons(read(tmp_path)) == [
        f"{tmp_path}/locked may not be read by you; give yourself the permission"
    ]


def test_name_that_is_no_text_is_written_out(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("Text.")

    assert sources(read(tmp_path)) == [f"{tmp_path}/caf\\udce9.txt"]


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    outcomes = read(tmp_path)
    (tmp_path / "b.txt").write_text("Later.")

    assert len(list(outcomes)) == 2


SENTENCE = "Ferries between the two islands sailed again on Tuesday after a storm of three days."
PAGE = f"<html><head><title>Ferries</title></head><body><p>{SENTENCE}</p></body></html>"
FEED = """<rss version="2.0"><channel><title>Harbour Times</title><item>
<title>Ferries sail</title><link>https://harbour.example/ferry</link></item></channel></rss>"""


def answer(request: httpx.Request) -> httpx.Response:
    pages = {"/ferry": ("text/html", PAGE), "/rss": ("text/xml", FEED)}
    if request.url.path not in pages:
        return httpx.Response(404)
    media_type, content = pages[request.url.path]
    return httpx.Response(200, headers={"content-type": media_type}, text=content)


@pytest.fixture
def client() -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer))


def test_page_is_read(client: httpx.Client) -> None:
    assert list(read("https://harbour.example/ferry", client=client)) == [
        RawArticle(
            "https://harbour.example/ferry",
            SENTENCE,
            title="Ferries",
            publisher="harbour.example",
            url="https://harbour.example/ferry",
        )
    ]


def test_articles_of_a_feed_are_read(client: httpx.Client) -> None:
    assert list(read("https://harbour.example/rss", client=client)) == [
        RawArticle(
            "https://harbour.example/ferry",
            SENTENCE,
            title="Ferries sail",
            publisher="Harbour Times",
            url="https://harbour.example/ferry",
        )
    ]


def test_page_that_does_not_exist_is_a_failure(client: httpx.Client) -> None:
    assert list(read("https://harbour.example/gone", client=client)) == [
        FailedSource(
            "https://harbour.example/gone",
            "https://harbour.example/gone answered 404 Not Found; check the address",
        )
    ]


def test_address_of_another_kind_is_a_failure(client: httpx.Client) -> None:
    assert reasons(read("ftp://harbour.example/ferry", client=client)) == [
        "ftp://harbour.example/ferry is not an http or https address; give one of those"
    ]
