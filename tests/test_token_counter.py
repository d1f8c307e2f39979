from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from embeddings.token_counter import WordPieceTokenCounter
from rag.chunking import SPECIAL_TOKENS, ChunkSettings, fitted_text, split_chunks
from rag.reading import read
from rag.types import Article, RawArticle

ARTICLES = Path(__file__).parent.parent / "articles"
# Whatever splits words for Python or for the tokenizer, and what either drops or takes apart.
SPACES = "\t\n\r\x0b\x0c\x1c\x1f\x85\xa0\xad\u1680\u2003\u2028\u2029\u200b\u3000"
ODD = f"{SPACES}aBé ß.,'’“-\u0301中😀\0\ufffd"


@pytest.fixture(scope="module")
def tokenizer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WordPiece tokenizer of BERT's kind with a small vocabulary."""
    pieces = [*"abcdefghijklmnopqrstuvwxyz0123456789.,'-", "trip", "the", "##ing", "##s", "中"]
    pieces += [f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz0123456789"]
    vocabulary = {piece: number for number, piece in enumerate(["[UNK]", *pieces])}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.enable_truncation(8)
    tokenizer.enable_padding(length=8)
    file = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    tokenizer.save(str(file))
    return file


@pytest.fixture(scope="module")
def counter(tokenizer_file: Path) -> WordPieceTokenCounter:
    return WordPieceTokenCounter(tokenizer_file, max_tokens=256)


@pytest.fixture(scope="module")
def oracle(tokenizer_file: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def exact(tokenizer: Tokenizer, text: str) -> int:
    return len(tokenizer.encode(text, add_special_tokens=False).ids)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("the trip", 2),
        ("the trips", 3),
        ("The Trip.", 3),
        ("the the the the the the the the the the", 10),
        ("中中", 2),
        ("trip\x1cs", 2),
        ("trip\x85s", 2),
        ("trip\u2003s", 2),
    ],
)
def test_tokens_are_counted(counter: WordPieceTokenCounter, text: str, count: int) -> None:
    assert counter.count_tokens(text) == count


@given(st.text() | st.text(alphabet=ODD) | st.text(alphabet="trip the s\x0b\x85"))
def test_counts_are_those_of_the_tokenizer(
    counter: WordPieceTokenCounter, oracle: Tokenizer, text: str
) -> None:
    assert counter.count_tokens(text) == exact(oracle, text)
    assert counter.count_tokens(text) == exact(oracle, text)


def test_the_limit_is_the_embedders(counter: WordPieceTokenCounter) -> None:
    assert counter.max_tokens == 256


# With the embedder's own tokenizer


@pytest.fixture(scope="module")
def real(minilm_folder: Path) -> WordPieceTokenCounter:
    return WordPieceTokenCounter(minilm_folder / "tokenizer.json", max_tokens=256)


@pytest.fixture(scope="module")
def real_oracle(minilm_folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(minilm_folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@pytest.mark.model
@settings(max_examples=200)
@given(st.text() | st.text(alphabet=ODD) | st.text(alphabet="[]CLSEPUNK \x0b\x85trip"))
def test_counts_are_those_of_the_embedders_tokenizer(
    real: WordPieceTokenCounter, real_oracle: Tokenizer, text: str
) -> None:
    assert real.count_tokens(text) == exact(real_oracle, text)


@pytest.mark.model
@settings(max_examples=50)
@given(
    st.text(min_size=1, max_size=400) | st.text(alphabet=ODD, min_size=1, max_size=400),
    st.text(max_size=2000),
)
def test_what_is_embedded_never_exceeds_the_embedders_limit(
    real: WordPieceTokenCounter, real_oracle: Tokenizer, title: str, text: str
) -> None:
    article = Article("1", title, text, publisher=title)
    for chunk in split_chunks(text, real.count_tokens, ChunkSettings(200)):
        embedded = fitted_text(article, text[chunk.start : chunk.end], real)
        assert exact(real_oracle, embedded) + SPECIAL_TOKENS <= real.max_tokens


@pytest.mark.model
def test_chunks_of_real_articles_with_their_heading_fit_the_embedder(
    real: WordPieceTokenCounter, real_oracle: Tokenizer
) -> None:
    raw = [each for each in read(ARTICLES) if isinstance(each, RawArticle)]
    counted = 0
    for each in raw:
        article = Article("1", each.title or "", each.text, publisher=each.publisher)
        for chunk in split_chunks(each.text, real.count_tokens, ChunkSettings(254)):
            text = each.text[chunk.start : chunk.end]
            assert exact(real_oracle, text) <= chunk.tokens
            assert exact(real_oracle, fitted_text(article, text, real)) + SPECIAL_TOKENS <= 256
            counted += 1
    assert counted > len(raw) > 20
