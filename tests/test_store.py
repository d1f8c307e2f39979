import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ArchiveError
from rag.store import ChunkedArticle, Store
from rag.types import AddReport, Article, Chunk, DateOrigin, Limits

ARTICLE = Article(
    id="a",
    title="Trip confirmed",
    text="He goes on Sunday. He returns on Monday.",
    publisher="AP",
    author="Jane Doe",
    url="https://example.org/a",
    published=date(2023, 6, 14),
    published_origin=DateOrigin.TEXT,
)
CHUNKS = (Chunk(0, 18, 4), Chunk(19, 40, 4))


def chunked(article: Article, chunking: str = "200") -> ChunkedArticle:
    return ChunkedArticle(article, CHUNKS, chunking)


def write(store: Store, *articles: Article, chunking: str = "200") -> AddReport:
    report = AddReport()
    store.write([chunked(article, chunking) for article in articles], report)
    return report


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_an_article_is_read_as_it_was_written(store: Store) -> None:
    moment = replace(ARTICLE, id="b", published=datetime(2023, 6, 14, 9, 30, tzinfo=UTC), text="x")
    write(store, ARTICLE, moment)
    assert store.article("a") == ARTICLE
    assert store.article("b") == moment
    assert store.article("c") is None


def test_each_commit_raises_the_generation_only_when_something_changed(store: Store) -> None:
    write(store, ARTICLE)
    assert store.generation == 1
    assert write(store, ARTICLE).unchanged == ["a"]
    assert store.generation == 1


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(ARTICLE, text="He goes on Tuesday. He returns never."), id="text"),
        pytest.param(replace(ARTICLE, title="Trip put off"), id="title"),
        pytest.param(replace(ARTICLE, published=None), id="date"),
        pytest.param(replace(ARTICLE, url=None), id="url"),
    ],
)
def test_a_changed_article_replaces_the_one_before(store: Store, changed: Article) -> None:
    write(store, ARTICLE)
    assert write(store, changed).updated == ["a"]
    assert len(store) == 1
    assert store.article("a") == changed
    assert store.count_chunks() == 2


def test_other_chunk_settings_make_the_article_new(store: Store) -> None:
    write(store, ARTICLE, chunking="200")
    assert write(store, ARTICLE, chunking="100").updated == ["a"]


def test_an_article_with_the_same_content_is_left_out(store: Store) -> None:
    copy = replace(ARTICLE, id="b", url="https://example.org/b", published=date(2023, 6, 15))
    assert write(store, ARTICLE, copy).duplicates == {"b": "a"}
    assert len(store) == 1


def test_the_same_words_of_another_publisher_are_another_article(store: Store) -> None:
    reprint = replace(ARTICLE, id="b", publisher="Reuters")
    assert write(store, ARTICLE, reprint).added == ["a", "b"]


def test_removing_takes_chunks_and_vectors_along(store: Store) -> None:
    write(store, ARTICLE)
    store.write_vectors([1, 2], np.eye(2, dtype=np.float32))
    assert store.remove("a")
    assert not store.remove("a")
    assert (len(store), store.count_chunks(), store.count_vectors()) == (0, 0, 0)


def test_chunk_ids_are_never_given_again(store: Store) -> None:
    write(store, ARTICLE)
    store.remove("a")
    write(store, ARTICLE)
    assert [passage.chunk_id for passage in store.chunks_without_vector(9)] == [4, 3]


def test_passages_keep_the_order_they_are_asked_in(store: Store) -> None:
    write(store, ARTICLE)
    passages = store.passages({2: 0.5, 99: 0.4, 1: 0.3})
    assert [(passage.text, passage.score) for passage in passages] == [
        ("He returns on Monday.", 0.5),
        ("He goes on Sunday.", 0.3),
    ]


def test_changes_since_a_generation_are_told(store: Store) -> None:
    write(store, ARTICLE)
    write(store, replace(ARTICLE, id="b", text="Other words. And others."))
    store.remove("a")
    assert [stored.article.id for stored in store.articles_since(1)] == ["b"]
    (removal,) = store.removals_since(2)
    assert (removal.article_key, list(removal.chunk_ids)) == (1, [1, 2])


def test_vectors_come_back_in_half_precision(store: Store) -> None:
    write(store, ARTICLE)
    rows = np.array([[0.6, 0.8], [1.0, 0.0]], dtype=np.float32)
    store.write_vectors([1, 2], rows)
    ids, vectors = store.vectors_since(0, 2)
    assert ids.tolist() == [1, 2]
    assert vectors == pytest.approx(rows, abs=1e-3)
    assert store.vectors_since(store.generation, 2)[0].tolist() == []


def test_a_vector_of_a_chunk_removed_meanwhile_is_passed_over(store: Store) -> None:
    write(store, ARTICLE)
    store.write_vectors([2, 99], np.eye(2, dtype=np.float32))
    assert store.vectors_since(0, 2)[0].tolist() == [2]


def test_another_embedders_vectors_are_dropped(store: Store) -> None:
    write(store, ARTICLE)
    assert not store.claim_embedder("minilm")
    store.write_vectors([1, 2], np.eye(2, dtype=np.float32))
    assert not store.claim_embedder("minilm")
    assert store.count_vectors() == 2
    assert store.claim_embedder("other")
    assert store.count_vectors() == 0


