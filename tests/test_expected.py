import gzip
from pathlib import Path

import pytest

from rag.expected import expected_records

LINES = '{"text": "one"}\n{"text": "two"}\n{"text": "three"}\n'
TABLE = 'title,text\nOne,"first\nsecond line"\nTwo,text\n'


def write(file: Path, text: str | bytes = "text") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


@pytest.mark.parametrize(
    ("name", "content", "count"),
    [
        ("a.txt", "text", 1),
        ("a.jsonl", LINES, 3),
        ("a.JSONL", LINES, 3),
        ("a.jsonl.gz", gzip.compress(LINES.encode()), 3),
        ("a.csv", TABLE, 3),
        ("a.jsonl", "", 0),
    ],
)
def test_records_of_a_file_are_counted(
    tmp_path: Path, name: str, content: str | bytes, count: int
) -> None:
    assert expected_records([write(tmp_path / name, content)]) == count


def test_files_and_tables_of_a_folder_are_added_up(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", LINES)
    write(tmp_path / "below" / "further" / "b.txt")
    assert expected_records([tmp_path, str(tmp_path / "a.jsonl")]) == 7
    assert expected_records([]) == 0


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("https://example.org/feed", id="address"),
        pytest.param("a.parquet", id="parquet"),
        pytest.param("missing.jsonl", id="missing-table"),
        pytest.param("x" * 5000, id="name-too-long"),
    ],
)
def test_what_cannot_be_counted_leaves_the_total_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert expected_records([write(tmp_path / "a.txt"), source]) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.jsonl", b"\0\1\2", id="binary"),
        pytest.param("a.jsonl.gz", b"no gzip", id="not-packed"),
        pytest.param("a.jsonl.gz", gzip.compress(LINES.encode() * 100)[:60], id="cut-short"),
        pytest.param("a.jsonl.xz", b"\xfd7zXZ\0", id="damaged"),
    ],
)
def test_a_damaged_table_leaves_the_total_open(tmp_path: Path, name: str, content: bytes) -> None:
    assert expected_records([write(tmp_path / name, content)]) is None


@pytest.mark.parametrize("source", ["", "~nobody-here/a.txt", "nothing\0.txt"])
def test_odd_names_count_as_one_that_will_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.jsonl", LINES)
    assert expected_records([source]) == 1
