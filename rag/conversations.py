"""Conversations and what people thought of the answers, on disk beside the archive.

Each belongs to an owner, and every question to this store names whose they are. What an exchange
holds is the caller's business; here it is its words, to be found by, and a form in JSON.
"""

import json
import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from textwrap import shorten

from rag.database import Database, Schema
from rag.types import Turn

FILE_NAME = "conversations.sqlite"
LISTED = 200  # conversations, the newest
TITLE_LENGTH = 70  # characters
EXCERPT_WORDS = 14
ID_BYTES = 12
WORD = re.compile(r"\w+")

SCHEMA = Schema(
    version="1",
    subject="the file of conversations",
    if_foreign="it is another program's; move it elsewhere, and conversations begin anew",
    if_damaged="it is damaged; restore a copy or delete it, and conversations begin anew",
    if_other_version="install that version, or move the file elsewhere and begin anew",
    statements="""
CREATE TABLE conversations (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    title TEXT NOT NULL,
    changed_at TEXT NOT NULL               -- ISO 8601, UTC
);
CREATE INDEX conversations_by_owner ON conversations (owner, changed_at);
CREATE TABLE exchanges (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
    number INTEGER NOT NULL,               -- from 1
    asked_at TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    form TEXT NOT NULL,                    -- JSON
    UNIQUE (conversation, number)
);
CREATE TABLE ratings (                     -- they outlive an answer that was asked for anew
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
    exchange INTEGER UNIQUE REFERENCES exchanges ON DELETE SET NULL,
    good INTEGER NOT NULL,
    reason TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    history TEXT NOT NULL,                 -- JSON: the turns before
    form TEXT NOT NULL                     -- the exchange's, as it was
);
CREATE INDEX ratings_by_conversation ON ratings (conversation);
CREATE VIRTUAL TABLE words USING fts5 (
    question, answer, content='exchanges', content_rowid='key',
    tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER exchange_comes AFTER INSERT ON exchanges BEGIN
    INSERT INTO words (rowid, question, answer) VALUES (new.key, new.question, new.answer); END;
CREATE TRIGGER exchange_goes AFTER DELETE ON exchanges BEGIN
    INSERT INTO words (words, rowid, question, answer)
    VALUES ('delete', old.key, old.question, old.answer); END;
""",
)


@dataclass(frozen=True, slots=True)
class Rating:
    """What a person thought of an answer, and why, as far as they said."""

    good: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeptExchange:
    """A question as it was asked and answered; `number` counts from 1, `answer` is its words."""

    number: int
    question: str
    answer: str
    form: Mapping[str, object]
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation in a list; `excerpt` shows what a search found."""

    id: str
    title: str
    changed_at: datetime
    questions: int
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A rated answer: the exchange's form and the turns before it, as they were then."""

    key: int
    rating: Rating
    asked_at: datetime
    history: tuple[Turn, ...]
    form: Mapping[str, object]


def new_id() -> str:
    """Return the id of a conversation that is to begin; nobody can guess it."""
    return secrets.token_urlsafe(ID_BYTES)


