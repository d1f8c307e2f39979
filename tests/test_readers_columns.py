import pytest

from rag.errors import ReadError
from rag.readers.columns import article_of, field_of
from rag.types import RawArticle


@pytest.mark.parametrize(
    ("column", "field"),
    [
        pytest.param("text", "text", id="ours"),
        pytest.param("Body", "text", id="capital"),
        pytest.param("content", "text", id="content"),
        pytest.param("HEADLINE", "title", id="headline"),
        pytest.param("doc_id", "id", id="doc_id"),
        pytest.param("article_id", "id", id="article_id"),
        pytest.param("publish_date", "published", id="publish_date"),
        pytest.param("publishedAt", "published", id="camel-case"),
        pytest.param("Publish Date", "published", id="with-space"),
        pytest.param("authors", "author", id="authors"),
        pytest.param("source", "publisher", id="source"),
        pytest.param("first_seen", None, id="unknown"),
    ],
)
def test_other_spellings_are_understood(column: str, field: str | None) -> None:
    assert field_of(column) == field


def test_record_becomes_an_article() -> None:
    record = {
        "doc_id": 7,
        "Headline": "Bridge opens",
        "body": "It opened.",
        "authors": ["Jane Doe", "Ali Khan"],
        "source": {"id": None, "name": "Harbour Times"},
        "publish_date": "2023/05/02",
        "url": "https://harbour.example/bridge",
        "first_seen": "20230601",
    }

    assert article_of(record, "dump.jsonl, line 1") == RawArticle(
        "dump.jsonl, line 1",
        "It opened.",
        id="7",
        title="Bridge opens",
        publisher="Harbour Times",
        author="Jane Doe, Ali Khan",
        url="https://harbour.example/bridge",
        published="2023/05/02",
    )


def test_our_own_name_counts_before_other_peoples() -> None:
    article = article_of({"content": "Teaser […]", "text": "All of it.", "body": "B"}, "d")

    assert article.text == "All of it."


def test_empty_column_leaves_the_field_to_the_next_name() -> None:
    article = article_of({"text": " ", "body": "All of it.", "published": None, "date": "2"}, "d")

    assert (article.text, article.published) == ("All of it.", "2")


def test_source_that_is_an_address_is_the_url() -> None:
    article = article_of({"text": "T.", "source": "https://harbour.example/a"}, "d")

    assert (article.url, article.publisher) == ("https://harbour.example/a", None)


def test_list_of_authors_written_out_is_read() -> None:
    assert article_of({"text": "T.", "authors": "['Jane Doe', \"Pat O'Hara\"]"}, "d").author == (
        "Jane Doe, Pat O'Hara"
    )


def test_paragraphs_in_a_list_are_joined() -> None:
    assert article_of({"text": ["One.", "", "Two."]}, "d").text == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(1686700800, "1686700800", id="epoch"),
        pytest.param(1686700800.0, "1686700800", id="epoch-as-float"),
        pytest.param(float("nan"), None, id="not-a-number"),
        pytest.param(True, None, id="boolean"),
        pytest.param({"date": "2023"}, None, id="object-without-name"),
        pytest.param("  2023-05-02 ", "2023-05-02", id="surrounding-space"),
    ],
)
def test_values_of_any_type_become_text(value: object, text: str | None) -> None:
    assert article_of({"text": "T.", "date": value}, "d").published == text


def test_record_without_text_says_what_it_has_and_what_would_do() -> None:
    with pytest.raises(ReadError) as refusal:
        article_of({"title": "T", "summary": "S"}, "dump.jsonl, line 3")

    assert str(refusal.value) == (
        "dump.jsonl, line 3 has no column for an article's text, only title, summary; "
        "name it text or body or content"
    )


def test_record_with_empty_text_is_refused() -> None:
    with pytest.raises(ReadError) as refusal:
        article_of({"title": "T", "text": "\n"}, "dump.jsonl, line 3")

    assert str(refusal.value) == (
        "dump.jsonl, line 3 has an empty text; its columns are title, text"
    )


def test_only_some_of_very_many_columns_are_named() -> None:
    with pytest.raises(ReadError, match=r"only c0, c1, .*, c11, …; name it"):
        article_of({f"c{number}": "" for number in range(500)}, "wide.csv, row 1")
