"""The contract of Embedder, run on every implementation."""

from pathlib import Path
from typing import cast

import numpy as np
import pytest

from embeddings.protocols import Embedder
from tests.fakes import WordEmbedder

TRIP = "The minister cancelled his trip to Beijing because of a balloon."
NEAR = "A balloon is why the trip of the minister to Beijing was cancelled."
FAR = "Bread rises faster in warm kitchens."


@pytest.fixture(
    params=["words", pytest.param("sentence-transformers", marks=pytest.mark.model)], scope="module"
)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "words":
        return WordEmbedder(dimension=1024)
    return cast(Embedder, request.getfixturevalue("minilm"))


def test_rows_are_unit_vectors_of_its_dimension(embedder: Embedder) -> None:
    for vectors in (embedder.embed_passages([TRIP, FAR]), embedder.embed_queries([TRIP, FAR])):
        assert vectors.shape == (2, embedder.dimension)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)


def test_rows_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    texts = [FAR, TRIP, f"{TRIP} {FAR} {NEAR}", NEAR]
    together = embedder.embed_passages(texts)
    alone = np.concatenate([embedder.embed_passages([text]) for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)


def test_more_texts_than_a_batch_keep_their_order(embedder: Embedder) -> None:
    texts = [f"{number} ships" if number % 2 else FAR for number in range(70)]
    vectors = embedder.embed_passages(texts)
    (far,) = embedder.embed_passages([FAR])
    nearest = [float(row @ far) > 0.99 for row in vectors]
    assert nearest == [number % 2 == 0 for number in range(70)]


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)
    assert embedder.embed_queries([]).shape == (0, embedder.dimension)


def test_texts_that_say_the_same_are_nearer(embedder: Embedder) -> None:
    (query,) = embedder.embed_queries(["Why did the minister cancel the trip?"])
    trip, near, far = embedder.embed_passages([TRIP, NEAR, FAR])
    assert min(query @ trip, query @ near, trip @ near) > max(query @ far, trip @ far) + 0.1


@pytest.mark.parametrize(
    "text", ["😀", "ß", "هو ذهب", "\u202e", "x" * 10_000, "word " * 2000, "\0"]
)
def test_any_text_has_a_finite_vector(embedder: Embedder, text: str) -> None:
    assert np.isfinite(embedder.embed_passages([text, TRIP])).all()


def test_an_embedder_has_a_name(embedder: Embedder) -> None:
    assert embedder.name in ("words", "all-minilm-l6-v2")


@pytest.mark.parametrize(
    ("file", "content"),
    [
        pytest.param("config.json", b"{}", id="only-a-config"),
        pytest.param("config.json", b"not json", id="damaged-config"),
        pytest.param("other.txt", b"", id="nothing"),
    ],
)
def test_a_folder_without_a_model_is_refused(tmp_path: Path, file: str, content: bytes) -> None:
    from embeddings.sentence_transformer import SentenceTransformerEmbedder

    (tmp_path / file).write_bytes(content)
    with pytest.raises(ValueError, match="no sentence-transformers model can be loaded"):
        SentenceTransformerEmbedder(tmp_path, name="none")


@pytest.mark.model
def test_weights_cut_short_are_refused(tmp_path: Path, minilm_folder: Path) -> None:
    from embeddings.sentence_transformer import SentenceTransformerEmbedder

    for file in minilm_folder.glob("*"):
        if file.suffix in (".json", ".txt"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
    with (minilm_folder / "model.safetensors").open("rb") as weights:
        (tmp_path / "model.safetensors").write_bytes(weights.read(100_000))
    with pytest.raises(ValueError, match="no sentence-transformers model can be loaded"):
        SentenceTransformerEmbedder(tmp_path, name="short")
