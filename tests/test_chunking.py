import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chunking import ChunkSettings, embedded_text, fitted_text, heading, split_chunks
from rag.types import Article
from tests.fakes import WordCounter

SIX = "One two three. Four five. Six. Seven eight nine ten. Eleven. Twelve thirteen."


def count_words(text: str) -> int:
    """Count as WordPiece does: punctuation stands by itself."""
    return len(re.findall(r"\w+|[^\w\s]", text.replace(".", "")))


def chunks(text: str, tokens: int, overlap: int) -> list[str]:
    made = split_chunks(text, count_words, ChunkSettings(tokens, overlap))
    return [text[chunk.start : chunk.end] for chunk in made]


def test_chunks_are_whole_sentences_up_to_the_limit() -> None:
    assert chunks(SIX, 6, 0) == [
        "One two three. Four five. Six.",
        "Seven eight nine ten. Eleven.",
        "Twelve thirteen.",
    ]


def test_each_chunk_begins_with_the_last_sentence_of_the_one_before() -> None:
    assert chunks(SIX, 6, 1) == [
        "One two three. Four five. Six.",
        "Six. Seven eight nine ten. Eleven.",
        "Eleven. Twelve thirteen.",
    ]


def test_overlap_is_left_out_where_the_next_sentence_would_not_fit() -> None:
    assert chunks("One two three four. Five six.", 4, 1) == ["One two three four.", "Five six."]


def test_a_sentence_longer_than_a_chunk_is_divided_between_words() -> None:
    assert chunks("one two three four five six seven", 4, 0) == [
        "one two three",
        "four five six seven",
    ]


def test_endless_words_are_divided_too() -> None:
    assert [len(chunk) for chunk in chunks("a" * 100, 1, 0)] == [12, 13, 12, 13, 12, 13, 12, 13]


def test_token_counts_are_those_of_the_slice() -> None:
    made = split_chunks(SIX, count_words, ChunkSettings(6, 1))
    assert [chunk.tokens for chunk in made] == [6, 6, 3]


@given(
    st.text() | st.text(alphabet='aA .!?\n"“”()。1-\t\x85\u3000😀'),
    st.integers(1, 30),
    st.integers(0, 3),
)
def test_chunks_hold_every_character_and_never_more_than_the_limit(
    text: str, tokens: int, overlap: int
) -> None:
    made = split_chunks(text, count_words, ChunkSettings(tokens, overlap))
    covered = bytearray(len(text))
    for chunk in made:
        assert 0 <= chunk.start < chunk.end <= len(text)
        assert count_words(text[chunk.start : chunk.end]) <= chunk.tokens <= tokens
        covered[chunk.start : chunk.end] = b"\1" * (chunk.end - chunk.start)
    assert all(held or text[place].isspace() for place, held in enumerate(covered))
    assert [chunk.start for chunk in made] == sorted({chunk.start for chunk in made})


ARTICLE = Article("1", "Trip confirmed", "x", publisher="AP", published=date(2023, 6, 14))


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        pytest.param(ARTICLE, "Trip confirmed. AP, 14 June 2023.", id="all"),
        pytest.param(Article("1", "Trip confirmed", "x"), "Trip confirmed.", id="title-only"),
        pytest.param(Article("1", "", "x", publisher="AP"), "AP.", id="publisher-only"),
        pytest.param(Article("1", "", "x"), "", id="nothing"),
    ],
)
def test_heading_names_title_publisher_and_date(article: Article, expected: str) -> None:
    assert heading(article) == expected


def test_what_is_embedded_begins_with_the_heading() -> None:
    assert embedded_text(ARTICLE, "He went.") == "Trip confirmed. AP, 14 June 2023.\nHe went."


def test_the_heading_gives_way_to_the_embedders_limit() -> None:
    counter = WordCounter(max_tokens=8)
    assert fitted_text(ARTICLE, "He went there.", counter) == "Trip confirmed. AP,\nHe went there."
