"""The contract of VectorIndex, run on every implementation, with the exact index as the oracle."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from embeddings.faiss_index import FaissIndex
from embeddings.flat_index import FlatIndex
from embeddings.protocols import FloatMatrix, Ids, VectorIndex

HALF_PRECISION = 2e-3
Make = Callable[[int], VectorIndex]
Read = Callable[[Path], VectorIndex]
IMPLEMENTATIONS = [
    pytest.param(FlatIndex, FlatIndex.read, id="flat"),
    pytest.param(FaissIndex, FaissIndex.read, id="faiss"),
]
pytestmark = pytest.mark.parametrize(("make", "read"), IMPLEMENTATIONS)


def unit_rows(count: int, dimension: int = 16, seed: int = 0) -> FloatMatrix:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def ids(*numbers: int) -> Ids:
    return np.array(numbers, dtype=np.int64)


AXES = np.eye(3, dtype=np.float32)


def test_scores_are_cosines_best_first(make: Make, read: Read) -> None:
    index = make(3)
    index.add(ids(10, 20, 30), AXES)
    query = np.array([0.6, 0.8, 0.0], dtype=np.float32)
    hits = index.search(query, 3)
    assert [hit.id for hit in hits] == [20, 10, 30]
    assert [hit.score for hit in hits] == pytest.approx([0.8, 0.6, 0.0], abs=HALF_PRECISION)


def test_search_agrees_with_the_exact_index(make: Make, read: Read) -> None:
    rows, numbers = unit_rows(500), np.arange(500, dtype=np.int64) * 7
    index, oracle = make(16), FlatIndex(16)
    index.add(numbers, rows)
    oracle.add(numbers, rows)
    for query in unit_rows(20, seed=1):
        found, exact = index.search(query, 10), oracle.search(query, 10)
        assert [hit.score for hit in found] == pytest.approx(
            [hit.score for hit in exact], abs=HALF_PRECISION
        )
        by_id = {int(number): float(row @ query) for number, row in zip(numbers, rows, strict=True)}
        assert [by_id[hit.id] for hit in found] == pytest.approx(
            [hit.score for hit in exact], abs=HALF_PRECISION
        )


def test_only_restricts_the_search_itself(make: Make, read: Read) -> None:
    index = make(3)
    index.add(ids(1, 2, 3), AXES)
    assert [hit.id for hit in index.search(AXES[0], 1, ids(2, 3, 99))] in ([2], [3])
    assert index.search(AXES[0], 5, ids()) == []


def test_removed_ids_are_not_found(make: Make, read: Read) -> None:
    index = make(3)
    index.add(ids(1, 2, 3), AXES)
    index.remove(ids(2, 99))
    assert len(index) == 2
    assert {hit.id for hit in index.search(AXES[1], 5)} == {1, 3}


def test_adding_an_id_again_replaces_its_vector(make: Make, read: Read) -> None:
    index = make(3)
    index.add(ids(1, 2), AXES[:2])
    index.add(ids(1), AXES[2:])
    assert len(index) == 2
    assert index.search(AXES[2], 1)[0].id == 1
    assert index.search(AXES[2], 1)[0].score == pytest.approx(1.0, abs=HALF_PRECISION)


def test_an_empty_index_finds_nothing(make: Make, read: Read) -> None:
    assert make(3).search(AXES[0], 5) == []


def test_asking_for_more_than_there_is_gives_what_there_is(make: Make, read: Read) -> None:
    index = make(3)
    index.add(ids(1, 2), AXES[:2])
    assert [hit.id for hit in index.search(AXES[0], 50)] == [1, 2]


def test_vectors_of_another_shape_are_refused(make: Make, read: Read) -> None:
    with pytest.raises(ValueError, match=r"expected vectors of shape \(2, 3\), got \(2, 4\)"):
        make(3).add(ids(1, 2), unit_rows(2, 4))


def test_what_is_written_is_read_again(make: Make, read: Read, tmp_path: Path) -> None:
    index = make(16)
    index.add(np.arange(50, dtype=np.int64), unit_rows(50))
    file = tmp_path / "index"
    index.write(file)
    query = unit_rows(1, seed=2)[0]
    assert read(file).search(query, 5) == index.search(query, 5)
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_a_file_cut_short_is_refused(make: Make, read: Read, tmp_path: Path) -> None:
    index = make(16)
    index.add(np.arange(50, dtype=np.int64), unit_rows(50))
    file = tmp_path / "index"
    index.write(file)
    file.write_bytes(file.read_bytes()[:300])
    with pytest.raises(ValueError, match="index"):
        read(file)
