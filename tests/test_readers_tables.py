import gzip
import json
import lzma
from collections.abc import Iterable
from pathlib import Path

import pytest

from rag.errors import ReadError
from rag.readers.tables import PIECE, read_csv, read_json, read_json_lines
from rag.types import FailedSource, RawArticle

BRIDGE = {"title": "Bridge opens", "text": "It opened on Monday."}
FERRY = {"title": "Ferry sails", "text": "It sailed – at last."}


def write(path: Path, content: str) -> Path:
    path.write_bytes(content.encode())
    return path


def texts(outcomes: Iterable[RawArticle | FailedSource]) -> list[str]:
    return [o.text if isinstance(o, RawArticle) else o.reason for o in outcomes]


def test_each_line_is_an_article_named_by_its_number(tmp_path: Path) -> None:
    path = write(tmp_path / "dump.jsonl", f"{json.dumps(BRIDGE)}\n\n{json.dumps(FERRY)}\n")

    assert list(read_json_lines(path)) == [
        RawArticle(f"{path}, line 1", "It opened on Monday.", title="Bridge opens"),
        RawArticle(f"{path}, line 3", "It sailed – at last.", title="Ferry sails"),
    ]


def test_reading_goes_on_after_wrong_lines(tmp_path: Path) -> None:
    lines = [json.dumps(BRIDGE), '{"text": "cut', '["text"]', '{"title": "no"}', json.dumps(FERRY)]
    path = write(tmp_path / "dump.jsonl", "\n".join(lines))

    assert texts(read_json_lines(path)) == [
        "It opened on Monday.",
        f"{path}, line 2 is not valid JSON (Unterminated string starting, character 10); mend it",
        f"{path}, line 3 is ['text'], not an object with named fields; make it one",
        f"{path}, line 4 has no column for an article's text, only title; "
        "name it text or body or content",
        "It sailed – at last.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("[" * 100_000, id="deep-nesting"),
        pytest.param('{"text": ' + "1" * 5000 + "}", id="endless-number"),
    ],
)
def test_monstrous_line_is_one_failure(tmp_path: Path, line: str) -> None:
    path = write(tmp_path / "dump.jsonl", f"{line}\n{json.dumps(BRIDGE)}\n")

    failure, article = read_json_lines(path)

    assert isinstance(failure, FailedSource)
    assert failure.source == f"{path}, line 1"
    assert isinstance(article, RawArticle)


def test_table_that_begins_with_failures_only_is_given_up(tmp_path: Path) -> None:
    path = write(tmp_path / "log.jsonl", "GET /index.html\n" * 1000)
    outcomes = read_json_lines(path)

    failures = [next(outcomes) for _ in range(20)]

    assert all(isinstance(failure, FailedSource) for failure in failures)
    with pytest.raises(ReadError) as refusal:
        next(outcomes)
    assert str(refusal.value) == (
        f"{path} begins with 20 records that are no articles, the rest was left; "
        "each must be an object with a text or body or content"
    )


def test_table_is_not_given_up_after_an_article(tmp_path: Path) -> None:
    path = write(tmp_path / "dump.jsonl", json.dumps(BRIDGE) + "\nno JSON" * 50)

    assert len(list(read_json_lines(path))) == 51


def test_blank_table_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "dump.jsonl", "\n\n")

    with pytest.raises(ReadError, match=r"dump\.jsonl is empty; there are no records in it"):
        list(read_json_lines(path))


def test_binary_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_bytes(b"\x00\x01\x02")

    with pytest.raises(ReadError, match=r"dump\.jsonl is not text but binary data"):
        list(read_json_lines(path))


def test_first_article_is_yielded_before_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(f"{json.dumps(BRIDGE)}\n" * 20_000)
    path.write_bytes(path.read_bytes()[:-50])

    assert next(read_json_lines(path)) == RawArticle(
        f"{path}, line 1", "It opened on Monday.", title="Bridge opens"
    )


@pytest.mark.parametrize("opener", [gzip.open, lzma.open], ids=["gz", "xz"])
def test_packed_lines_are_unpacked(tmp_path: Path, opener: type[gzip.GzipFile]) -> None:
    path = tmp_path / f"dump.jsonl.{'gz' if opener is gzip.open else 'xz'}"
    with opener(path, "wb") as file:
        file.write(json.dumps(FERRY, ensure_ascii=False).encode())

    assert texts(read_json_lines(path)) == ["It sailed – at last."]


