"""A SQLite file in the archive's folder: schema, transactions, generation number, clear errors."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

from rag.errors import ArchiveError

WAIT_SECONDS = 60  # for another process's transaction; each takes well under a second
FACTS = "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"


class Schema(NamedTuple):
    """What a file holds; the rest is for people: its name, and what to do where it cannot be read.

    A semicolon at the end of a line separates statements. Every file also has the table `facts`.
    """

    version: str
    statements: str
    subject: str
    if_foreign: str
    if_damaged: str
    if_other_version: str


ARCHIVE = Schema(
    version="1",
    subject="the archive",
    if_foreign="it is not an archive's database; name another folder with --archive",
    if_damaged="it is damaged; restore a copy, or add the articles to a new archive",
    if_other_version="install that version, or add the articles to a new one",
    statements="""
CREATE TABLE articles (
    key INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: indexes rely on it
    id TEXT NOT NULL UNIQUE,
    fingerprint BLOB NOT NULL,             -- of everything stored, and of how it was chunked
    content_hash BLOB NOT NULL,            -- of title, publisher and text
    generation INTEGER NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT, author TEXT, url TEXT,
    published TEXT,                        -- ISO 8601: a date, or a date and time with its zone
    published_on TEXT,                     -- the date alone
    published_origin TEXT,
    text TEXT NOT NULL
);
CREATE INDEX articles_by_content ON articles (content_hash);
CREATE INDEX articles_by_generation ON articles (generation);
CREATE INDEX articles_by_day ON articles (published_on, key);
CREATE TABLE chunks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_key INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, tokens INTEGER NOT NULL
);
CREATE INDEX chunks_by_article ON chunks (article_key);
CREATE TABLE vectors (
    chunk_id INTEGER PRIMARY KEY REFERENCES chunks ON DELETE CASCADE,
    generation INTEGER NOT NULL,
    vector BLOB NOT NULL                   -- float16, little-endian
);
CREATE INDEX vectors_by_generation ON vectors (generation);
CREATE TABLE removals (                    -- what derived indexes may still hold
    generation INTEGER NOT NULL,
    article_key INTEGER NOT NULL,
    first_chunk INTEGER, last_chunk INTEGER
);
CREATE INDEX removals_by_generation ON removals (generation);
INSERT INTO facts VALUES ('generation', '0');
""",
)


class Database:
    """One connection, safe when several threads use it; other processes may read and write too."""

    def __init__(self, file: Path, schema: Schema = ARCHIVE) -> None:
        self.file = file
        self._schema = schema
        self._lock = RLock()
        with self._clear_errors():
            self._connection = sqlite3.connect(
                file, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")  # with WAL: safe from kill -9
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._create_or_check()

    def _create_or_check(self) -> None:
        with self.transaction():
            if not self.rows("SELECT name FROM sqlite_master WHERE name = 'facts'"):
                for statement in (FACTS, *self._schema.statements.split(";\n")):
                    self._connection.execute(statement)
                self.set_fact("schema", self._schema.version)
        version, ours = self.fact("schema"), self._schema.version
        if version != ours:
            raise ArchiveError(
                f"{self.file} was made by another version of Newsdesk (schema {version}, this one "
                f"reads {ours}); {self._schema.if_other_version}"
            )

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @property
    def generation(self) -> int:
        """The number that every change raises."""
        return int(self.fact("generation") or 0)

    def fact(self, name: str) -> str | None:
        rows = self.rows("SELECT value FROM facts WHERE name = ?", (name,))
        return rows[0][0] if rows else None

    def set_fact(self, name: str, value: str) -> None:
        self.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def rows(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with self._lock, self._clear_errors():
            return self._connection.execute(statement, values).fetchall()

    def execute(self, statement: str, values: tuple[object, ...] = ()) -> int:
        """Run one statement and return the last row id it inserted."""
        with self._lock, self._clear_errors():
            return self._connection.execute(statement, values).lastrowid or 0

    def execute_many(self, statement: str, values: list[tuple[object, ...]]) -> None:
        with self._lock, self._clear_errors():
            self._connection.executemany(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything in the block or nothing."""
        with self._lock, self._clear_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def next_generation(self) -> Iterator[int]:
        """A transaction that is a new generation of the archive; gives its number."""
        with self.transaction():
            generation = self.generation + 1
            yield generation
            self.set_fact("generation", str(generation))

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise ArchiveError(_explain(error, self.file, self._schema)) from error


def _explain(error: sqlite3.Error, file: Path, schema: Schema) -> str:
    reasons = {
        "SQLITE_FULL": "the disk is full; free some space and run the same command again",
        "SQLITE_IOERR": "the disk does not take what is written; check its space and its health",
        "SQLITE_CANTOPEN": "its folder may not be written to; check the permissions",
        "SQLITE_READONLY": "it may not be written to; check the permissions",
        "SQLITE_BUSY": "another program holds it; close that program and try again",
        "SQLITE_NOTADB": schema.if_foreign,
        "SQLITE_CORRUPT": schema.if_damaged,
    }
    name = getattr(error, "sqlite_errorname", "") or ""
    reason = next((text for start, text in reasons.items() if name.startswith(start)), str(error))
    return f"{schema.subject} {file} cannot be used: {reason}"
