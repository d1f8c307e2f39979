"""Question sets: JSON lines of questions with what is right; a wrong line is named and explained.

    {"id": "1", "question": "Who …?", "answers": ["Ada"], "answerable": true}

and optionally "history" (pairs of question and answer), "articles" (ids or titles that hold the
answer), "quotes" (their words, or objects with "text", "article", "start", "end"), "today", "kind".
With "to_do", which says what a person has still to find out, "answerable" may be null: such a
question is asked, but not judged.
"""

import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from rag.errors import RagError
from rag.types import Question, Turn

Filled = Annotated[str, Field(min_length=1, pattern=r"\S")]


class QuestionSetError(RagError):
    """A question set cannot be read; the message names the line."""


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Words that hold the answer; where offsets are known, `article.text[start:end] == text`."""

    text: Filled
    article: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One question of a set, with what is right.

    `articles` are ids or titles. Where not `answerable`, declining is right and `answers` is empty;
    None: nobody has said yet, and `to_do` tells how.
    """

    __pydantic_config__ = ConfigDict(coerce_numbers_to_str=True)

    id: Filled
    question: Filled
    answers: tuple[Filled, ...]
    answerable: bool | None
    history: tuple[Turn, ...] = ()
    articles: tuple[Filled, ...] = ()
    quotes: tuple[GoldQuote, ...] = ()
    today: date | None = None
    kind: str | None = None
    to_do: str | None = None

    def asked(self) -> Question:
        return Question(self.question, today=self.today, history=self.history)


CASE = TypeAdapter(Case)
NAMES = [field.name for field in fields(Case)]
REQUIRED = ("id", "question", "answerable")
ALWAYS_WRITTEN = (*REQUIRED, "answers")


def read_questions(path: str | Path) -> list[Case]:
    """Read a whole set; blank lines are passed over, fields that nothing here knows are ignored.

    Raises:
        QuestionSetError: a line is wrong, or the file cannot be read or holds no question.
    """
    file = Path(path).expanduser()
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionSetError(f"{file} is not text in UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise QuestionSetError(
            f"{file} cannot be read: {error.strerror}; check the name"
        ) from error
    cases: list[Case] = []
    lines: dict[str, int] = {}
    for number, line in _numbered(text):
        where = f"{file}, line {number}"
        case = _read_case(line, where)
        if case.id in lines:
            raise QuestionSetError(
                f"{where}: the id {case.id!r} was used in line {lines[case.id]}; give it another"
            )
        lines[case.id] = number
        cases.append(case)
    if not cases:
        raise QuestionSetError(f"{file} holds no question; write one JSON object a line")
    return cases


def write_questions(path: Path, cases: Iterable[Case]) -> None:
    """Write a set; the file appears whole."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text("".join(f"{line(case)}\n" for case in cases), encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise QuestionSetError(
            f"{path} cannot be written: {error.strerror}; name another file"
        ) from error


def line(case: Case) -> str:
    """Return the case as one line of JSON, without the fields that are not set."""
    form: dict[str, object] = {
        key: value for key, value in asdict(case).items() if value or key in ALWAYS_WRITTEN
    }
    form["answers"] = list(case.answers)
    if case.quotes:
        form["quotes"] = [_quote_form(quote) for quote in case.quotes]
    if case.today:
        form["today"] = case.today.isoformat()
    return json.dumps(form, ensure_ascii=False)


def describe_undecided(cases: Iterable[Case]) -> str:
    """Return a sentence about the questions that nobody has said what is right for, if any."""
    count = sum(case.answerable is None for case in cases)
    if not count:
        return ""
    told = "1 question is" if count == 1 else f"{count:,} questions are"
    return f"{told} not judged yet; the field to_do says what a person has to fill in"


def digest(cases: Sequence[Case]) -> str:
    """Return what tells one set from another: the SHA-256 of all that its cases say."""
    return hashlib.sha256("\n".join(map(line, cases)).encode()).hexdigest()


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    # not splitlines: a line of JSON may hold U+2028 and its like
    for number, each in enumerate(text.split("\n"), start=1):
        if each.strip():
            yield number, each


def _read_case(text: str, where: str) -> Case:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise QuestionSetError(f"{where} is not JSON: {error}") from error
    if not isinstance(record, dict):
        raise QuestionSetError(f'{where} is not an object; write {{"id": …, "question": …}}')
    try:
        case = CASE.validate_python(_prepared(record, where))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise QuestionSetError(f"{where}: {field} is wrong: {_lowered(first['msg'])}") from error
    _check(case, where)
    return case


def _prepared(record: dict[str, object], where: str) -> dict[str, object]:
    """Return the fields that are set, quotes as objects; name the field that is missing."""
    given = {key: value for key, value in record.items() if value is not None}
    for name in _required(given):
        if name not in given:
            unknown = [key for key in given if key not in NAMES]
            near = difflib.get_close_matches(name, unknown, n=1, cutoff=0.6)
            hint = f"; is {near[0]!r} meant as {name!r}?" if near else "; add it"
            raise QuestionSetError(f"{where} has no field {name!r}{hint}")
    quotes = given.get("quotes", [])
    if isinstance(quotes, list):
        quotes = [{"text": each} if isinstance(each, str) else each for each in quotes]
    return {"answers": [], "answerable": None, **given, "quotes": quotes}


def _required(given: dict[str, object]) -> tuple[str, ...]:
    """Return the fields that must be there, by what the others say."""
    if "to_do" in given and "answerable" not in given:
        return REQUIRED[:-1]
    has_proof = bool(given.get("articles") or given.get("quotes"))
    return REQUIRED if given.get("answerable") is False or has_proof else (*REQUIRED, "answers")


def _check(case: Case, where: str) -> None:
    if case.answerable and not (case.answers or case.articles or case.quotes):
        raise QuestionSetError(
            f"{where} is answerable but names no answers; give the accepted strings, "
            "or set answerable to false"
        )
    if case.answers and not case.answerable:
        raise QuestionSetError(
            f"{where} is not answerable but has answers; empty answers, or set answerable to true"
        )


def _quote_form(quote: GoldQuote) -> str | dict[str, object]:
    known = {key: value for key, value in asdict(quote).items() if value is not None}
    return quote.text if list(known) == ["text"] else known


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
