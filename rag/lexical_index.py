"""The Tantivy index: every chunk's words, findable as soon as its article is committed."""

import json
import math
import shutil
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import tantivy
from tantivy import FieldType, Occur, Query, SchemaBuilder

from embeddings.protocols import Hit
from embeddings.shapes import write_whole
from rag.chunking import embedded_text
from rag.errors import ArchiveError
from rag.store import Store, StoredArticle
from rag.types import Question
from rag.words import STEMS

VERSION = 1  # raised when the schema or the analysis changes: older indexes are built anew
HEAP_BYTES = 128_000_000
ANALYZER_NAME = "news"

SCHEMA = (
    SchemaBuilder()
    .add_text_field("text", tokenizer_name=ANALYZER_NAME)
    .add_text_field("publisher", tokenizer_name="raw", index_option="basic")
    .add_integer_field("published_on", indexed=True, fast=True)  # days since 0001-01-01
    .add_unsigned_field("article_key", indexed=True)
    .add_unsigned_field("chunk_id", fast=True)
    .build()
)


@dataclass(frozen=True, slots=True)
class Pointer:
    """Names the folder of the current index and the generation of articles that it holds."""

    folder: str
    generation: int
    version: int = VERSION


class LexicalIndex:
    """Only the holder of the archive's writer lock calls `sync`; everybody may search meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer_file = folder / "current.json"
        self._pointer: Pointer | None = None
        self._index: tantivy.Index | None = None

    @property
    def generation(self) -> int | None:
        """The generation of articles that a search answers from; None where there is no index."""
        self._refresh()
        return self._pointer.generation if self._pointer else None

    def search(self, question: Question, text: str, k: int) -> list[Hit]:
        """Return up to `k` chunks within the filters, best first by BM25 of the words of `text`."""
        self._refresh()
        query = _words_query(text)
        if self._index is None or query is None:
            return []
        searcher = self._index.searcher()
        found = searcher.search(_within_filters(query, question), limit=k, count=False).hits
        ids = searcher.fast_field_values("chunk_id", [address for _, address in found])
        return [
            Hit(int(id_), float(score))
            for id_, (score, _) in zip(ids, found, strict=True)
            if id_ is not None
        ]

    def rarity(self, stem: str) -> float:
        """Return how telling a stem is: BM25's inverse document frequency over the chunks."""
        self._refresh()
        if self._index is None:
            return 0.0
        searcher = self._index.searcher()
        count, holding = searcher.num_docs, searcher.doc_freq("text", stem)
        return math.log(1 + (count - holding + 0.5) / (holding + 0.5))

    def sync(self, store: Store) -> None:
        """Bring the index to the store's articles; build it anew where it is missing or damaged.

        Raises:
            ArchiveError: the index cannot be written.
        """
        self._refresh()
        goal = store.articles_generation
        if self._pointer and self._index and self._pointer.generation < goal:
            self._update(store, self._pointer, self._index, goal)
        if not self._pointer or self._pointer.generation != goal or not self._is_complete(store):
            self._build(store, goal)

    def _is_complete(self, store: Store) -> bool:
        """Whether the index holds as many chunks as the store: not so after restoring a copy."""
        return self._index is not None and self._index.searcher().num_docs == store.count_chunks()

    def _update(self, store: Store, pointer: Pointer, index: tantivy.Index, goal: int) -> None:
        """Repeat every change since the pointer's generation; doing so twice changes nothing."""
        gone = [removal.article_key for removal in store.removals_since(pointer.generation)]
        self._write(index, store.articles_since(pointer.generation), gone)
        self._point_to(Pointer(pointer.folder, goal))

    def _build(self, store: Store, goal: int) -> None:
        pointer = Pointer(uuid.uuid4().hex, goal)
        folder = self._folder / pointer.folder
        try:
            folder.mkdir(parents=True)
            index = tantivy.Index(SCHEMA, path=str(folder))
        except (OSError, ValueError) as error:
            raise ArchiveError(f"the word index in {folder} cannot be made: {error}") from error
        index.register_tokenizer(ANALYZER_NAME, STEMS)
        self._write(index, store.articles_since(0), [])
        self._point_to(pointer)
        for other in self._folder.iterdir():
            if other.is_dir() and other != folder:
                shutil.rmtree(other, ignore_errors=True)

    def _write(
        self, index: tantivy.Index, articles: Iterable[StoredArticle], gone: list[int]
    ) -> None:
        try:
            writer = index.writer(HEAP_BYTES, num_threads=1)
            for key in gone:
                writer.delete_documents_by_query(_of_article(key))
            for article in articles:
                writer.delete_documents_by_query(_of_article(article.key))
                for entry in _entries(article):
                    writer.add_document(entry)
            writer.commit()
            writer.wait_merging_threads()
        except (OSError, ValueError) as error:
            raise ArchiveError(
                f"the word index in {self._folder} cannot be written; free some space on the disk "
                "and run the same command again: no article is lost"
            ) from error

    def _point_to(self, pointer: Pointer) -> None:
        with write_whole(self._pointer_file) as temporary:
            temporary.write_text(json.dumps(asdict(pointer)), encoding="utf-8")
        self._refresh()

    def _refresh(self) -> None:
        """Open what the pointer file names now; a damaged or missing index counts as none."""
        pointer = _read_pointer(self._pointer_file)
        if pointer == self._pointer:
            return
        if pointer is None:
            self._pointer, self._index = None, None
            return
        try:
            if (
                self._index is None
                or self._pointer is None
                or (pointer.folder != self._pointer.folder)
            ):
                index = tantivy.Index.open(str(self._folder / pointer.folder))
                index.register_tokenizer(ANALYZER_NAME, STEMS)
                index.config_reader(reload_policy="manual")
                self._index = index
            self._index.reload()
            self._pointer = pointer
        except (OSError, ValueError):
            self._pointer, self._index = None, None