FILTERED = [
    replace(ARTICLE, id="june", text="June one. June two.", published=date(2023, 6, 1)),
    replace(
        ARTICLE,
        id="july",
        text="July one. July two.",
        publisher="Reuters",
        published=datetime(2023, 7, 1, 23, 59, tzinfo=UTC),
    ),
    replace(ARTICLE, id="never", text="Some one. Some two.", publisher=None, published=None),
]


@pytest.mark.parametrize(
    ("limits", "chunk_ids"),
    [
        pytest.param(Limits(), [1, 2, 3, 4, 5, 6], id="none"),
        pytest.param(Limits(published_from=date(2023, 7, 1)), [3, 4], id="from"),
        pytest.param(Limits(published_to=date(2023, 6, 30)), [1, 2], id="to"),
        pytest.param(Limits(publishers=("reuters", "AP")), [1, 2, 3, 4], id="publishers"),
        pytest.param(
            Limits(published_to=date(2023, 6, 30), publishers=("Reuters",)), [], id="both"
        ),
    ],
)
def test_limits_choose_chunks(store: Store, limits: Limits, chunk_ids: list[int]) -> None:
    write(store, *FILTERED)
    assert store.matching_chunks(limits).tolist() == chunk_ids


def test_publishers_are_compared_in_any_case_of_any_alphabet(store: Store) -> None:
    write(store, replace(ARTICLE, publisher="ÉCHO"))
    assert store.matching_chunks(Limits(publishers=("écho",))).tolist() == [1, 2]


def test_articles_come_newest_first_and_those_without_a_date_last(store: Store) -> None:
    write(store, *FILTERED)
    assert [article.id for article in store.articles()] == ["july", "june", "never"]
    assert [article.id for article in store.newest(Limits(), offset=0, count=9)] == [
        *("july", "june", "never")
    ]


def test_publishers_are_counted(store: Store) -> None:
    write(store, *FILTERED, replace(ARTICLE, id="again", text="Other words. Still others."))
    assert store.publishers() == {"AP": 2, "Reuters": 1}


@pytest.mark.parametrize(
    ("limits", "ids"),
    [
        pytest.param(Limits(), ["5", "4", "3", "2", "1", "0"], id="none"),
        pytest.param(Limits(published_from=date(2023, 6, 5)), ["5", "4"], id="from"),
        pytest.param(Limits(published_to=date(2023, 6, 2)), ["1", "0"], id="to"),
        pytest.param(Limits(publishers=("ap",)), ["4", "2", "0"], id="publisher"),
        pytest.param(
            Limits(publishers=("AP", "Reuters")), ["5", "4", "3", "2", "1", "0"], id="two"
        ),
        pytest.param(Limits(publishers=("Unheard Of",)), [], id="unknown"),
    ],
)
def test_articles_are_paged_through_within_limits(
    store: Store, limits: Limits, ids: list[str]
) -> None:
    publishers = ("AP", "Reuters")
    write(
        store,
        *(
            replace(
                ARTICLE,
                id=str(number),
                text=f"One of {number}. Two of {number}.",
                publisher=publishers[number % 2],
                published=date(2023, 6, number + 1),
            )
            for number in range(6)
        ),
    )
    pages = [store.newest(limits, offset=offset, count=4) for offset in (0, 4)]
    assert [article.id for page in pages for article in page] == ids
    assert store.count_within(limits) == len(ids)


def test_of_one_day_the_article_added_last_comes_first(store: Store) -> None:
    later = replace(ARTICLE, id="later", text="He went on Sunday. He returned on Monday.")
    write(store, ARTICLE, later)
    assert [article.id for article in store.newest(Limits(), offset=0, count=2)] == ["later", "a"]


def test_an_older_archive_is_given_what_browsing_needs(store: Store, tmp_path: Path) -> None:
    write(store, *FILTERED)
    store.close()
    with closing(sqlite3.connect(tmp_path / "archive.sqlite")) as older:
        older.execute("DROP INDEX articles_by_publisher_and_day")
    reopened = Store(tmp_path)
    assert reopened.publishers() == {"AP": 1, "Reuters": 1}
    reopened.close()
    with closing(sqlite3.connect(tmp_path / "archive.sqlite")) as now:
        [(count,)] = now.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'articles_by_publisher_and_day'"
        )
    assert count == 1


def test_a_file_that_is_no_database_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").write_text("these are no articles, these are words " * 50)
    with pytest.raises(ArchiveError, match="not an archive's database; name another folder"):
        Store(tmp_path)


def test_an_archive_of_another_version_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store._database.set_fact("schema", "99")
    store.close()
    with pytest.raises(ArchiveError, match="made by another version"):
        Store(tmp_path)


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="check the permissions"):
        Store(tmp_path / "nowhere")


def test_a_batch_is_stored_whole_or_not_at_all(store: Store) -> None:
    broken = ChunkedArticle(replace(ARTICLE, id="b", text="y"), [Chunk(0, None, 1)], "200")  # type: ignore[arg-type]
    report = AddReport()
    with pytest.raises(ArchiveError):
        store.write([chunked(ARTICLE), broken], report)
    assert len(store) == 0
    assert report == AddReport()
