"""The Archive that people hold: a folder of articles to add to, search in and remove from."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from embeddings.protocols import Embedder, TokenCounter
from rag import wiring
from rag.adding import Adder, Record, Splitter
from rag.attributed_retrieval import AttributedRetriever
from rag.chunking import SPECIAL_TOKENS, ChunkSettings
from rag.copies import by_origin
from rag.copy_index import CopyIndex
from rag.dates import without_periods
from rag.dating.spans import DaySpan
from rag.dense_index import DenseIndex
from rag.errors import ArchiveError, SettingsError
from rag.lexical_index import LexicalIndex
from rag.one_voice import OneVoiceRetriever
from rag.partwise import PartwiseRetriever
from rag.reading import read
from rag.retrieval import DenseRetriever, HybridRetriever, LexicalRetriever
from rag.settings import Settings, load_settings
from rag.store import Store
from rag.timed_retrieval import NearTimeRetriever, PublishedRetriever
from rag.timeline import Event, agreed_days, make_timeline
from rag.timing import Timing, read_timing
from rag.types import NO_LIMITS, AddReport, Article, Limits, Passage, Question, Retriever
from rag.vectorizing import Vectorizer

EVENT_PASSAGES, EVENTS_COMPARED = 20, 3  # in which the day of one event is looked for
TIMELINE_PASSAGES = 100  # in which a subject's events are looked for
logger = logging.getLogger(__name__)


class Archive:
    """All articles in one folder, made if it is not there; `path` None means the default archive.

    Several processes may use an archive at once: one adds while the others search. What is derived
    (both indexes) is repaired when the archive is opened. `embedder` and `counter` stand in for the
    embedder of the settings, `today` for the calendar.

    Raises:
        ArchiveError: the folder cannot be used.
    """

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        settings: Settings | None = None,
        embedder: Embedder | None = None,
        counter: TokenCounter | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.settings = settings or load_settings({"archive": path})
        self.folder = Path(path).expanduser() if path is not None else self.settings.archive
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(
                f"the archive {self.folder} cannot be made: {error.strerror}; name another folder"
            ) from error
        self._given_embedder = embedder
        self._given_counter = counter
        self._today = today
        self._last_timing: tuple[tuple[object, ...], Timing] | None = None
        self.store = Store(self.folder)
        self._lexical = LexicalIndex(self.folder / "words")
        self._copies = CopyIndex(self.folder)
        self._repair()

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()
        self._copies.close()

    def __len__(self) -> int:
        return len(self.store)

    def add(
        self,
        *sources: str | Path,
        embed: bool = True,
        on_article: Callable[[int], None] = lambda done: None,
        on_vector: Callable[[int, int], None] = lambda done, total: None,
    ) -> AddReport:
        """Add files, folders, web pages, feeds and dumps; unchanged articles cost next to nothing.

        Every article is findable by its words before the first vector is made; `embed` False leaves
        the vectors to a later `embed()`. Both callbacks are told of progress. Others may add at the
        same time. Sources that can't be read are in the report, they raise nothing.
        """
        records = (record for source in sources for record in read(source))
        report = self.add_records(records, on_article=on_article)
        if embed:
            self.embed(on_vector=on_vector)
            report.vectors_left = self.vectors_left
        return report

    def add_records(
        self, records: Iterable[Record], *, on_article: Callable[[int], None] = lambda done: None
    ) -> AddReport:
        """Add what was read already, or is read as it is asked for; vectors follow by `embed()`."""
        splitter = Splitter(self.counter, self._chunk_settings)
        derived = (self._lexical, self._copies)
        adder = Adder(self.store, derived, splitter, lambda: self._lock("writer"))
        report = adder.add(records, on_article)
        report.vectors_left = self.vectors_left
        return report

    def embed(
        self,
        *,
        on_vector: Callable[[int, int], None] = lambda done, total: None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> int:
        """Make the vectors that are missing; return how many still are.

        Where another process is at it already, leaves it to that one.
        """
        if not self.vectors_left and self.store.embedder == self.embedder.name:
            return 0
        try:
            with self._lock("embedding", timeout=0):
                vectorizer = Vectorizer(self.store, self._dense, self.embedder, self.counter)
                vectorizer.embed_missing(progress=on_vector, should_stop=should_stop)
        except Timeout:
            logger.info("another process is making the vectors of %s", self.folder)
        return self.vectors_left

    def remove(self, article_id: str) -> bool:
        """Remove the article from the archive and both indexes; say whether it was there."""
        with self._lock("writer"):
            removed = self.store.remove(article_id)
            self._lexical.sync(self.store)
        return removed

    def search(self, question: str | Question, k: int = 10) -> list[Passage]:
        """Return up to `k` passages, best first, by meaning and by words."""
        return self.retriever.retrieve(_asked(question), k)

    def article(self, article_id: str) -> Article | None:
        return self.store.article(article_id)

    def articles(self) -> Iterator[Article]:
        """Yield every article, newest publication first, those without a date last."""
        return self.store.articles()

    def newest(
        self, limits: Limits = NO_LIMITS, *, offset: int = 0, count: int = 25
    ) -> list[Article]:
        """Return a part of the articles within the limits, newest first, undated ones last."""
        return self.store.newest(limits, offset=offset, count=count)

    def count_within(self, limits: Limits) -> int:
        return self.store.count_within(limits)

    def publishers(self) -> dict[str, int]:
        """Return how many articles each publisher has, by name."""
        return self.store.publishers()

    def rarity(self, stem: str) -> float:
        """Return how telling a word's stem is in this archive: its inverse document frequency."""
        return self._lexical.rarity(stem)

    def timeline(self, subject: str, k: int = 20) -> list[Event]:
        """Return the `k` events that the articles report most about a subject, earliest first.

        They are found by words alone, so no model is loaded. Dates in the subject, as in "Blinken
        China since May 2023", choose the events.
        """
        periods = self.timing(subject).periods
        words = without_periods(subject, periods)
        passages = self.lexical_retriever.retrieve(Question(words), TIMELINE_PASSAGES)
        return make_timeline(words, passages, rarity=self.rarity, periods=periods, k=k)

    @property
    def passages(self) -> int:
        """How many chunks there are."""
        return self.store.count_chunks()

    @property
    def vectors_left(self) -> int:
        """How many chunks only word search finds so far."""
        return self.store.count_chunks() - self.store.count_vectors()

    @cached_property
    def embedder(self) -> Embedder:
        return self._given_embedder or wiring.make_embedder(self.settings)

    @cached_property
    def counter(self) -> TokenCounter:
        return self._given_counter or wiring.make_token_counter(self.settings)

    @property
    def retriever(self) -> Retriever:
        """By meaning and words, of the time and the publishers asked, in parts, copies as one."""
        return OneVoiceRetriever(
            PartwiseRetriever(self._attributed),
            self.copies_of,
            candidates=self.settings.candidates,
        )

    def copies_of(self, article: Article) -> list[Article]:
        """Return the articles that print the same text, in much the same words, originals first.

        The article itself is not among them; of an archive that was made by an older version they
        are known as soon as anything is added.
        """
        copies = (self.store.article(id_) for id_ in self._copies.copies_of(article.id))
        return by_origin(copy for copy in copies if copy)

    def timing(self, question: str | Question) -> Timing:
        """Return what a question says of time, and from which day that is counted."""
        asked, today, newest = _asked(question), self._today(), self.store.newest_day()
        key = (asked.text, asked.today, today, newest)
        last = self._last_timing
        if last is None or last[0] != key:  # one question asks for it several times
            timing = read_timing(asked, today=today, newest=newest, days_of=self._days_of)
            self._last_timing = last = (key, timing)
        return last[1]

    def timing_notes(self, question: str | Question) -> list[str]:
        """Return sentences that tell people how a question's dates were understood.

        They also say so where a question asks for the articles of days that have none about it.
        """
        return self._timed.notes(_asked(question))

    def near_time(self, retriever: Retriever) -> Retriever:
        """Return a retriever that prefers what is near the time that a question asks of."""
        return NearTimeRetriever(retriever, read_timing=self.timing)

    def _days_of(self, event: str) -> DaySpan | None:
        """Return when an event was, as far as the articles agree on that."""
        passages = self.lexical_retriever.retrieve(Question(event), EVENT_PASSAGES)
        return agreed_days(make_timeline(event, passages, rarity=self.rarity, k=EVENTS_COMPARED))

    def publisher_notes(self, question: str | Question) -> list[str]:
        """Return sentences that tell people which publishers' articles a question was asked of.

        They say so too where a question names a publisher that has nothing about it.
        """
        return self._attributed.notes(_asked(question))

    @cached_property
    def _attributed(self) -> AttributedRetriever:
        return AttributedRetriever(self._timed, publishers=self.publishers)

    @cached_property
    def _timed(self) -> PublishedRetriever:
        fused = HybridRetriever(
            [self.near_time(self.dense_retriever), self.near_time(self.lexical_retriever)],
            candidates=self.settings.candidates,
            reranker=wiring.make_reranker(self.settings),
        )
        return PublishedRetriever(fused, read_timing=self.timing)

    @cached_property
    def dense_retriever(self) -> Retriever:
        return DenseRetriever(self.store, self._dense, self.embedder)

    @cached_property
    def lexical_retriever(self) -> Retriever:
        return LexicalRetriever(self.store, self._lexical)

    @cached_property
    def _dense(self) -> DenseIndex:
        return wiring.make_dense_index(self.folder / "vectors", self.embedder)

    @property
    def _chunk_settings(self) -> ChunkSettings:
        tokens, limit = self.settings.chunk_tokens, self.counter.max_tokens - SPECIAL_TOKENS
        if tokens > limit:
            raise SettingsError(
                f"chunk_tokens is {tokens}, but the embedder reads no more than {limit}; "
                f"set it to {limit} or less"
            )
        return ChunkSettings(tokens, self.settings.chunk_overlap_sentences)

    def _lock(self, name: str, *, timeout: float = -1) -> FileLock:
        return FileLock(self.folder / f"{name}.lock", timeout=timeout)

    def _repair(self) -> None:
        """Bring the word index up to date; where that cannot be, search with what there is."""
        if self._lexical.generation == self.store.articles_generation:
            return
        try:
            with self._lock("writer", timeout=0):
                if len(self):
                    logger.info("bringing the word index of %s up to date", self.folder)
                self._lexical.sync(self.store)
        except Timeout:
            logger.info("another process is adding to %s", self.folder)
        except ArchiveError as error:
            logger.warning("%s", error)


def _asked(question: str | Question) -> Question:
    return Question(question) if isinstance(question, str) else question
