"""The truth on disk: articles, their chunks and the chunks' vectors, in SQLite.

Knows nothing of search; the derived indexes read from here what they lack.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from embeddings.protocols import FloatMatrix, Ids
from rag.database import Database
from rag.types import AddReport, Article, Chunk, DateOrigin, Limits, Passage

FILE_NAME = "archive.sqlite"
VECTOR_TYPE = np.dtype("<f2")
# Made where an older archive lacks it; versions that know nothing of it keep it up to date as well.
PUBLISHER_INDEX = (
    "CREATE INDEX IF NOT EXISTS articles_by_publisher_and_day "
    "ON articles (publisher, published_on, key)"
)
NEWEST_FIRST = "published_on DESC, key DESC"  # those without a date come last
ARTICLE_COLUMNS = "articles.id, title, text, publisher, author, url, published, published_origin"


@dataclass(frozen=True, slots=True)
class ChunkedArticle:
    """An article with its chunks; `chunking` names the settings they were made with."""

    article: Article
    chunks: Sequence[Chunk]
    chunking: str


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with its chunks, as the derived indexes know them: by number."""

    key: int
    article: Article
    chunks: Sequence[tuple[int, Chunk]]


@dataclass(frozen=True, slots=True)
class Removal:
    """An article that is gone; its chunks had the ids from `first_chunk` to `last_chunk`."""

    article_key: int
    chunk_ids: range


