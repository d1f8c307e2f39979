import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from rag import adding
from rag.adding import Record
from rag.archive import Archive
from rag.errors import ArchiveError, SettingsError
from rag.settings import Settings
from rag.types import FailedSource, RawArticle
from tests.fakes import WordCounter, WordEmbedder, make_archive
from tests.reprints import STRIKE as PORT_STRIKE

PORT = "Dockers in Harrow walked out on Monday over pay.\n\nThe port handles 40 ships a week."
FERRY = "The ferry to Orleby stopped after an engine fire.\n\nNobody was hurt."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "port.md").write_text(f"# Port strike begins\n\n{PORT}")
    (folder / "ferry.md").write_text(f"# Ferry line closed\n\n{FERRY}")
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path / "archive")


def titles(archive: Archive, question: str, k: int = 10) -> list[str]:
    return [passage.article.title for passage in archive.search(question, k)]


def test_articles_are_added_and_found(archive: Archive, news: Path) -> None:
    report = archive.add(news)
    assert len(report.added) == 2
    assert report.failed == []
    assert report.vectors_left == 0
    assert len(archive) == 2
    assert titles(archive, "Why did the dockers walk out?")[0] == "Port strike begins"


def test_a_passage_is_an_exact_slice_of_its_article(archive: Archive, news: Path) -> None:
    archive.add(news)
    for passage in archive.search("engine fire on the ferry"):
        assert passage.text == passage.article.text[passage.start : passage.end]


def test_copies_are_one_voice_from_when_they_are_added(archive: Archive) -> None:
    first = RawArticle("a", PORT_STRIKE, "wire", "Strike", "Wire", published="2023-08-14")
    later = replace(first, id="reprint", publisher="Courier", published="2023-08-15")
    other = RawArticle("c", FERRY, "ferry", "Ferry line closed", "Courier")
    archive.add_records([later, other])
    assert archive.search("Dockers strike")[0].article.id == "reprint"
    archive.add_records([first])
    found = archive.search("Dockers strike")
    assert "reprint" not in [each.article.id for each in found]
    assert (found[0].article.id, [copy.id for copy in found[0].copies]) == ("wire", ["reprint"])
    archive.remove("wire")
    last = archive.search("Dockers strike")[0]
    assert (last.article.id, last.copies) == ("reprint", ())


def test_adding_again_changes_nothing_and_embeds_nothing(archive: Archive, news: Path) -> None:
    archive.add(news)
    generation = archive.store.generation
    embedder = archive.embedder
    assert isinstance(embedder, WordEmbedder)
    embedded = len(embedder.embedded)
    report = archive.add(news)
    assert len(report.unchanged) == 2
    assert archive.store.generation == generation
    assert len(embedder.embedded) == embedded


def test_a_changed_file_replaces_its_article(archive: Archive, news: Path) -> None:
    archive.add(news)
    (news / "ferry.md").write_text("# Ferry line open\n\nThe ferry to Orleby sails again.")
    report = archive.add(news)
    assert (len(report.updated), len(report.unchanged)) == (1, 1)
    assert "Ferry line closed" not in titles(archive, "ferry engine fire")
    assert titles(archive, "ferry to Orleby")[0] == "Ferry line open"


def test_copies_of_an_article_are_kept_once(archive: Archive, news: Path) -> None:
    (news / "port-copy.md").write_text((news / "port.md").read_text())
    report = archive.add(news)
    assert len(report.duplicates) == 1
    assert len(archive) == 2


def test_a_removed_article_is_found_by_neither_search(archive: Archive, news: Path) -> None:
    archive.add(news)
    (article,) = [each for each in archive.articles() if each.title.startswith("Ferry")]
    assert archive.remove(article.id)
    assert not archive.remove(article.id)
    assert titles(archive, "ferry engine fire Orleby") == ["Port strike begins"]
    assert archive.article(article.id) is None


def test_records_that_were_read_elsewhere_are_added(archive: Archive) -> None:
    records: list[Record] = [
        RawArticle("pasted", PORT, id="p", title="Port strike"),
        FailedSource("x", "x is bad"),
    ]
    report = archive.add_records(records)
    assert (report.added, report.failed, report.vectors_left) == (["p"], [records[1]], 1)
    assert titles(archive, "dockers") == ["Port strike"]


def test_others_can_write_while_a_slow_source_is_read(archive: Archive, news: Path) -> None:
    def read_slowly() -> Iterator[RawArticle]:
        yield RawArticle("one", PORT, id="one", title="Port strike")
        assert len(archive.add(news).added) == 2
        (ferry,) = (each for each in archive.articles() if each.title == "Ferry line closed")
        assert archive.remove(ferry.id)
        yield RawArticle("two", "The bridge opened.", id="two", title="Bridge opens")

    assert archive.add_records(read_slowly()).added == ["one", "two"]
    found = sorted(article.title for article in archive.articles())
    assert found == ["Bridge opens", "Port strike", "Port strike begins"]


def test_what_is_read_slowly_is_found_before_all_is_read(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "SECONDS_PER_COMMIT", 0.0)
    seen: list[int] = []

    def read_slowly() -> Iterator[RawArticle]:
        for number in range(4):
            seen.append(len(archive))
            yield RawArticle(f"{number}", f"Story {number} happened.", id=f"{number}")

    archive.add_records(read_slowly())
    assert seen == [0, 0, 2, 2]


def test_articles_are_found_by_words_before_they_have_vectors(archive: Archive, news: Path) -> None:
    report = archive.add(news, embed=False)
    assert report.vectors_left == archive.vectors_left == 2
    assert titles(archive, "dockers")[0] == "Port strike begins"
    assert archive.embed() == 0
    assert archive.vectors_left == 0


