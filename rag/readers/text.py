"""Plain text and Markdown files."""

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rag.errors import ReadError
from rag.readers.columns import article_of
from rag.readers.encoding import decode
from rag.types import RawArticle

MAX_BYTES = 50_000_000  # of one file that is one article
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FRONT_MATTER_LINE = re.compile(r"(\w[\w -]*?)\s*:\s*(.+)")
MARKUP = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file that holds one article.

    Raises:
        ReadError: it is larger than an article can be.
        OSError: it cannot be read.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ReadError(
            f"{path} is {ceil(size / 1e6)} MB of text, more than one article can be "
            f"({MAX_BYTES // 1_000_000} MB); split it, or give it as .jsonl"
        )
    return path.read_bytes()


def read_text(path: Path) -> Iterator[RawArticle]:
    yield RawArticle(str(path), decode(read_bytes(path), str(path)))


def read_markdown(path: Path) -> Iterator[RawArticle]:
    """Yield the file's words without its marks.

    The title is that of the front matter, else a first-level heading that opens the text.

    Raises:
        ReadError: it is too large, or there are no words in it.
    """
    text = decode(read_bytes(path), str(path)).replace("\r\n", "\n")
    fields: dict[str, object] = {}
    if front_matter := FRONT_MATTER.match(text):
        fields = _fields(front_matter[1])
        text = text[front_matter.end() :]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    if "title" not in fields and tokens and tokens[0].tag == "h1":
        fields["title"] = _words(tokens[1])
        tokens = tokens[3:]  # heading_open, inline, heading_close
    blocks = [block for block in _blocks(tokens) if block]
    if not blocks:
        raise ReadError(f"{path} is empty; there is no text in it")
    yield article_of({**fields, "text": "\n\n".join(blocks)}, str(path))


def _fields(front_matter: str) -> dict[str, object]:
    """Return what the `key: value` lines say; lines of any other kind are passed over."""
    lines = (FRONT_MATTER_LINE.fullmatch(line.strip()) for line in front_matter.split("\n"))
    return {line[1].lower(): line[2].strip("\"'") for line in lines if line}


def _blocks(tokens: list[Token]) -> Iterator[str]:
    """Yield the words of each heading, paragraph, list item, table row and block of code."""
    cells: list[str] = []
    for before, token in pairwise([Token("", "", 0), *tokens]):
        if token.type == "inline" and before.type in {"th_open", "td_open"}:
            cells.append(_words(token))
        elif token.type == "inline":
            yield _words(token)
        elif token.type == "tr_close":
            yield " | ".join(cells)
            cells = []
        elif token.type in {"fence", "code_block"}:
            yield token.content.strip("\n")
        elif token.type == "html_block":
            yield html.unescape(MARKUP.sub("", token.content)).strip()


def _words(inline: Token) -> str:
    """Return what a reader sees of a line; a picture's description is a caption and left out."""
    kinds = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(
        token.content if token.type in {"text", "code_inline"} else kinds.get(token.type, "")
        for token in inline.children or []
    ).strip()