def _read_pointer(file: Path) -> Pointer | None:
    try:
        pointer = Pointer(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return pointer if pointer.version == VERSION else None


def _entries(stored: StoredArticle) -> Iterable[tantivy.Document]:
    article = stored.article
    for chunk_id, chunk in stored.chunks:
        entry = tantivy.Document()
        text = embedded_text(article, article.text[chunk.start : chunk.end])
        entry.add_text("text", unicodedata.normalize("NFC", text))  # an accent alone splits a word
        if article.publisher:
            entry.add_text("publisher", article.publisher.casefold())
        if article.published_on:
            entry.add_integer("published_on", article.published_on.toordinal())
        entry.add_unsigned("article_key", stored.key)
        entry.add_unsigned("chunk_id", chunk_id)
        yield entry


def _of_article(key: int) -> Query:
    return Query.term_query(SCHEMA, "article_key", key)


def _words_query(text: str) -> Query | None:
    """Any of the words, never query syntax: what people type must not be able to fail."""
    words = dict.fromkeys(STEMS.analyze(unicodedata.normalize("NFC", text)))
    if not words:
        return None
    return Query.boolean_query(
        [(Occur.Should, Query.term_query(SCHEMA, "text", word, "freq")) for word in words]
    )


def _within_filters(query: Query, question: Question) -> Query:
    conditions: list[Query] = []
    if question.published_from or question.published_to:
        first, last = question.published_from, question.published_to
        conditions.append(
            Query.range_query(
                SCHEMA,
                "published_on",
                FieldType.Integer,
                lower_bound=first.toordinal() if first else None,
                upper_bound=last.toordinal() if last else None,
            )
        )
    if question.publishers:
        names = [publisher.casefold() for publisher in question.publishers]
        conditions.append(Query.term_set_query(SCHEMA, "publisher", names))
    if not conditions:
        return query
    silent = [(Occur.Must, Query.const_score_query(condition, 0.0)) for condition in conditions]
    return Query.boolean_query([(Occur.Must, query), *silent])
