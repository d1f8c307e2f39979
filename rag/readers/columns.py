"""How tables name what an article has: a record's keys, a table's columns, a front matter's."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date

from rag.errors import ReadError
from rag.types import RawArticle

# Ours first, then other people's; of several in one record, the first that is filled counts.
NAMES = {
    "text": ("text", "body", "content"),
    "title": ("title", "headline"),
    "id": ("id", "doc_id", "article_id"),
    "url": ("url",),
    "publisher": ("publisher", "source"),
    "author": ("author", "authors"),
    "published": ("published", "published_at", "publish_date", "publication_date", "date"),
}
MAX_COLUMNS_SHOWN = 12
SIGNS = re.compile(r"[\W_]+")  # publish_date, "Publish Date" and publishDate are one name
FIELDS = {SIGNS.sub("", name): field for field, names in NAMES.items() for name in names}
QUOTED = re.compile(r"""'([^']*)'|"([^"]*)\"""")


def field_of(column: str) -> str | None:
    """Return the field that a column of this name holds, None if we do not know the name."""
    return FIELDS.get(SIGNS.sub("", column).lower())


def refuse_without_text(columns: Iterable[str], name: str) -> None:
    """Say which columns there are, and which would be understood, unless there is one with text.

    Raises:
        ReadError: there is none.
    """
    columns = list(columns)
    if not any(field_of(column) == "text" for column in columns):
        raise ReadError(
            f"{name} has no column for an article's text, only {_listed(columns)}; "
            f"name it {' or '.join(NAMES['text'])}"
        )


def article_of(record: Mapping[str, object], source: str) -> RawArticle:
    """Make an article of a record.

    Raises:
        ReadError: it has no text.
    """
    refuse_without_text(record, source)
    found = _fields(record)
    publisher, url = found.get("publisher"), found.get("url")
    if publisher and publisher.startswith(("http://", "https://")):  # of a column "source"
        publisher, url = None, url or publisher
    if "text" not in found:
        raise ReadError(f"{source} has an empty text; its columns are {_listed(record)}")
    return RawArticle(
        source,
        found["text"],
        id=found.get("id"),
        title=found.get("title"),
        publisher=publisher,
        author=found.get("author"),
        url=url,
        published=found.get("published"),
    )


def _listed(columns: Iterable[str]) -> str:
    names = list(columns)
    shown = names[:MAX_COLUMNS_SHOWN] + ["…"] * (len(names) > MAX_COLUMNS_SHOWN)
    return ", ".join(shown) or "nothing"


def _fields(record: Mapping[str, object]) -> dict[str, str]:
    """Return the filled fields by our names for them."""
    values = {SIGNS.sub("", column).lower(): value for column, value in record.items()}
    found: dict[str, str] = {}
    for column, field in FIELDS.items():
        if field not in found and (text := _text(values.get(column), field)):
            found[field] = text
    return found


def _text(value: object, field: str) -> str:
    if isinstance(value, list):
        between = "\n\n" if field == "text" else ", "
        return between.join(filter(None, map(_single, value)))
    text = _single(value)
    if field == "author" and text.startswith("[") and text.endswith("]"):  # a list, written out
        return ", ".join(single or double for single, double in QUOTED.findall(text))
    return text


def _single(value: object) -> str:
    """Return a JSON, CSV or Parquet value as text, empty if it says nothing."""
    match value:
        case None | bool():
            return ""
        case float() if not math.isfinite(value):
            return ""
        case float() if value.is_integer():  # a number in a column with gaps: 7.0 is 7
            return str(int(value))
        case bytes():
            return value.decode("utf-8", "replace").strip()
        case date():  # a datetime too
            return value.isoformat()
        case dict():  # {"name": …}, as news services give authors and sources
            name = value.get("name")
            return name.strip() if isinstance(name, str) else ""
        case list():
            return ""
        case _:
            return str(value).strip()