class Conversations:
    """Opens or creates the file in `folder`; safe when several threads and processes use it.

    Raises:
        ArchiveError: the file cannot be used.
    """

    def __init__(
        self, folder: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        file = folder / FILE_NAME
        with suppress(OSError):  # which the database explains
            file.touch(mode=0o600)  # nobody else's business, whatever the folder allows
        self._database = Database(file, SCHEMA)
        self._now = now

    def close(self) -> None:
        self._database.close()

    def save(self, owner: str, conversation: str, exchange: KeptExchange) -> None:
        """Keep an exchange in place of the one with its number and all after it.

        Where the owner has no conversation of that id, one from `new_id`, it begins.
        """
        moment = _written(self._now())
        with self._database.transaction():
            key = self._key(owner, conversation)
            if key is None:
                key = self._begin(owner, conversation, exchange.question, moment)
            self._database.execute(
                "DELETE FROM exchanges WHERE conversation = ? AND number >= ?",
                (key, exchange.number),
            )
            self._insert(key, exchange, moment)
            self._database.execute(
                "UPDATE conversations SET changed_at = ? WHERE key = ?", (moment, key)
            )

    def finish(self, owner: str, conversation: str, exchange: KeptExchange) -> None:
        """Keep what became of a question, unless it is gone or another stands in its place."""
        with self._database.transaction():
            rows = self._database.rows(
                "SELECT key, conversation, asked_at FROM exchanges "
                "WHERE conversation = ? AND number = ? AND question = ?",
                (self._key(owner, conversation), exchange.number, exchange.question),
            )
            for before, key, asked_at in rows:
                self._database.execute("DELETE FROM exchanges WHERE key = ?", (before,))
                self._insert(key, exchange, asked_at)

    def entries(self, owner: str, *, limit: int = LISTED) -> list[Entry]:
        """Return the owner's conversations, the one that was spoken in last first."""
        return self._entries("owner = ? ORDER BY changed_at DESC, key DESC LIMIT ?", (owner, limit))

    def search(self, owner: str, text: str, *, limit: int = LISTED) -> list[Entry]:
        """Return the owner's conversations with all words of `text` in one exchange, best first.

        The last word may be unfinished. Text without a word finds all conversations.
        """
        words = WORD.findall(unicodedata.normalize("NFC", text))
        if not words:
            return self.entries(owner, limit=limit)
        found = self._database.rows(
            "SELECT conversation, snippet(words, -1, '', '', '…', ?) FROM words "
            "JOIN exchanges ON exchanges.key = words.rowid "
            "JOIN conversations ON conversations.key = conversation "
            "WHERE words MATCH ? AND owner = ? ORDER BY words.rank",
            (EXCERPT_WORDS, " ".join(f'"{word}"' for word in words) + "*", owner),
        )
        excerpts: dict[int, str] = {}
        for key, excerpt in found:
            excerpts.setdefault(key, excerpt)
        return [
            replace(entry, excerpt=excerpt)
            for key, excerpt in islice(excerpts.items(), limit)
            for entry in self._entries("key = ?", (key,))
        ]

    def exchanges(self, owner: str, conversation: str) -> list[KeptExchange]:
        """Return a conversation's exchanges, oldest first; none where it is not the owner's."""
        rows = self._database.rows(
            "SELECT number, question, answer, exchanges.form, good, reason FROM exchanges "
            "LEFT JOIN ratings ON ratings.exchange = exchanges.key "
            "WHERE exchanges.conversation = ? ORDER BY number",
            (self._key(owner, conversation),),
        )
        return [
            KeptExchange(
                *(number, question, answer, json.loads(form)),
                rating=None if good is None else Rating(bool(good), reason),
            )
            for number, question, answer, form, good, reason in rows
        ]

    def delete(self, owner: str, conversation: str) -> bool:
        """Delete a conversation with its ratings; say whether the owner had it."""
        key = self._key(owner, conversation)
        if key is not None:
            self._database.execute("DELETE FROM conversations WHERE key = ?", (key,))
        return key is not None

    def rate(self, owner: str, conversation: str, number: int, rating: Rating | None) -> bool:
        """Keep what the owner thinks of an answer, None: nothing; say whether there is such one."""
        with self._database.transaction():
            rows = self._database.rows(
                "SELECT key, asked_at, form FROM exchanges WHERE conversation = ? AND number = ?",
                (key := self._key(owner, conversation), number),
            )
            for exchange, asked_at, form in rows:
                self._database.execute("DELETE FROM ratings WHERE exchange = ?", (exchange,))
                if rating:
                    history = json.dumps(self._turns(key, before=number), ensure_ascii=False)
                    self._database.execute(
                        "INSERT INTO ratings "
                        "(conversation, exchange, good, reason, asked_at, history, form) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (key, exchange, rating.good, rating.reason, asked_at, history, form),
                    )
        return bool(rows)

    def feedback(self, owner: str | None = None) -> list[Feedback]:
        """Return what was rated by the owner, or by all, oldest first."""
        rows = self._database.rows(
            "SELECT ratings.key, good, reason, asked_at, history, form FROM ratings "
            "JOIN conversations ON conversations.key = ratings.conversation "
            "WHERE ?1 IS NULL OR owner = ?1 ORDER BY ratings.key",
            (owner,),
        )
        return [
            Feedback(
                key,
                Rating(bool(good), reason),
                _read(asked_at),
                tuple(Turn(*turn) for turn in json.loads(history)),
                json.loads(form),
            )
            for key, good, reason, asked_at, history, form in rows
        ]

    def _entries(self, condition: str, values: tuple[object, ...]) -> list[Entry]:
        rows = self._database.rows(
            "SELECT id, title, changed_at, (SELECT count(*) FROM exchanges "
            f"WHERE conversation = conversations.key) FROM conversations WHERE {condition}",
            values,
        )
        return [Entry(id_, title, _read(moment), count) for id_, title, moment, count in rows]

    def _key(self, owner: str, conversation: str | None) -> int | None:
        rows = self._database.rows(
            "SELECT key FROM conversations WHERE id = ? AND owner = ?", (conversation, owner)
        )
        return rows[0][0] if rows else None

    def _begin(self, owner: str, conversation: str, question: str, moment: str) -> int:
        title = shorten(question, TITLE_LENGTH, placeholder="…")
        return self._database.execute(
            "INSERT INTO conversations (id, owner, title, changed_at) VALUES (?, ?, ?, ?)",
            (conversation, owner, title, moment),
        )

    def _insert(self, conversation: int, exchange: KeptExchange, asked_at: str) -> None:
        form = json.dumps(exchange.form, ensure_ascii=False)
        self._database.execute(
            "INSERT INTO exchanges (conversation, number, asked_at, question, answer, form) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (conversation, exchange.number, asked_at, exchange.question, exchange.answer, form),
        )

    def _turns(self, conversation: int | None, *, before: int) -> list[tuple[str, str]]:
        rows = self._database.rows(
            "SELECT question, answer FROM exchanges WHERE conversation = ? AND number < ? "
            "AND answer <> '' ORDER BY number",
            (conversation, before),
        )
        return [(question, answer) for question, answer in rows]


def _written(moment: datetime) -> str:
    """Return a moment so that later ones are also later in the alphabet."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _read(moment: str) -> datetime:
    return datetime.fromisoformat(moment)
