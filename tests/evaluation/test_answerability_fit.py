"""Gathering the signs of answerable questions, and fitting weights to them."""

import json
import random
import tomllib
from pathlib import Path

import pytest

from benchmarks.answerability import gather, main
from rag.answerability import log_odds
from tests.fakes import ScriptedGenerator, make_archive

PASSAGE = "The weir was built in 1912 by Ada Berg. It is made of oak."


def write_set(folder: Path) -> Path:
    questions = [("a", "Who built the weir?", ["Ada Berg"]), ("b", "Who painted the weir?", [])]
    records = [
        {"id": key, "question": text, "answers": answers, "answerable": bool(answers)}
        | {"title": "A_weir", "passage": PASSAGE}
        for key, text, answers in questions
    ]
    for name, lines in (("squad2/questions.jsonl", records), ("rgb/noise.jsonl", [])):
        (folder / name).parent.mkdir()
        (folder / name).write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return folder


def test_each_question_is_judged_once_and_nothing_is_written(tmp_path: Path) -> None:
    generator = ScriptedGenerator(opinion=0.75)
    models, signs = make_archive(tmp_path / "models"), tmp_path / "signs.jsonl"
    data = write_set(tmp_path)
    gather(data, models, generator, signs)
    first, second = (json.loads(line) for line in signs.read_text().splitlines())
    assert (first["id"], first["answerable"], first["named"], first["offered"]) == ("a", True, 1, 1)
    assert (second["id"], second["answerable"]) == ("b", False)
    assert first["opinion"] == pytest.approx(log_odds(0.75))
    gather(data, make_archive(tmp_path / "again"), generator, signs)
    assert (len(generator.judged), generator.asked) == (2, [])


def test_weights_are_fitted_to_what_tells_answerable_questions_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw = random.Random(7)
    records = [
        {"id": number, "set": "made up", "question": str(number), "answerable": number % 2 == 0}
        | {"score": draw.random(), "named": 1.0, "offered": 1.0}
        | {"opinion": draw.gauss(2 if number % 2 == 0 else 0, 1)}
        for number in range(200)
    ]
    signs = tmp_path / "signs.jsonl"
    signs.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    assert main(["--signs", str(signs)]) == 0
    printed = capsys.readouterr().out
    fitted = tomllib.loads(printed)
    assert fitted["model"]["signs"]["opinion"] == pytest.approx(2.0, abs=0.5)
    assert abs(fitted["model"]["signs"]["score"]) < 1.0
    assert "# made up, n 200: area under the curve 0.9" in printed
