from pathlib import Path

import pytest

from rag.errors import ReadError
from rag.readers.text import MAX_BYTES, read_markdown, read_text
from rag.types import RawArticle


def test_text_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt"
    path.write_bytes("Bridge opens\r\n\r\nThe bridge opened – at last.\n".encode())

    assert list(read_text(path)) == [
        RawArticle(str(path), "Bridge opens\r\n\r\nThe bridge opened – at last.\n")
    ]


def test_text_larger_than_an_article_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(61_000_000)

    with pytest.raises(ReadError) as refusal:
        list(read_text(path))

    assert str(refusal.value) == (
        f"{path} is 61 MB of text, more than one article can be (50 MB); "
        "split it, or give it as .jsonl"
    )


def test_text_of_just_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"A long day.\n" * (MAX_BYTES // 12) + b"The end.")

    [article] = read_text(path)

    assert article.text.endswith("A long day.\nThe end.")


MARKDOWN = """\
---
title: "Ferry back in service"
date: 2023-05-02
publisher: Harbour Times
author: Lena Voss
tags: [sea, ferry]
---
# Ferry back in service

Ferries **sailed** again on [Tuesday](https://ferry.example/timetable),
said `harbour.py`, the harbour's newsletter.

![The pier at dawn](pier.jpg)

- First boat: 6 am
- Last boat: 11 pm

> Nobody slept, a passenger said.

| Boat | Seats |
|------|-------|
| Anna | 300   |

<p>Fares stay &amp; will stay the same.</p>
<!-- to be checked -->
"""


def test_markdown_loses_its_marks_and_keeps_its_words(tmp_path: Path) -> None:
    path = tmp_path / "ferry.md"
    path.write_text(MARKDOWN, encoding="utf-8")

    [article] = read_markdown(path)

    assert article.text.split("\n\n") == [
        "Ferry back in service",
        "Ferries sailed again on Tuesday,\nsaid harbour.py, the harbour's newsletter.",
        "First boat: 6 am",
        "Last boat: 11 pm",
        "Nobody slept, a passenger said.",
        "Boat | Seats",
        "Anna | 300",
        "Fares stay & will stay the same.",
    ]


def test_front_matter_states_title_date_publisher_and_author(tmp_path: Path) -> None:
    path = tmp_path / "ferry.md"
    path.write_text(MARKDOWN, encoding="utf-8")

    [article] = read_markdown(path)

    assert (article.title, article.published, article.publisher, article.author) == (
        "Ferry back in service",
        "2023-05-02",
        "Harbour Times",
        "Lena Voss",
    )


def test_first_heading_is_the_title_of_markdown_without_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "ferry.md"
    path.write_text("# Ferry *back* in service\n\nIt sailed.\n", encoding="utf-8")

    assert list(read_markdown(path)) == [
        RawArticle(str(path), "It sailed.", title="Ferry back in service")
    ]


def test_text_of_a_markdown_file_is_not_taken_from_its_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "ferry.md"
    path.write_text("---\ntext: draft\n---\nIt sailed.\n", encoding="utf-8")

    [article] = read_markdown(path)

    assert article.text == "It sailed."


def test_markdown_without_words_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "only.md"
    path.write_text("![Pier](pier.jpg)\n", encoding="utf-8")

    with pytest.raises(ReadError, match=r"only\.md is empty; there is no text in it"):
        list(read_markdown(path))
