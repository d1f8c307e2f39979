"""The contract of Entailment, held by a fake and by cross-encoders of tiny random weights."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import torch
from sentence_transformers import CrossEncoder
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

from rag.entailment import CrossEncoderEntailment
from rag.errors import ModelError
from rag.settings import Settings
from rag.types import Article, Entailment, Quote
from rag.verification import find_support
from rag.wiring import make_entailment
from tests.fakes import ScriptedEntailment

WORDS = ["the", "trip", "was", "cancelled", "balloon", "rain", "fell", "bread", "rises"]
LABELS = ["contradiction", "entailment", "neutral"]


def make_folder(folder: Path, labels: list[str]) -> Path:
    folder.mkdir()
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
    config.num_labels = len(labels)
    config.id2label = dict(enumerate(labels))
    config.label2id = {label: number for number, label in enumerate(labels)}
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(vocabulary), model_max_length=64).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def three_labels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("models") / "three", LABELS)


@pytest.fixture(scope="module")
def one_label(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("models") / "one", ["consistent"])


@pytest.fixture(params=["fake", "three labels", "one label"])
def entailment(request: pytest.FixtureRequest, three_labels: Path, one_label: Path) -> Entailment:
    makers: dict[str, Callable[[], Entailment]] = {
        "fake": lambda: ScriptedEntailment(0.3),
        "three labels": lambda: CrossEncoderEntailment(three_labels),
        "one label": lambda: CrossEncoderEntailment(one_label),
    }
    return makers[request.param]()


@pytest.mark.parametrize("sentence", ["", "😀", "The trip was cancelled.", "rain " * 3000])
def test_any_sentence_has_a_probability(entailment: Entailment, sentence: str) -> None:
    assert 0.0 <= entailment.probability("Rain fell.", sentence) <= 1.0


def test_the_same_pair_has_the_same_probability(entailment: Entailment) -> None:
    first = entailment.probability("Rain fell.", "Bread rises.")
    assert entailment.probability("Rain fell.", "Bread rises.") == pytest.approx(first, abs=1e-6)


def test_of_several_labels_the_one_for_entailment_counts(three_labels: Path) -> None:
    model = CrossEncoder(str(three_labels), device="cpu", local_files_only=True)
    pair = ("The trip was cancelled.", "Rain fell.")
    (row,) = model.predict([pair], apply_softmax=True, show_progress_bar=False)
    ours = CrossEncoderEntailment(three_labels).probability(*pair)
    assert ours == pytest.approx(float(row[LABELS.index("entailment")]), abs=1e-6)
    assert float(row.sum()) == pytest.approx(1.0, abs=1e-5)


def test_a_model_without_a_label_for_entailment_is_an_error_for_people(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "stars", ["one star", "two stars"])
    with pytest.raises(ModelError, match=r"no label for entailment \(it has one star, two stars\)"):
        CrossEncoderEntailment(folder)


def test_a_folder_without_a_cross_encoder_is_an_error_for_people(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"^the entailment model in .* cannot be loaded"):
        CrossEncoderEntailment(tmp_path)


def test_none_is_made_unless_the_settings_name_one(three_labels: Path) -> None:
    assert make_entailment(Settings()) is None
    made = make_entailment(Settings(entailment=str(three_labels)))
    assert made is not None
    assert 0.0 <= made.probability("Rain fell.", "Bread rises.") <= 1.0


TEXT = "Blinken called off his journey to Beijing because of a balloon."
QUOTE = Quote(Article("1", "Trip", TEXT, published=date(2023, 2, 4)), 0, len(TEXT))


@pytest.mark.parametrize(("probability", "quotes"), [(0.9, (QUOTE,)), (0.1, ())])
def test_it_decides_what_words_leave_open(probability: float, quotes: tuple[Quote, ...]) -> None:
    sentence = "Blinken stayed away from Beijing over a balloon."
    assert find_support(sentence, [QUOTE]).quotes == ()
    support = find_support(sentence, [QUOTE], entailment=ScriptedEntailment(probability))
    assert support.quotes == quotes
    assert support.reason == (None if quotes else "it does not follow from an article")


def test_it_does_not_overrule_what_must_stand_in_the_quotes() -> None:
    sure = ScriptedEntailment(1.0)
    sentence = "Biden called off his journey to Beijing because of a balloon."
    assert find_support(sentence, [QUOTE], entailment=sure).reason == (
        "no article names Biden with it"
    )
    assert sure.asked == []
