from pathlib import Path

import numpy as np
import pytest

from embeddings.flat_index import FlatIndex
from rag.dense_index import DenseIndex
from rag.store import ChunkedArticle, Store
from rag.types import AddReport, Article, Chunk

AXES = np.eye(4, dtype=np.float32)


def make_index(folder: Path, embedder: str = "axes") -> DenseIndex:
    return DenseIndex(
        folder / "vectors", embedder=embedder, dimension=4, new=FlatIndex, read=FlatIndex.read
    )


def write(store: Store, *ids: str) -> None:
    articles = [Article(id_, "", f"Article {id_}.") for id_ in ids]
    store.write([ChunkedArticle(each, [Chunk(0, 5, 1)], "") for each in articles], AddReport())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    write(store, "a", "b", "c")
    store.claim_embedder("axes")
    store.write_vectors([1, 2], AXES[:2])
    return store


def found(index: DenseIndex, store: Store, axis: int) -> list[int]:
    return [hit.id for hit in index.search(store, AXES[axis], 9) if hit.score > 0.5]


def test_a_part_of_the_archive_can_be_searched(tmp_path: Path, store: Store) -> None:
    index = make_index(tmp_path)
    assert [found(index, store, axis) for axis in range(3)] == [[1], [2], []]


def test_later_vectors_and_removals_are_followed(tmp_path: Path, store: Store) -> None:
    index = make_index(tmp_path)
    index.sync(store)
    store.write_vectors([3], AXES[2:3])
    store.remove("a")
    assert [found(index, store, axis) for axis in range(3)] == [[], [2], [3]]


def test_the_file_saves_reading_the_store(tmp_path: Path, store: Store) -> None:
    make_index(tmp_path).write(store)
    assert [file.name for file in (tmp_path / "vectors").iterdir()] == [
        f"axes-{store.generation}.faiss"
    ]
    store.write_vectors([3], AXES[2:3])
    again = make_index(tmp_path)
    assert [found(again, store, axis) for axis in range(3)] == [[1], [2], [3]]
    again.write(store)
    assert [file.name for file in (tmp_path / "vectors").iterdir()] == [
        f"axes-{store.generation}.faiss"
    ]


@pytest.mark.parametrize("damage", ["cut", "future"])
def test_a_damaged_file_is_made_good_from_the_store(
    tmp_path: Path, store: Store, damage: str
) -> None:
    make_index(tmp_path).write(store)
    (file,) = (tmp_path / "vectors").iterdir()
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:100])
    else:
        file.rename(file.with_name("axes-999.faiss"))
    assert [found(make_index(tmp_path), store, axis) for axis in range(2)] == [[1], [2]]


def test_a_file_that_disagrees_with_a_restored_store_is_not_believed(
    tmp_path: Path, store: Store
) -> None:
    make_index(tmp_path).write(store)
    restored_folder = tmp_path / "restored"
    restored_folder.mkdir()
    restored = Store(restored_folder)
    write(restored, "x")
    write(restored, "y")
    restored.claim_embedder("axes")
    restored.write_vectors([1], AXES[3:4])
    index = make_index(tmp_path)
    assert found(index, restored, 3) == [1]
    assert found(index, restored, 0) == []


def test_vectors_of_another_embedder_are_not_compared(tmp_path: Path, store: Store) -> None:
    assert found(make_index(tmp_path, embedder="other"), store, 0) == []
