"""Labels of proved sentences, which hold not a word of the articles."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.labels import LABELS, candidates, keep, proved, report, still_proved
from benchmarks.sets.common import read_records
from rag.archive import Archive
from tests.fakes import make_archive

TEXT = "The mayor of Saltmere opened the harbour on Monday. It had been closed for a year."
WRITTEN = "The mayor of Saltmere opened the harbour [1]. A bishop sang. The articles do not say."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    dump = tmp_path / "dump.jsonl"
    fields = {"id": "a", "title": "Harbour opened", "text": TEXT, "published": "2024-05-06"}
    dump.write_text(json.dumps(fields))
    with make_archive(tmp_path / "archive") as made:
        made.add(dump)
        yield made


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.jsonl"
    told = {"id": "q1", "question": "Who opened the harbour?", "as_of": "2024-05-07"}
    passages = [["a", 0, len(TEXT)]]
    answer = {**told, "confidence": 0.7, "text": WRITTEN, "passages": passages}
    file.write_text(json.dumps(answer))
    return file


def test_what_is_kept_of_a_proved_sentence_is_no_text(archive: Archive, answers: Path) -> None:
    (candidate,) = candidates(archive, answers)
    assert candidate["written"] == "The mayor of Saltmere opened the harbour."
    assert [each["text"] for each in candidate["said"]] == [TEXT[:51]]
    labelled, labels = answers.with_name("labelled.jsonl"), answers.with_name("labels.jsonl")
    labelled.write_text(json.dumps({**candidate, "supported": True}))
    keep(labelled, labels)
    (kept,) = read_records(labels)
    assert kept == {
        "question": "q1",
        "sentence": "a55af7f1b16fdd07",
        "quotes": [["a", 0, 51]],
        "shown": True,
        "supported": True,
    }


def test_a_label_counts_while_the_same_quotes_prove_the_sentence(
    archive: Archive, answers: Path
) -> None:
    found = [each.label() for each in proved(archive, answers)]
    labels = [{**each, "supported": True} for each in found]
    assert still_proved(labels, found) == (labels, 0)
    elsewhere = [{**labels[0], "quotes": [["a", 52, 80]]}]
    assert still_proved(elsewhere, found) == ([], 1)


def test_the_share_is_reported_with_its_interval(capsys: pytest.CaptureFixture[str]) -> None:
    shown = [{"shown": True, "supported": number < 9} for number in range(10)]
    found = report([*shown, {"shown": False, "supported": False}])
    assert (found["all"]["supported"], found["all"]["proved"]) == (9, 11)
    assert found["shown by default"]["low"] == pytest.approx(0.596, abs=0.001)  # Wilson, 9 of 10
    assert found["shown by default"]["high"] == pytest.approx(0.982, abs=0.001)
    assert "9 of 10 proved sentences are supported, 90.0 %" in capsys.readouterr().out


def test_the_labels_hold_no_words_of_articles() -> None:
    for record in read_records(LABELS):
        assert record.keys() == {"question", "sentence", "quotes", "shown", "supported"}
        assert len(record["sentence"]) == 16
        assert all(end > start >= 0 for _, start, end in record["quotes"])
