"""A cross-encoder of two tiny layers with random weights: its scores mean nothing, but are real."""

import math
from pathlib import Path

import pytest
import torch
from sentence_transformers import CrossEncoder
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

from rag.chunking import embedded_text
from rag.errors import ModelError
from rag.reranking import CrossEncoderReranker
from rag.types import Article, Passage

WORDS = ["why", "was", "the", "trip", "cancelled", "balloon", "rain", "fell", "bread", "rises"]
TEXTS = ["The trip was cancelled.", "Rain fell.", "", "Bread rises.", "The balloon. 😀"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cross-encoder")
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", *WORDS]))
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS) + 6,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        initializer_range=1.0,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(vocabulary), model_max_length=64).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def reranker(folder: Path) -> CrossEncoderReranker:
    return CrossEncoderReranker(folder)


def passages() -> list[Passage]:
    articles = [Article(str(number), "Trip", text) for number, text in enumerate(TEXTS)]
    return [
        Passage(number, article, 0, len(article.text), score=0.5)
        for number, article in enumerate(articles)
    ]


def test_the_same_passages_come_back_best_first_with_the_models_scores(
    folder: Path, reranker: CrossEncoderReranker
) -> None:
    ranked = reranker.rank("Why was the trip cancelled?", passages())
    model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    for each in ranked:
        pair = ("Why was the trip cancelled?", embedded_text(each.article, each.text))
        (score,) = model.predict([pair], show_progress_bar=False)
        assert each.score == pytest.approx(float(score), abs=1e-5)
    scores = [each.score for each in ranked]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) > 1
    assert {each.chunk_id for each in ranked} == {0, 1, 2, 3, 4}
    assert [each.scored(0.5) for each in sorted(ranked, key=lambda each: each.chunk_id)] == (
        passages()
    )


def test_passages_that_score_the_same_keep_their_order(reranker: CrossEncoderReranker) -> None:
    article = Article("1", "Trip", "Rain fell.")
    same = [Passage(number, article, 0, 10, score=0.0) for number in (7, 3, 5)]
    assert [each.chunk_id for each in reranker.rank("Why?", same)] == [7, 3, 5]


def test_no_passages_are_no_passages(reranker: CrossEncoderReranker) -> None:
    assert reranker.rank("Why?", []) == []


@pytest.mark.parametrize("question", ["", "😀", "why " * 5000])
def test_any_question_can_be_ranked_for(reranker: CrossEncoderReranker, question: str) -> None:
    assert all(math.isfinite(each.score) for each in reranker.rank(question, passages()))


@pytest.mark.parametrize("content", [None, b"{}", b"not json"])
def test_a_folder_without_a_cross_encoder_is_an_error_for_people(
    tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "config.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"^the reranker in .* cannot be loaded"):
        CrossEncoderReranker(tmp_path)


def test_weights_cut_short_are_an_error_for_people(folder: Path, tmp_path: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes()[:500])
    (tmp_path / "config.json").write_bytes((folder / "config.json").read_bytes())
    with pytest.raises(ModelError, match=r"^the reranker in .* cannot be loaded"):
        CrossEncoderReranker(tmp_path)
