from pathlib import Path

import pytest

from rag.archive import Archive
from rag.page.adding import LISTED, Outcome, add_uploads, render_outcome
from rag.types import FailedSource
from tests.fakes import make_archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path / "archive")


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    folder = tmp_path / "uploads" / "0a1b2c"
    folder.mkdir(parents=True)
    return folder


def add(archive: Archive, *files: Path) -> Outcome:
    return add_uploads(archive, files, lambda done: None)


def test_uploads_are_articles_at_once_and_their_files_are_deleted(
    archive: Archive, uploads: Path
) -> None:
    file = uploads / "port.md"
    file.write_text("# Port strike\n\nDockers in Harrow walked out on Monday.")
    assert add(archive, file) == Outcome(added=("Port strike",))
    assert archive.search("dockers")[0].article.title == "Port strike"
    assert not file.exists()


def test_the_same_file_again_is_unchanged(archive: Archive, uploads: Path) -> None:
    for _ in range(2):
        (uploads / "port.md").write_text("# Port strike\n\nDockers in Harrow walked out on Monday.")
        outcome = add(archive, uploads / "port.md")
    assert outcome == Outcome(unchanged=("Port strike",))


def test_the_same_text_under_another_name_is_a_duplicate(archive: Archive, uploads: Path) -> None:
    for name in ("port.md", "copy.md"):
        (uploads / name).write_text("# Port strike\n\nDockers in Harrow walked out on Monday.")
    assert add(archive, uploads / "port.md", uploads / "copy.md") == Outcome(
        added=("Port strike",), duplicates=("Port strike",)
    )


def test_a_file_that_cannot_be_read_is_named_without_the_servers_folders(
    archive: Archive, uploads: Path
) -> None:
    (uploads / "empty.txt").write_text("")
    [failure] = add(archive, uploads / "empty.txt").failed
    assert failure.source == "empty.txt"
    assert str(uploads) not in failure.reason
    assert failure.reason == "is empty; there is no text in it"


def test_the_outcome_lists_titles_and_reasons() -> None:
    outcome = Outcome(added=("Port strike",), failed=(FailedSource("a.pdf", "is damaged"),))
    assert render_outcome(outcome) == (
        '<div role="status">'
        '<section class="done"><h3>1 added</h3><ul><li>Port strike</li></ul></section>'
        '<section class="trouble"><h3>1 could not be read</h3><ul><li>a.pdf: is damaged</li></ul>'
        "</section></div>"
    )


def test_long_lists_are_cut_and_counted() -> None:
    outcome = Outcome(added=tuple(str(number) for number in range(1000 + LISTED)))
    html = render_outcome(outcome)
    assert "<h3>1,012 added</h3>" in html
    assert html.count("<li>") == LISTED + 1
    assert "<li>and 1,000 more</li>" in html


def test_titles_and_names_are_only_text() -> None:
    outcome = Outcome(added=("<b>",), failed=(FailedSource("<i>", "<u>"),))
    html = render_outcome(outcome)
    assert "<li>&lt;b&gt;</li>" in html
    assert "<li>&lt;i&gt;: &lt;u&gt;</li>" in html


def test_nothing_to_add_is_said() -> None:
    assert render_outcome(Outcome()) == (
        '<div role="status"><p>Nothing was found to add.</p></div>'
    )
