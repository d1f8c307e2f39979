import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.lexical_index import LexicalIndex
from rag.store import ChunkedArticle, Store
from rag.types import AddReport, Article, Chunk, Question

TRIP = Article(
    "trip", "Trip called off", "A balloon ended the visit.", "AP", published=date(2023, 2, 4)
)
TALKS = Article(
    "talks", "Trade talks", "Ministers met in León.", "Reuters", published=date(2023, 5, 26)
)
UNDATED = Article("undated", "", "A balloon festival opened.")


def write(store: Store, *articles: Article) -> None:
    whole = [ChunkedArticle(each, [Chunk(0, len(each.text), 5)], "200") for each in articles]
    store.write(whole, AddReport())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    write(store, TRIP, TALKS, UNDATED)
    return store


@pytest.fixture
def index(tmp_path: Path, store: Store) -> LexicalIndex:
    index = LexicalIndex(tmp_path / "words")
    index.sync(store)
    return index


def found(
    index: LexicalIndex, store: Store, text: str, question: Question | None = None
) -> list[str]:
    hits = index.search(question or Question(text), text, 10)
    return [passage.article.id for passage in store.passages({hit.id: hit.score for hit in hits})]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("ministers", ["talks"], id="a-word"),
        pytest.param("visits visiting", ["trip"], id="stems"),
        pytest.param("leon", ["talks"], id="without-accents"),
        pytest.param("Leo\u0301n", ["talks"], id="accent-by-itself"),
        pytest.param("February 2023", ["trip", "talks"], id="the-heading's-date"),
        pytest.param("balloon visit", ["trip", "undated"], id="more-words-first"),
        pytest.param('title:"balloon AND (', ["undated", "trip"], id="no-query-syntax"),
        pytest.param("?!", [], id="no-words"),
    ],
)
def test_chunks_are_found_by_their_words(
    index: LexicalIndex, store: Store, words: str, expected: list[str]
) -> None:
    assert found(index, store, words) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param(Question("", published_from=date(2023, 2, 4)), ["trip"], id="from-inclusive"),
        pytest.param(Question("", published_to=date(2023, 2, 3)), [], id="to"),
        pytest.param(Question("", publishers=("ap",)), ["trip"], id="publisher-in-any-case"),
        pytest.param(Question("", publishers=("Reuters",)), [], id="other-publisher"),
    ],
)
def test_filters_act_inside_the_search(
    index: LexicalIndex, store: Store, question: Question, expected: list[str]
) -> None:
    assert found(index, store, "balloon", question) == expected


def test_changes_are_followed_without_building_anew(
    index: LexicalIndex, store: Store, tmp_path: Path
) -> None:
    folders = {path.name for path in (tmp_path / "words").iterdir() if path.is_dir()}
    store.remove("undated")
    write(store, replace(TRIP, text="A storm ended the visit."))
    index.sync(store)
    assert found(index, store, "balloon") == []
    assert found(index, store, "storm") == ["trip"]
    assert {path.name for path in (tmp_path / "words").iterdir() if path.is_dir()} == folders


def test_the_rarer_word_is_the_more_telling(index: LexicalIndex) -> None:
    # ln(1 + (3 - n + 0.5) / (n + 0.5)) for n = 1 and n = 2 of three chunks
    assert index.rarity("minist") == pytest.approx(0.9808, abs=1e-4)
    assert index.rarity("balloon") == pytest.approx(0.4700, abs=1e-4)


def test_what_was_committed_before_the_pointer_is_not_there_twice(
    index: LexicalIndex, store: Store, tmp_path: Path
) -> None:
    pointer = tmp_path / "words" / "current.json"
    before = pointer.read_text()
    write(store, replace(TALKS, id="more", text="More ministers met."))
    index.sync(store)
    pointer.write_text(before)  # as a kill between Tantivy's commit and ours leaves it
    again = LexicalIndex(tmp_path / "words")
    again.sync(store)
    assert sorted(found(again, store, "ministers")) == ["more", "talks"]
    assert len(again.search(Question("ministers"), "ministers", 10)) == 2


@pytest.mark.parametrize("damage", ["missing", "pointer", "files"])
def test_a_damaged_index_is_built_anew(store: Store, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "words"
    LexicalIndex(folder).sync(store)
    match damage:
        case "missing":
            shutil.rmtree(folder)
        case "pointer":
            (folder / "current.json").write_text("{")
        case _:
            for file in folder.glob("*/meta.json"):
                file.write_text("no")
    index = LexicalIndex(folder)
    assert index.generation is None
    index.sync(store)
    assert found(index, store, "ministers") == ["talks"]


def test_an_index_of_another_copy_of_the_store_is_built_anew(tmp_path: Path, store: Store) -> None:
    index = LexicalIndex(tmp_path / "words")
    index.sync(store)
    other_folder = tmp_path / "restored"
    other_folder.mkdir()
    restored = Store(other_folder)
    write(restored, TALKS)
    index.sync(restored)
    assert found(index, restored, "ministers") == ["talks"]
    assert found(index, restored, "balloon") == []


def test_a_reader_sees_what_another_process_added(
    index: LexicalIndex, store: Store, tmp_path: Path
) -> None:
    reader = LexicalIndex(tmp_path / "words")
    assert found(reader, store, "ministers") == ["talks"]
    write(store, replace(TALKS, id="more", text="More ministers met."))
    index.sync(store)
    assert sorted(found(reader, store, "ministers")) == ["more", "talks"]
