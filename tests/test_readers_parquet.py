from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rag.errors import ReadError
from rag.readers.parquet import read_parquet
from rag.types import FailedSource, RawArticle


def write(path: Path, columns: dict[str, list[object]]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_rows_are_articles(tmp_path: Path) -> None:
    path = write(
        tmp_path / "dump.parquet",
        {
            "id": [7, None],
            "Text": ["It opened.", "It sailed."],
            "authors": [["Jane Doe", "Ali Khan"], []],
            "published": [datetime(2023, 5, 2, 8, 30, tzinfo=UTC), None],
            "clicks": [3, 4],
        },
    )

    assert list(read_parquet(path)) == [
        RawArticle(
            f"{path}, row 1",
            "It opened.",
            id="7",
            author="Jane Doe, Ali Khan",
            published="2023-05-02T08:30:00+00:00",
        ),
        RawArticle(f"{path}, row 2", "It sailed."),
    ]


def test_dates_keep_their_day(tmp_path: Path) -> None:
    path = write(tmp_path / "dump.parquet", {"text": ["T."], "date": [date(2023, 5, 2)]})

    [article] = read_parquet(path)

    assert isinstance(article, RawArticle)
    assert article.published == "2023-05-02"


def test_times_in_nanoseconds_are_read(tmp_path: Path) -> None:
    times = pa.array([1_683_016_200_123_456_789], pa.timestamp("ns"))
    pq.write_table(pa.table({"text": ["T."], "date": times}), tmp_path / "dump.parquet")

    [article] = read_parquet(tmp_path / "dump.parquet")

    assert isinstance(article, RawArticle)
    assert (article.published or "").startswith("2023-05-02T08:30:00.123456")


def test_row_without_text_fails_and_the_next_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "dump.parquet", {"text": [None, "It sailed."]})

    assert list(read_parquet(path)) == [
        FailedSource(f"{path}, row 1", f"{path}, row 1 has an empty text; its columns are text"),
        RawArticle(f"{path}, row 2", "It sailed."),
    ]


def test_table_without_a_column_of_text_says_what_it_has(tmp_path: Path) -> None:
    path = write(tmp_path / "prices.parquet", {"day": [1], "price": [2]})

    with pytest.raises(ReadError, match="has no column for an article's text, only day, price;"):
        list(read_parquet(path))


@pytest.mark.parametrize("keep", [0.2, 0.9], ids=["mostly-missing", "end-missing"])
def test_cut_off_file_is_refused(tmp_path: Path, keep: float) -> None:
    path = write(tmp_path / "dump.parquet", {"text": ["It opened."] * 100})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])

    with pytest.raises(ReadError) as refusal:
        list(read_parquet(path))

    assert str(refusal.value) == f"{path} is not a whole Parquet file; get it again"