@pytest.mark.parametrize("ending", ["gz", "xz"])
def test_cut_off_packed_table_yields_what_came_before(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"dump.jsonl.{ending}"
    opener = gzip.open if ending == "gz" else lzma.open
    with opener(path, "wb") as file:
        for number in range(20_000):
            file.write(json.dumps({"text": f"{number} {number * 7919}"}).encode() + b"\n")
    path.write_bytes(path.read_bytes()[: -path.stat().st_size // 4])
    outcomes = read_json_lines(path)

    assert texts([next(outcomes)]) == ["0 0"]
    with pytest.raises(ReadError) as refusal:
        list(outcomes)
    assert str(refusal.value) == (
        f"{path} is damaged or cut short; what came before was read, get the whole file"
    )


def test_plain_file_with_a_packed_name_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "dump.jsonl.gz", json.dumps(BRIDGE))

    with pytest.raises(ReadError, match="is damaged or cut short"):
        list(read_json_lines(path))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(json.dumps([BRIDGE, FERRY]), id="array"),
        pytest.param(json.dumps([BRIDGE, FERRY], indent=2), id="indented-array"),
        pytest.param(f"{json.dumps(BRIDGE, indent=1)}\n{json.dumps(FERRY)}", id="objects"),
    ],
)
def test_json_holds_records_in_an_array_or_one_after_the_other(
    tmp_path: Path, content: str
) -> None:
    path = write(tmp_path / "dump.json", content)

    assert list(read_json(path)) == [
        RawArticle(f"{path}, record 1", "It opened on Monday.", title="Bridge opens"),
        RawArticle(f"{path}, record 2", "It sailed – at last.", title="Ferry sails"),
    ]


def test_json_records_may_be_longer_than_a_piece(tmp_path: Path) -> None:
    long = "A sentence. " * (3 * PIECE // 12)
    path = write(tmp_path / "dump.json", json.dumps([BRIDGE, {"text": long}, FERRY]))

    assert texts(read_json(path)) == ["It opened on Monday.", long.strip(), "It sailed – at last."]


def test_broken_json_yields_what_came_before(tmp_path: Path) -> None:
    path = write(tmp_path / "dump.json", f"[{json.dumps(BRIDGE)}, {{'text': 'no'}}]")
    outcomes = read_json(path)

    assert texts([next(outcomes)]) == ["It opened on Monday."]
    with pytest.raises(ReadError, match=r"dump\.json is not valid JSON near \"\{'text': 'no'\}\""):
        next(outcomes)


@pytest.mark.parametrize(
    "delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"]
)
def test_rows_are_articles_whatever_separates_the_columns(tmp_path: Path, delimiter: str) -> None:
    rows = [["Title", "Text"], ["Bridge opens", '"It opened,\n; | \tthen ""closed""."']]
    path = write(tmp_path / "dump.csv", "\r\n".join(delimiter.join(row) for row in rows))

    assert list(read_csv(path)) == [
        RawArticle(f"{path}, row 1", 'It opened,\n; | \tthen "closed".', title="Bridge opens")
    ]


def test_csv_of_a_spreadsheet_with_mark_and_accents_is_read(tmp_path: Path) -> None:
    path = tmp_path / "dump.csv"
    path.write_bytes(b"\xef\xbb\xbftext\r\n" + "Café ouvert.\r\n".encode())

    assert texts(read_csv(path)) == ["Café ouvert."]


def test_csv_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "dump.csv"
    path.write_bytes("title,text\nCafé,“It’s open” – the café’s owner.".encode("cp1252"))

    [article] = read_csv(path)

    assert isinstance(article, RawArticle)
    assert article.title == "Café"


def test_cell_may_be_longer_than_the_csv_module_allows_by_itself(tmp_path: Path) -> None:
    long = "word " * 60_000
    path = write(tmp_path / "dump.csv", f'text\n"{long}"\n')

    assert texts(read_csv(path)) == [long.strip()]


def test_csv_without_a_column_of_text_says_what_it_has(tmp_path: Path) -> None:
    path = write(tmp_path / "prices.csv", "day,price\n1,2\n")

    with pytest.raises(ReadError) as refusal:
        list(read_csv(path))

    assert str(refusal.value) == (
        f"{path} has no column for an article's text, only day, price; "
        "name it text or body or content"
    )


def test_row_with_too_many_cells_fails_and_the_next_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "dump.csv", "title,text\nBridge,It opened, then closed\nFerry,Sailed\n")

    assert texts(read_csv(path)) == [
        f"{path}, row 1 has 3 cells for 2 columns; put its text in quotes",
        "Sailed",
    ]