def test_the_embedding_goes_on_where_it_was_stopped(archive: Archive, tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    rows = [{"title": f"Story {n}", "text": f"Words of story {n}."} for n in range(200)]
    dump.write_text("\n".join(map(json.dumps, rows)))
    archive.add(dump, embed=False)
    stop = Event()
    left = archive.embed(on_vector=lambda done, total: stop.set(), should_stop=stop.is_set)
    assert 0 < left < 200
    assert archive.embed() == 0
    embedder = archive.embedder
    assert isinstance(embedder, WordEmbedder)
    assert len(embedder.embedded) == len(set(embedder.embedded)) == 200


def test_another_embedder_makes_its_own_vectors(tmp_path: Path, news: Path) -> None:
    make_archive(tmp_path / "archive").add(news)
    other = WordEmbedder(name="other", dimension=64)
    archive = Archive(
        tmp_path / "archive", settings=Settings(), embedder=other, counter=WordCounter()
    )
    assert titles(archive, "dockers")[0] == "Port strike begins"
    assert archive.embed() == 0
    assert len(other.embedded) == 2
    assert titles(archive, "dockers walked out")[0] == "Port strike begins"


def test_progress_tells_of_every_article_and_vector(archive: Archive, news: Path) -> None:
    articles: list[int] = []
    vectors: list[tuple[int, int]] = []
    archive.add(
        news,
        on_article=articles.append,
        on_vector=lambda done, total: vectors.append((done, total)),
    )
    assert articles == [2]
    assert vectors == [(2, 2)]


def test_what_cannot_be_read_is_told_and_the_rest_is_added(archive: Archive, news: Path) -> None:
    (news / "empty.txt").write_text("")
    (news / "binary.txt").write_bytes(b"\0\1\2" * 100)
    report = archive.add(news, news / "nowhere.txt")
    assert len(report.added) == 2
    assert [Path(failed.source).name for failed in report.failed] == [
        "binary.txt",
        "empty.txt",
        "nowhere.txt",
    ]
    assert all(isinstance(failed, FailedSource) and failed.reason for failed in report.failed)


def test_an_archive_whose_index_cannot_be_mended_is_searched_as_it_is(
    archive: Archive, news: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    archive.add(news / "port.md")
    words = tmp_path / "archive" / "words"
    words.rename(tmp_path / "words")
    words.write_text("a file where the folder belongs")
    again = make_archive(tmp_path / "archive")
    assert titles(again, "dockers") == ["Port strike begins"]
    assert "cannot be" in caplog.text


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("")
    with pytest.raises(ArchiveError, match="cannot be made"):
        make_archive(tmp_path / "archive")


def test_chunks_beyond_the_embedders_limit_are_refused(tmp_path: Path, news: Path) -> None:
    archive = make_archive(tmp_path / "archive", chunk_tokens=300)
    with pytest.raises(SettingsError, match="chunk_tokens is 300, but the embedder reads no more"):
        archive.add(news)


def test_a_reader_searches_while_another_adds(archive: Archive, news: Path, tmp_path: Path) -> None:
    archive.add(news / "port.md")
    reader = make_archive(tmp_path / "archive")
    assert titles(reader, "ferry Orleby") == ["Port strike begins"]
    archive.add(news / "ferry.md")
    assert titles(reader, "ferry Orleby")[0] == "Ferry line closed"


def test_many_threads_may_search_while_articles_are_added(archive: Archive, tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    rows = [{"title": f"Story {n}", "text": f"Words of story {n}."} for n in range(300)]
    dump.write_text("\n".join(map(json.dumps, rows)))

    def search() -> None:
        for number in range(30):
            archive.search(f"story {number}")

    with ThreadPoolExecutor(max_workers=4) as pool:
        searching = [pool.submit(search) for _ in range(4)]
        archive.add(dump)
    for each in searching:
        each.result()
    assert titles(archive, "story 250", 1) == ["Story 250"]


WRITER = """
import sys
from pathlib import Path
from tests.fakes import make_archive
archive = make_archive(Path(sys.argv[1]))
print("ready", flush=True)
archive.add(sys.argv[2], on_article=lambda done: print(done, flush=True))
"""


@pytest.mark.parametrize("commits", [0, 1, 4])
def test_a_killed_process_loses_no_committed_article(tmp_path: Path, commits: int) -> None:
    dump = tmp_path / "dump.jsonl"
    rows = [{"title": f"Story {n}", "text": f"Words of story {n}. " * 40} for n in range(3000)]
    dump.write_text("\n".join(map(json.dumps, rows)))
    folder = tmp_path / "archive"
    command = [sys.executable, "-c", WRITER, str(folder), str(dump)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for _ in range(commits + 1):
            line = process.stdout.readline()
        committed = int(line) if commits else 0
        os.kill(process.pid, signal.SIGKILL)
    archive = make_archive(folder)
    assert committed <= len(archive) < 3000
    if committed:
        assert titles(archive, f"story {committed - 1}", 1) == [f"Story {committed - 1}"]
    report = archive.add(dump)
    assert len(report.added) + len(report.unchanged) == len(archive) == 3000
    assert archive.vectors_left == 0
    assert titles(archive, "story 2999", 1) == ["Story 2999"]


def test_a_second_writer_waits_for_the_first(tmp_path: Path, news: Path) -> None:
    first, second = make_archive(tmp_path / "archive"), make_archive(tmp_path / "archive")
    lock = first._lock("writer")
    lock.acquire()
    done = Event()

    def add() -> None:
        second.add(news)
        done.set()

    thread = Thread(target=add)
    thread.start()
    time.sleep(0.3)
    assert not done.is_set()
    lock.release()
    thread.join(timeout=30)
    assert len(first) == 2
