import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.questions import (
    Case,
    GoldQuote,
    QuestionSetError,
    describe_undecided,
    digest,
    line,
    read_questions,
    write_questions,
)
from rag.types import Question, Turn

GOOD = '{"id": "a", "question": "Who?", "answers": ["Ada"], "answerable": true}'
FULL = Case(
    id="b",
    question="And when?",
    answers=("3 May", "May 3"),
    answerable=True,
    history=(Turn("Who came?", "Ada [1]."),),
    articles=("Ada comes",),
    quotes=(GoldQuote("Ada came on 3 May."), GoldQuote("May 3", "x1", 4, 9)),
    today=date(2023, 6, 1),
    kind="follow-up",
)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "set.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_set_survives_being_written_and_read(tmp_path: Path) -> None:
    cases = [FULL, Case("c", "What else?", (), answerable=False)]
    write_questions(tmp_path / "new" / "set.jsonl", cases)
    assert read_questions(tmp_path / "new" / "set.jsonl") == cases


def test_a_case_is_asked_with_its_history_and_its_day() -> None:
    asked = Question("And when?", today=date(2023, 6, 1), history=(Turn("Who came?", "Ada [1]."),))
    assert FULL.asked() == asked


def test_fields_that_are_not_set_are_not_written() -> None:
    assert json.loads(line(Case("c", "What?", (), answerable=False))) == {
        "id": "c",
        "question": "What?",
        "answers": [],
        "answerable": False,
    }


def test_blank_lines_a_byte_order_mark_and_unknown_fields_are_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeff" + GOOD[:-1] + ', "note": "mine"}\r', "", "  ")
    assert read_questions(path) == [Case("a", "Who?", ("Ada",), answerable=True)]


def test_numbers_serve_as_ids_and_answers(tmp_path: Path) -> None:
    path = written(
        tmp_path, '{"id": 7, "question": "How many?", "answers": [64], "answerable": true}'
    )
    assert read_questions(path) == [Case("7", "How many?", ("64",), answerable=True)]


def test_an_unanswerable_question_needs_no_answers(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": "a", "question": "Who?", "answerable": false}')
    assert read_questions(path) == [Case("a", "Who?", (), answerable=False)]


def test_articles_may_stand_in_for_answers(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": "a", "question": "W", "answerable": true, "articles": ["1"]}')
    assert read_questions(path) == [Case("a", "W", (), answerable=True, articles=("1",))]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        pytest.param("{oops", "line 2 is not JSON: Expecting property name", id="not-json"),
        pytest.param("[1]", "line 2 is not an object; write", id="not-an-object"),
        pytest.param(
            '{"question": "W", "answers": ["x"], "answerable": true}',
            "line 2 has no field 'id'; add it",
            id="no-id",
        ),
        pytest.param(
            '{"id": "b", "question": "W", "answer": ["x"], "answerable": true}',
            "line 2 has no field 'answers'; is 'answer' meant as 'answers'?",
            id="misspelt-field",
        ),
        pytest.param(
            '{"id": "b", "question": "W", "answers": ["x"]}',
            "line 2 has no field 'answerable'; add it",
            id="no-answerable",
        ),
        pytest.param(
            '{"id": "b", "question": "W", "answers": "x", "answerable": true}',
            "line 2: answers is wrong: input should be a valid tuple",
            id="answers-no-list",
        ),
        pytest.param(
            '{"id": "b", "question": " ", "answers": ["x"], "answerable": true}',
            "line 2: question is wrong",
            id="empty-question",
        ),
        pytest.param(
            '{"id": "b", "question": "W", "answers": [], "answerable": true}',
            "line 2 is answerable but names no answers",
            id="answerable-without-answers",
        ),
        pytest.param(
            '{"id": "b", "question": "W", "answers": ["x"], "answerable": false}',
            "line 2 is not answerable but has answers",
            id="unanswerable-with-answers",
        ),
        pytest.param(
            GOOD.replace("Who", "Why"), "line 2: the id 'a' was used in line 1", id="id-twice"
        ),
        pytest.param(
            '{"id": "b", "question": "W", "answers": ["x"], "answerable": true, "today": "May"}',
            "line 2: today is wrong",
            id="day-that-is-none",
        ),
        pytest.param(
            '{"id":"b","question":"W","answers":["x"],"answerable":true,"history":[["only one"]]}',
            "line 2: history.0",
            id="turn-without-answer",
        ),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(tmp_path: Path, bad: str, message: str) -> None:
    with pytest.raises(QuestionSetError) as raised:
        read_questions(written(tmp_path, GOOD, bad))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="holds no question; write one JSON object a line"):
        read_questions(written(tmp_path, "", ""))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"none\.jsonl cannot be read: No such file"):
        read_questions(tmp_path / "none.jsonl")


def test_a_file_of_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(QuestionSetError, match="is not text in UTF-8"):
        read_questions(tmp_path / "set.jsonl")


def test_a_set_is_told_from_another_by_anything_its_cases_say() -> None:
    case = Case("a", "Who?", ("Ada",), answerable=True)
    assert digest([case]) == digest([Case("a", "Who?", ("Ada",), answerable=True)])
    assert digest([case]) != digest([Case("a", "Who?", ("Eve",), answerable=True)])


@given(text=st.text(min_size=1).filter(str.strip))
def test_any_text_survives_being_written(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "set.jsonl"
    if text.encode("utf-8", "replace").decode() == text:
        cases = [Case("a", text, (text,), answerable=True)]
        write_questions(path, cases)
        assert read_questions(path) == cases


def test_what_is_right_may_still_be_unknown_where_a_person_is_told_what_to_do(
    tmp_path: Path,
) -> None:
    open_case = Case("a", "Who?", (), answerable=None, to_do="Read the articles.")
    write_questions(tmp_path / "set.jsonl", [open_case, FULL])
    assert read_questions(tmp_path / "set.jsonl") == [open_case, FULL]
    assert '"answerable": null' in (tmp_path / "set.jsonl").read_text()


def test_without_being_told_what_to_do_it_must_be_said_what_is_right(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": "a", "question": "Who?", "answerable": null, "answers": []}')
    with pytest.raises(QuestionSetError, match="line 1 has no field 'answerable'; add it"):
        read_questions(path)


@pytest.mark.parametrize(
    ("count", "told"),
    [
        pytest.param(0, "", id="none"),
        pytest.param(1, "1 question is not judged yet; the field to_do says", id="one"),
        pytest.param(2, "2 questions are not judged yet; the field to_do says", id="two"),
    ],
)
def test_questions_that_wait_for_a_person_are_counted(count: int, told: str) -> None:
    waiting = [Case("a", "Who?", (), answerable=None, to_do="Read.")] * count
    assert describe_undecided([FULL, *waiting]).startswith(told)
    assert bool(describe_undecided([FULL, *waiting])) == bool(told)