class Store:
    """Opens or creates the archive's database in `folder`.

    Raises:
        ArchiveError: the folder or the file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder / FILE_NAME)
        self._database.execute(PUBLISHER_INDEX)

    def close(self) -> None:
        self._database.close()

    def __len__(self) -> int:
        return int(self._database.rows("SELECT count(*) FROM articles")[0][0])

    @property
    def generation(self) -> int:
        return self._database.generation

    @property
    def articles_generation(self) -> int:
        """The last generation that changed articles; later ones only added vectors."""
        rows = self._database.rows(
            "SELECT max(coalesce((SELECT max(generation) FROM articles), 0), "
            "coalesce((SELECT max(generation) FROM removals), 0))"
        )
        return int(rows[0][0])

    @property
    def embedder(self) -> str | None:
        """Name of the embedder whose vectors are stored; None before the first."""
        return self._database.fact("embedder")

    # Articles

    def write(self, batch: Sequence[ChunkedArticle], report: AddReport) -> None:
        """Store the batch in one transaction and enter in `report` what became of each article."""
        changes = AddReport()
        with self._database.transaction():
            generation = self.generation + 1
            for item in batch:
                self._write_one(item, generation, changes)
            if changes.added or changes.updated:
                self._database.set_fact("generation", str(generation))
        report.added += changes.added
        report.updated += changes.updated
        report.unchanged += changes.unchanged
        report.duplicates |= changes.duplicates

    def _write_one(self, item: ChunkedArticle, generation: int, changes: AddReport) -> None:
        article = item.article
        fingerprint, content_hash = _fingerprint(item), _content_hash(article)
        known = self._database.rows(
            "SELECT key, fingerprint FROM articles WHERE id = ?", (article.id,)
        )
        if known and known[0][1] == fingerprint:
            changes.unchanged.append(article.id)
            return
        same_content = self._database.rows(
            "SELECT id FROM articles WHERE content_hash = ? AND id <> ?", (content_hash, article.id)
        )
        if same_content and not known:
            changes.duplicates[article.id] = same_content[0][0]
            return
        if known:
            self._delete(known[0][0], generation)
        self._insert(item, fingerprint, content_hash, generation)
        (changes.updated if known else changes.added).append(article.id)

    def _insert(
        self, item: ChunkedArticle, fingerprint: bytes, content_hash: bytes, generation: int
    ) -> None:
        article = item.article
        published, day = article.published, article.published_on
        key = self._database.execute(
            "INSERT INTO articles (id, fingerprint, content_hash, generation, title, publisher, "
            "author, url, published, published_on, published_origin, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.id,
                fingerprint,
                content_hash,
                generation,
                article.title,
                article.publisher,
                article.author,
                article.url,
                published.isoformat() if published else None,
                day.isoformat() if day else None,
                article.published_origin,
                article.text,
            ),
        )
        self._database.execute_many(
            "INSERT INTO chunks (article_key, start, end, tokens) VALUES (?, ?, ?, ?)",
            [(key, chunk.start, chunk.end, chunk.tokens) for chunk in item.chunks],
        )

    def _delete(self, key: int, generation: int) -> None:
        self._database.execute(
            "INSERT INTO removals SELECT ?, ?, min(id), max(id) FROM chunks WHERE article_key = ?",
            (generation, key, key),
        )
        self._database.execute("DELETE FROM articles WHERE key = ?", (key,))

    def remove(self, article_id: str) -> bool:
        """Remove an article everywhere; say whether it was there."""
        known = self._database.rows("SELECT key FROM articles WHERE id = ?", (article_id,))
        if known:
            with self._database.next_generation() as generation:
                self._delete(known[0][0], generation)
        return bool(known)

    def article(self, article_id: str) -> Article | None:
        rows = self._database.rows(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = ?", (article_id,)
        )
        return _article(rows[0]) if rows else None

    def articles(self) -> Iterator[Article]:
        """Yield every article, newest publication first, those without a date last."""
        ordered = "SELECT key FROM articles ORDER BY published_on IS NULL, published_on DESC, key"
        for (key,) in self._database.rows(ordered):
            rows = self._database.rows(
                f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE key = ?", (key,)
            )
            if rows:
                yield _article(rows[0])

    def newest_day(self) -> date | None:
        """Return the day of the newest publication; None where no article has a day."""
        day = self._database.rows("SELECT max(published_on) FROM articles")[0][0]
        return date.fromisoformat(day) if day else None

    def newest(self, limits: Limits, *, offset: int, count: int) -> list[Article]:
        """Return a part of the articles within the limits, newest publication first."""
        conditions, values = self._conditions(limits)
        # Keys first, by an index alone: an article's text is large to sort along.
        rows = self._database.rows(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE key IN (SELECT key FROM articles "
            f"WHERE {conditions} ORDER BY {NEWEST_FIRST} LIMIT ? OFFSET ?) ORDER BY {NEWEST_FIRST}",
            (*values, count, offset),
        )
        return [_article(row) for row in rows]

    def count_within(self, limits: Limits) -> int:
        conditions, values = self._conditions(limits)
        rows = self._database.rows(f"SELECT count(*) FROM articles WHERE {conditions}", values)
        return int(rows[0][0])

    def publishers(self) -> dict[str, int]:
        """Return how many articles each publisher has, by name."""
        rows = self._database.rows(
            "SELECT publisher, count(*) FROM articles WHERE publisher IS NOT NULL "
            "GROUP BY publisher ORDER BY publisher"
        )
        return dict(rows)

    # Chunks

    def passages(self, scores: dict[int, float]) -> list[Passage]:
        """Return the chunks with these ids as passages, in the order of `scores`.

        Chunks that are no longer in the archive are left out.
        """
        found: dict[int, Passage] = {}
        articles: dict[int, Article] = {}
        marks = ", ".join("?" * len(scores))
        for chunk_id, key, start, end in self._database.rows(
            f"SELECT id, article_key, start, end FROM chunks WHERE id IN ({marks})", tuple(scores)
        ):
            if key not in articles:
                rows = self._database.rows(
                    f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE key = ?", (key,)
                )
                if not rows:
                    continue
                articles[key] = _article(rows[0])
            found[chunk_id] = Passage(chunk_id, articles[key], start, end, scores[chunk_id])
        return [found[chunk_id] for chunk_id in scores if chunk_id in found]

    def matching_chunks(self, limits: Limits) -> Ids:
        """Return the ids of the chunks of the articles within the limits, ascending."""
        conditions, values = self._conditions(limits)
        rows = self._database.rows(
            "SELECT chunks.id FROM chunks JOIN articles ON articles.key = chunks.article_key "
            f"WHERE {conditions} ORDER BY chunks.id",
            values,
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))

    def _conditions(self, limits: Limits) -> tuple[str, tuple[object, ...]]:
        conditions: list[str] = []
        values: list[object] = []
        if limits.published_from:
            conditions.append("published_on >= ?")
            values.append(limits.published_from.isoformat())
        if limits.published_to:
            conditions.append("published_on <= ?")
            values.append(limits.published_to.isoformat())
        if limits.publishers:
            names = self._spellings(limits.publishers)
            conditions.append(f"publisher IN ({', '.join('?' * len(names))})")
            values.extend(names)
        return " AND ".join(conditions) or "TRUE", tuple(values)

    def _spellings(self, publishers: Sequence[str]) -> list[str]:
        """Return the publishers as the archive writes them, found in any case of any alphabet."""
        wanted = {publisher.casefold() for publisher in publishers}
        return [publisher for publisher in self.publishers() if publisher.casefold() in wanted]

    def articles_since(self, generation: int) -> Iterator[StoredArticle]:
        """Yield the articles that were added after `generation`, oldest first."""
        keys = self._database.rows(
            "SELECT key FROM articles WHERE generation > ? ORDER BY key", (generation,)
        )
        for (key,) in keys:
            rows = self._database.rows(
                f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE key = ?", (key,)
            )
            chunks = self._database.rows(
                "SELECT id, start, end, tokens FROM chunks WHERE article_key = ? ORDER BY id",
                (key,),
            )
            if rows:
                numbered = [(row[0], Chunk(row[1], row[2], row[3])) for row in chunks]
                yield StoredArticle(key, _article(rows[0]), numbered)

    def removals_since(self, generation: int) -> list[Removal]:
        rows = self._database.rows(
            "SELECT article_key, first_chunk, last_chunk FROM removals WHERE generation > ?",
            (generation,),
        )
        return [
            Removal(key, range(first or 0, (last if last is not None else -1) + 1))
            for key, first, last in rows
        ]

    # Vectors

    def claim_embedder(self, name: str) -> bool:
        """Say whose the vectors are; drop another embedder's, and say whether there were any."""
        before = self.embedder
        if before == name:
            return False
        with self._database.next_generation():
            self._database.execute("DELETE FROM vectors")
            self._database.set_fact("embedder", name)
        return before is not None

    def count_chunks(self) -> int:
        return int(self._database.rows("SELECT count(*) FROM chunks")[0][0])

    def count_vectors(self) -> int:
        return int(self._database.rows("SELECT count(*) FROM vectors")[0][0])

    def chunks_without_vector(self, limit: int) -> list[Passage]:
        """Return up to `limit` chunks that lack a vector, those of the newest articles first."""
        rows = self._database.rows(
            "SELECT chunks.id FROM chunks LEFT JOIN vectors ON vectors.chunk_id = chunks.id "
            "WHERE vectors.chunk_id IS NULL ORDER BY chunks.id DESC LIMIT ?",
            (limit,),
        )
        return self.passages({row[0]: 0.0 for row in rows})

    def write_vectors(self, chunk_ids: Sequence[int], vectors: FloatMatrix) -> None:
        """Store unit rows of shape (len(chunk_ids), d); chunks removed meanwhile are left out."""
        with self._database.next_generation() as generation:
            self._database.execute_many(
                "INSERT OR REPLACE INTO vectors SELECT id, ?, ? FROM chunks WHERE id = ?",
                [
                    (generation, row.astype(VECTOR_TYPE).tobytes(), chunk_id)
                    for chunk_id, row in zip(chunk_ids, vectors, strict=True)
                ],
            )

    def vectors_since(self, generation: int, dimension: int) -> tuple[Ids, FloatMatrix]:
        """Return ids (n,) and unit rows (n, dimension) of the vectors stored after `generation`."""
        rows = self._database.rows(
            "SELECT chunk_id, vector FROM vectors WHERE generation > ? ORDER BY chunk_id",
            (generation,),
        )
        ids = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        joined = np.frombuffer(b"".join(row[1] for row in rows), dtype=VECTOR_TYPE)
        return ids, joined.reshape(-1, dimension).astype(np.float32)


def _article(row: tuple[Any, ...]) -> Article:
    id_, title, text, publisher, author, url, published, origin = row
    return Article(
        id=id_,
        title=title,
        text=text,
        publisher=publisher,
        author=author,
        url=url,
        published=_parse_published(published),
        published_origin=DateOrigin(origin) if origin else None,
    )


def _parse_published(value: str | None) -> date | datetime | None:
    if value is None:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def _content_hash(article: Article) -> bytes:
    return _hash(article.title, article.publisher, article.text)


def _fingerprint(item: ChunkedArticle) -> bytes:
    article = item.article
    published = article.published.isoformat() if article.published else None
    origin = article.published_origin
    described = (article.author, article.url, published, origin, item.chunking)
    return _hash(article.title, article.publisher, article.text, *described)


def _hash(*fields: str | None) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for field in fields:
        data = b"" if field is None else field.encode()
        digest.update(b"%d:" % (-1 if field is None else len(data)))
        digest.update(data)
    return digest.digest()
