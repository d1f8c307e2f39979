"""The contract of Retriever, run on every implementation, and how rankings are fused."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.retrieval import HybridRetriever, fuse
from rag.types import Article, Passage, Question, Retriever
from tests.fakes import make_archive

BALLOON = "The balloon drifted over the country for {} days before it was shot down."
RECORDS = [
    {"id": f"near-{day}", "title": "Balloon", "text": BALLOON.format(day), "publisher": "AP"}
    | {"published": f"2023-02-{day:02}"}
    for day in range(1, 21)
] + [
    {"id": "june", "title": "Trip", "text": "The visit followed the balloon affair by months."}
    | {"publisher": "Reuters", "published": "2023-06-14T23:30:00-05:00"},
    {"id": "july", "title": "Harvest", "text": "A balloon was seen above the wheat fields."}
    | {"publisher": "ÉCHO", "published": "2023-07-01"},
    {"id": "undated", "title": "Rain", "text": "A balloon is a bag that is filled with gas."},
    {"id": "library", "title": "Library", "text": "The council cut what the library may spend."}
    | {"publisher": "Reuters", "published": "2023-06-20"},
]
NEAR = {f"near-{day}" for day in range(1, 21)}


def write_dump(folder: Path, records: Sequence[dict[str, str]]) -> Path:
    file = folder / "dump.jsonl"
    file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("retrievers")
    archive = make_archive(folder / "archive")
    report = archive.add(write_dump(folder, RECORDS))
    assert (len(report.added), report.failed) == (len(RECORDS), [])
    return archive


@pytest.fixture(params=["lexical", "dense", "near-time", "hybrid"])
def retriever(request: pytest.FixtureRequest, archive: Archive) -> Retriever:
    match request.param:
        case "lexical":
            return archive.lexical_retriever
        case "dense":
            return archive.dense_retriever
        case "near-time":
            return archive.near_time(archive.lexical_retriever)
        case _:
            return archive.retriever


def ids(passages: Sequence[Passage]) -> list[str]:
    return [passage.article.id for passage in passages]


def test_the_nearest_comes_first(retriever: Retriever) -> None:
    assert ids(retriever.retrieve(Question("library council spend"), 3))[0] == "library"
    found = retriever.retrieve(Question("balloon drifted over the country"), 20)
    assert set(ids(found)) == NEAR


def test_scores_fall_from_the_best_on(retriever: Retriever) -> None:
    scores = [passage.score for passage in retriever.retrieve(Question("balloon visit"), 50)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]


def test_a_passage_is_a_slice_of_its_article(retriever: Retriever) -> None:
    for passage in retriever.retrieve(Question("balloon visit library"), 50):
        assert passage.text == passage.article.text[passage.start : passage.end] != ""


def test_no_passage_comes_twice(retriever: Retriever) -> None:
    chunk_ids = [each.chunk_id for each in retriever.retrieve(Question("balloon"), 100)]
    assert len(chunk_ids) == len(set(chunk_ids))


@pytest.mark.parametrize(("k", "count"), [(3, 3), (1, 1), (0, 0), (-1, 0)])
def test_no_more_come_than_were_asked_for(retriever: Retriever, k: int, count: int) -> None:
    assert len(retriever.retrieve(Question("balloon"), k)) == count


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param(
            Question("balloon council", published_from=date(2023, 6, 1)),
            {"june", "july", "library"},
            id="from",
        ),
        pytest.param(
            Question("balloon", published_to=date(2023, 2, 2)), {"near-1", "near-2"}, id="to"
        ),
        pytest.param(
            Question("balloon", published_from=date(2023, 6, 14), published_to=date(2023, 6, 14)),
            {"june"},
            id="one-day-in-the-articles-own-time-zone",
        ),
        pytest.param(
            Question("balloon council", publishers=("Reuters",)),
            {"june", "library"},
            id="publisher",
        ),
        pytest.param(
            Question("balloon council", publishers=("reuters", "Nobody")),
            {"june", "library"},
            id="publisher-in-small-letters",
        ),
        pytest.param(
            Question(
                "balloon council", publishers=("AP", "Reuters"), published_from=date(2023, 6, 1)
            ),
            {"june", "library"},
            id="both",
        ),
        pytest.param(Question("balloon", publishers=("Nobody",)), set(), id="nothing-left"),
        pytest.param(
            Question("balloon", published_from=date(2023, 7, 1), published_to=date(2023, 1, 1)),
            set(),
            id="to-before-from",
        ),
    ],
)
def test_filters_act_before_the_best_are_chosen(
    retriever: Retriever, filters: Question, expected: set[str]
) -> None:
    assert set(ids(retriever.retrieve(filters, 3))) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("?!", id="punctuation"),
        pytest.param("balloon " * 1300, id="ten-thousand-characters"),
        pytest.param('title:(balloon AND "', id="query-syntax"),
        pytest.param("\x00\u202e😀", id="no-letters"),
    ],
)
def test_whatever_is_typed_can_be_searched(retriever: Retriever, text: str) -> None:
    assert len(retriever.retrieve(Question(text), 5)) <= 5


def test_an_empty_archive_has_nothing(tmp_path: Path) -> None:
    with make_archive(tmp_path) as empty:
        for retriever in (empty.lexical_retriever, empty.dense_retriever, empty.retriever):
            assert retriever.retrieve(Question("balloon"), 5) == []


# Dense alone


class StoppedEmbedding:
    """Says to stop once a number of batches has been embedded."""

    def __init__(self, batches: int) -> None:
        self.left = batches

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_dense_search_finds_what_has_a_vector_while_others_have_none(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "archive")
    records = [
        {"id": str(number), "text": f"Ship number {number} left the harbour today."}
        for number in range(100)
    ]
    archive.add(write_dump(tmp_path, records), embed=False)
    assert archive.dense_retriever.retrieve(Question("ship harbour"), 100) == []
    left = archive.embed(should_stop=StoppedEmbedding(1))
    assert 0 < left < 100
    found = archive.dense_retriever.retrieve(Question("ship harbour"), 100)
    assert len(found) == 100 - left
    assert len(archive.lexical_retriever.retrieve(Question("ship harbour"), 100)) == 100
    assert len(archive.retriever.retrieve(Question("ship harbour"), 100)) == 100
    assert archive.embed() == 0
    assert len(archive.dense_retriever.retrieve(Question("ship harbour"), 100)) == 100


# Fusing


def passage(chunk_id: int) -> Passage:
    return Passage(chunk_id, Article(str(chunk_id), "", "text"), 0, 4, score=float(chunk_id))


class Fixed:
    def __init__(self, *chunk_ids: int) -> None:
        self.chunk_ids = chunk_ids
        self.depths: list[int] = []

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        self.depths.append(k)
        return [passage(chunk_id) for chunk_id in self.chunk_ids][:k]


class Reversing:
    """A reranker that turns the order round."""

    def __init__(self) -> None:
        self.seen = 0

    def rank(self, question: str, passages: Sequence[Passage]) -> list[Passage]:
        self.seen = len(passages)
        return [each.scored(float(place)) for place, each in enumerate(passages)][::-1]


def test_fusion_adds_the_reciprocal_ranks() -> None:
    fused = fuse([[passage(1), passage(2), passage(3)], [passage(3), passage(1)]])
    assert [each.chunk_id for each in fused] == [1, 3, 2]
    assert [each.score for each in fused] == pytest.approx(
        [1 / 61 + 1 / 62, 1 / 63 + 1 / 61, 1 / 62]
    )


def test_equal_scores_keep_the_order_of_the_rankings() -> None:
    fused = fuse([[passage(5)], [passage(2)], [passage(9)]])
    assert [each.chunk_id for each in fused] == [5, 2, 9]
    assert fuse([]) == fuse([[], []]) == []


def test_hybrid_asks_every_retriever_for_the_candidates() -> None:
    first, second = Fixed(1, 2, 3), Fixed(3, 4)
    hybrid = HybridRetriever([first, second], candidates=40)
    assert [each.chunk_id for each in hybrid.retrieve(Question("x"), 2)] == [3, 1]
    assert (first.depths, second.depths) == ([40], [40])


@pytest.mark.parametrize(("k", "found"), [(2, [10, 9]), (10, list(range(10, 0, -1)))])
def test_the_reranker_orders_all_that_may_be_asked_for(k: int, found: list[int]) -> None:
    retriever = Fixed(*range(1, 30))
    hybrid = HybridRetriever([retriever], candidates=10, reranker=Reversing())
    assert [each.chunk_id for each in hybrid.retrieve(Question("x"), k)] == found


def test_reranking_does_not_cost_passages_where_more_are_asked_for_than_candidates() -> None:
    hybrid = HybridRetriever([Fixed(*range(1, 30))], candidates=10, reranker=Reversing())
    assert len(hybrid.retrieve(Question("x"), 20)) == 20
