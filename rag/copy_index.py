"""Which articles of an archive are copies of each other, in SQLite, found as articles are added."""

from itertools import islice
from pathlib import Path

from rag.copies import DAYS_APART, are_copies
from rag.database import Database, Schema
from rag.shingles import make_sketch, number_runs
from rag.store import Store
from rag.types import Article

FILE_NAME = "copies.sqlite"
IN_COMMON = 4  # of a sketch's runs; with fewer, articles are not compared
MOST_COMPARED = 20  # others for one article, those with most in common
ARTICLES_PER_COMMIT = 500

SCHEMA = Schema(
    version="1",
    subject="the list of copies",
    if_foreign="it is not one of Newsdesk's; move it away and add articles, which makes it anew",
    if_damaged="it is damaged; delete it and add articles, which makes it anew",
    if_other_version="delete it and add articles, which makes it anew",
    statements="""
CREATE TABLE articles (
    key INTEGER PRIMARY KEY,               -- the archive's
    id TEXT NOT NULL UNIQUE,
    day INTEGER                            -- of publication, since 0001-01-01
);
CREATE TABLE sketches (
    run INTEGER NOT NULL, article_key INTEGER NOT NULL, PRIMARY KEY (run, article_key)
) WITHOUT ROWID;
CREATE INDEX sketches_by_article ON sketches (article_key);
CREATE TABLE copies (                      -- each pair twice
    article_key INTEGER NOT NULL, copy_key INTEGER NOT NULL, PRIMARY KEY (article_key, copy_key)
) WITHOUT ROWID;
INSERT INTO facts VALUES ('generation', '0');
""",
)
SIMILAR = f"""
SELECT articles.key, articles.id FROM sketches JOIN articles ON articles.key = sketches.article_key
WHERE sketches.run IN (SELECT run FROM sketches WHERE article_key = ?)
AND articles.key <> ?
AND (articles.day IS NULL OR ? IS NULL OR abs(articles.day - ?) <= {DAYS_APART})
GROUP BY articles.key HAVING count(*) >= {IN_COMMON} ORDER BY count(*) DESC LIMIT {MOST_COMPARED}
"""


class CopyIndex:
    """Only the holder of the archive's writer lock calls `sync`; everybody may ask meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder / FILE_NAME, SCHEMA)

    def close(self) -> None:
        self._database.close()

    def copies_of(self, article_id: str) -> list[str]:
        """Return the ids of the articles that print the same as this one."""
        rows = self._database.rows(
            "SELECT other.id FROM articles AS this JOIN copies ON copies.article_key = this.key "
            "JOIN articles AS other ON other.key = copies.copy_key WHERE this.id = ?",
            (article_id,),
        )
        return [row[0] for row in rows]

    def sync(self, store: Store) -> None:
        """Compare what is new in the store with all there is, and forget what is gone."""
        goal = store.articles_generation
        if self._database.generation < goal:
            self._update(store, goal)
        if self._database.generation != goal or self._count() != len(store):  # a restored archive
            self._forget_all()
            self._update(store, goal)

    def _update(self, store: Store, goal: int) -> None:
        generation = self._database.generation
        with self._database.transaction():
            for removal in store.removals_since(generation):
                self._forget(removal.article_key)
        articles = store.articles_since(generation)
        while batch := list(islice(articles, ARTICLES_PER_COMMIT)):
            with self._database.transaction():
                for each in batch:
                    self._forget(each.key)  # an interrupted sync may have entered it
                    self._enter(each.key, each.article, store)
        self._database.set_fact("generation", str(goal))

    def _enter(self, key: int, article: Article, store: Store) -> None:
        day = article.published_on.toordinal() if article.published_on else None
        runs = make_sketch(number_runs(article.text))
        self._database.execute("INSERT INTO articles VALUES (?, ?, ?)", (key, article.id, day))
        self._database.execute_many("INSERT INTO sketches VALUES (?, ?)", [(r, key) for r in runs])
        for other_key, other_id in self._database.rows(SIMILAR, (key, key, day, day)):
            other = store.article(other_id)
            if other and are_copies(article, other):
                pairs: list[tuple[object, ...]] = [(key, other_key), (other_key, key)]
                self._database.execute_many("INSERT INTO copies VALUES (?, ?)", pairs)

    def _forget(self, key: int) -> None:
        self._database.execute("DELETE FROM sketches WHERE article_key = ?", (key,))
        self._database.execute("DELETE FROM articles WHERE key = ?", (key,))
        for (other,) in self._database.rows(
            "DELETE FROM copies WHERE article_key = ? RETURNING copy_key", (key,)
        ):
            pair = (other, key)
            self._database.execute(
                "DELETE FROM copies WHERE article_key = ? AND copy_key = ?", pair
            )

    def _forget_all(self) -> None:
        with self._database.transaction():
            for table in ("copies", "sketches", "articles"):
                self._database.execute(f"DELETE FROM {table}")
            self._database.set_fact("generation", "0")

    def _count(self) -> int:
        return int(self._database.rows("SELECT count(*) FROM articles")[0][0])
