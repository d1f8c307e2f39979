from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.copy_index import FILE_NAME, CopyIndex
from rag.store import ChunkedArticle, Store
from rag.types import AddReport, Article, Chunk
from tests.reprints import LIGHTLY_EDITED, OTHER_REPORT, REPRINT, WIRE, article

OTHER = article("other", OTHER_REPORT)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[CopyIndex]:
    opened = CopyIndex(tmp_path)
    yield opened
    opened.close()


def add(store: Store, *articles: Article) -> None:
    chunked = [ChunkedArticle(each, [Chunk(0, len(each.text), 1)], "") for each in articles]
    store.write(chunked, AddReport())


def test_a_copy_is_known_as_soon_as_the_article_is_in(store: Store, index: CopyIndex) -> None:
    add(store, WIRE, OTHER)
    index.sync(store)
    assert index.copies_of("wire") == []
    add(store, REPRINT)
    index.sync(store)
    assert index.copies_of("wire") == ["reprint"]
    assert index.copies_of("reprint") == ["wire"]
    assert index.copies_of("other") == index.copies_of("unknown") == []


def test_next_years_article_on_the_same_holiday_is_no_copy(store: Store, index: CopyIndex) -> None:
    add(store, WIRE, replace(REPRINT, published=date(2024, 8, 14)))
    index.sync(store)
    assert index.copies_of("wire") == []


def test_undated_copies_are_known_too(store: Store, index: CopyIndex) -> None:
    add(store, WIRE, replace(REPRINT, published=None))
    index.sync(store)
    assert index.copies_of("reprint") == ["wire"]


def test_removed_and_changed_articles_are_forgotten(store: Store, index: CopyIndex) -> None:
    third = article("third", LIGHTLY_EDITED, published=date(2023, 8, 16))
    add(store, WIRE, REPRINT, third)
    index.sync(store)
    store.remove("third")
    add(store, replace(REPRINT, text=OTHER_REPORT))
    index.sync(store)
    assert index.copies_of("wire") == index.copies_of("reprint") == []
    add(store, REPRINT)
    index.sync(store)
    assert index.copies_of("wire") == ["reprint"]


def test_a_list_that_was_lost_is_made_anew(store: Store, tmp_path: Path) -> None:
    add(store, WIRE, REPRINT)
    first = CopyIndex(tmp_path)
    first.sync(store)
    first.close()
    for file in tmp_path.glob(f"{FILE_NAME}*"):
        file.unlink()
    second = CopyIndex(tmp_path)
    second.sync(store)
    assert second.copies_of("wire") == ["reprint"]
    second.close()


def test_a_list_of_another_archive_is_made_anew(store: Store, tmp_path: Path) -> None:
    add(store, WIRE, REPRINT)
    other = tmp_path / "other"
    other.mkdir()
    earlier = Store(other)
    for number in range(3):
        add(earlier, article(f"old-{number}", f"{OTHER_REPORT} {number}"))
    index = CopyIndex(other)
    index.sync(earlier)
    index.sync(store)
    assert index.copies_of("reprint") == ["wire"]
    index.close()
