"""The adapters of public sets, on records made up in their shapes."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from benchmarks.quality import Subjects, measure, own_figure
from benchmarks.sets import clapnq, multihop, news, polluted, rgb, squad2, support, temporal, time
from benchmarks.sets.common import Record, chosen
from rag.errors import RagError
from rag.evaluation.results import Result
from rag.settings import Settings
from tests.fakes import make_archive

PASSAGE = "The weir was built in 1912 by Ada Berg. It is made of oak."


def data(folder: Path, name: str, records: Sequence[Record]) -> Path:
    path = folder / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    return folder / "data"


def subjects(folder: Path, retriever: str | None = None) -> Subjects:
    return Subjects(
        settings=Settings(archive=folder, passages=3),
        folder=folder,
        depth=20,
        retriever=retriever,
        generator=None,
        models=make_archive(folder / "empty"),
    )


def test_a_sample_is_always_the_same_and_in_order() -> None:
    records: list[Record] = [{"n": number} for number in range(50)]
    drawn = [record["n"] for record in chosen(records, 5)]
    assert drawn == [record["n"] for record in chosen(records, 5)] == sorted(drawn)
    assert chosen(records, 80) == records


def test_squad2_asks_each_question_of_its_own_paragraph(tmp_path: Path) -> None:
    questions = [
        ("a", "Who built the weir?", ["Ada Berg"], True),
        ("b", "Who painted the weir?", [], False),
    ]
    records = [
        dict(zip(("id", "question", "answers", "answerable"), each, strict=True))
        | {"title": "A_weir", "passage": PASSAGE}
        for each in questions
    ]
    sample = squad2.load(data(tmp_path, "squad2/questions.jsonl", records), 10)
    assert [item.documents[0]["title"] for item in sample.items] == ["A weir", "A weir"]
    run = measure(sample, subjects(tmp_path), name="squad2", output=tmp_path / "run", archive=None)
    assert [result.case.id for result in run.results] == ["a", "b"]
    assert run.results[0].accuracy == 1.0
    figure = own_figure(sample.own[0], run.results)
    assert figure is not None
    declined = float(bool(run.results[1].declined))
    assert (figure.value, figure.count) == (declined / 2, 2)


def test_rgb_asks_each_question_with_rising_noise_and_with_nothing_else(tmp_path: Path) -> None:
    record: Record = {
        "id": 1,
        "query": "Who won?",
        "answer": [["Ada", "A. Berg"]],
        "positive": ["p0", "p1", "p2"],
        "negative": ["n0", "n1"],
        "noise_sets": {
            "0.4": {"positive": [2], "negative": [0]},
            "0.8": {"positive": [0], "negative": [1, 0]},
        },
    }
    two_needed = {**record, "id": 2, "answer": ["Ada", "Eve"]}
    sample = rgb.load(data(tmp_path, "rgb/noise.jsonl", [record, two_needed]), 8)
    found = [
        (item.case.kind, item.case.answers, [doc["text"] for doc in item.documents])
        for item in sample.items
    ]
    accepted = ("Ada", "A. Berg")
    assert found == [
        ("noise 0", accepted, ["p0", "p1", "p2"]),
        ("noise 0.4", accepted, ["p2", "n0"]),
        ("noise 0.8", accepted, ["p0", "n1", "n0"]),
        ("noise alone", (), ["n0", "n1"]),
    ]


def test_temporal_questions_are_asked_on_their_day_of_dated_documents(tmp_path: Path) -> None:
    doc = {"title": "T", "text": "x", "date": "2023/11/30", "cred": "high"}
    record: Record = {"id": 1, "question": "?", "q_date": "2023/12/01", "docs": [doc]}
    path = data(tmp_path, "temporal/questions.jsonl", [{**record, "answers": ["Ada"]}])
    item = temporal.load(path, 1).items[0]
    assert item.case.today == date(2023, 12, 1)
    assert item.documents[0]["published"] == "2023-11-30"


def test_polluted_questions_have_their_four_documents_to_themselves(tmp_path: Path) -> None:
    record: Record = {
        "uid": "u",
        "question": "?",
        "answer": "Ada",
        "docs": [{"title": "", "text": f"text {n}"} for n in range(4)],
    }
    item = polluted.load(data(tmp_path, "polluted/questions.jsonl", [record]), 1).items[0]
    assert [doc["title"] for doc in item.documents] == ["text 0", "text 1", "text 2", "text 3"]


def test_clapnq_judges_by_the_sentences_that_ground_the_answer(tmp_path: Path) -> None:
    answers = [{"answer": "Ada built it.", "selected_sentences": ["It was Ada .", "In 1912 ."]}]
    record = {"id": -1, "question": "?", "passage": PASSAGE, "title": "W", "answerable": True}
    sample = clapnq.load(
        data(tmp_path, "clapnq/questions.jsonl", [record | {"answers": answers}]), 1
    )
    case = sample.items[0].case
    assert [quote.text for quote in case.quotes] == ["It was Ada .", "In 1912 ."]
    given = Result(case, {}, [], {}, answer={"text": "Ada built it [1]."}, declined=False)
    assert sample.own[0].read(given) == 1.0
    assert sample.own[0].read(Result(case, {}, [], {})) is None


def test_multihop_shares_one_archive_and_its_null_queries_have_no_answer(tmp_path: Path) -> None:
    article = {"title": "T", "facts": ["One.", "Two."], "source": "S", "url": "u"}
    data(tmp_path, "multihop/evidence.jsonl", [article | {"published_at": "2023-09-26"}])
    records: list[Record] = [
        {"id": 1, "query": "?", "answer": "Yes", "evidence_list": [{"title": "T"}]},
        {"id": 2, "query": "??", "answer": "Insufficient information.", "evidence_list": []},
    ]
    records[0]["question_type"], records[1]["question_type"] = "comparison_query", "null_query"
    sample = multihop.load(data(tmp_path, "multihop/queries.jsonl", records), 5)
    assert [(i.case.answers, i.case.articles, i.case.kind) for i in sample.items] == [
        (("Yes",), ("T",), "comparison"),
        ((), (), "null"),
    ]
    assert sample.shared[0]["text"] == "One.\n\nTwo."


def test_time_measures_only_how_articles_are_ranked(tmp_path: Path) -> None:
    texts = ["The weir of oak stands.", "Elections were held in spring.", "Ships sank at sea."]
    articles = [{"doc_id": n, "text": text} for n, text in enumerate(texts)]
    data(tmp_path, "time/articles.jsonl", articles)
    query = {"id": 1, "query": "ELECTIONS HELD", "relevant_doc_ids": [1]}
    sample = time.load(data(tmp_path, "time/queries.jsonl", [query]), 9)
    asked = subjects(tmp_path, "lexical")
    run = measure(sample, asked, name="time", output=tmp_path / "run", archive=None)
    found = {figure.name: figure.value for figure in run.figures}
    assert (found["mrr@10"], found["hit@1"]) == (1.0, 1.0)
    assert "accuracy" not in found


def test_news_needs_the_archive_of_its_articles_and_brings_the_web_search_figures(
    tmp_path: Path,
) -> None:
    record: Record = {"id": "20230101_0", "question": "Who built the weir?"}
    record |= {"answers": ["Ada"], "as_of": "2023-01-01", "first_candidate_with_answer": 2}
    sample = news.load(data(tmp_path, "news/questions.jsonl", [record]), 1)
    with pytest.raises(RagError, match="is asked of an archive of its articles; give --archive"):
        measure(sample, subjects(tmp_path), name="news", output=tmp_path / "run", archive=None)
    result = Result(sample.items[0].case, {}, [], {})
    assert [own.read(result) for own in sample.own] == [0.0, 1.0, 1.0, 1.0]


def test_the_checker_is_measured_against_what_people_judged(tmp_path: Path) -> None:
    sentences = [
        {"sentence": "Ada Berg built the weir in 1912.", "supported_majority": True},
        {"sentence": "The weir was built in 1950.", "supported_majority": False},
        {"sentence": "Ada Berg built the weir of oak in 1912.", "supported_majority": False},
    ]
    record = {"id": "x", "article": PASSAGE, "sentences": sentences}
    figures = support.measure(data(tmp_path, "support/sentences.jsonl", [record]), 5)
    assert [(figure.name, figure.value) for figure in figures] == [
        ("balanced_accuracy", 0.75),
        ("supported_accepted", 1.0),
        ("unsupported_refused", 0.5),
    ]
