import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from threading import Event

import pytest

from rag import Archive, Assistant, ModelError
from rag.page.asking import BROKEN_OFF, ask, paced
from rag.page.desk import Inquiry
from rag.types import Judging, Message, Question
from tests.fakes import ScriptedGenerator, make_archive

PORT = "Dockers in Harrow walked out on Monday over pay.\n\nThe port handles 40 ships a week."
QUESTION = "Why did dockers in Harrow walk out?"
REPLY = "Dockers in Harrow walked out over pay."


class BrokenGenerator:
    """Fails after the first word."""

    name = "broken"
    context_size = 4096

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, judging: Judging | None = None
    ) -> Generator[str, None, None]:
        yield "Dockers"
        raise ModelError("the model broken failed: out of memory")


def inquiry(assistant: Assistant, question: str = QUESTION) -> Inquiry:
    return Inquiry(assistant, Question(question))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "port.md").write_text(f"# Port strike begins\n\n{PORT}")
    archive = make_archive(tmp_path / "archive")
    archive.add(tmp_path / "port.md")
    return archive


def test_the_conversation_grows_from_question_to_evidence_to_answer(archive: Archive) -> None:
    steps = [
        conversation[-1]
        for conversation in ask(inquiry(Assistant(archive, ScriptedGenerator(REPLY))), (), Event())
    ]
    assert steps[0].evidence is None
    first_found = next(step for step in steps if step.evidence)
    assert (first_found.answer, first_found.evidence[0].text if first_found.evidence else "") == (
        None,
        "Dockers in Harrow walked out on Monday over pay.",
    )
    assert steps[-1].answer
    assert steps[-1].answer.text == "Dockers in Harrow walked out over pay [1]."


def test_earlier_turns_are_given_to_the_model(archive: Archive) -> None:
    generator = ScriptedGenerator(REPLY, "The port handles 40 ships a week.")
    assistant = Assistant(archive, generator)
    *_, first = ask(inquiry(assistant), (), Event())
    *_, second = ask(inquiry(assistant, "How many ships does it handle?"), first, Event())
    assert [exchange.number for exchange in second] == [1, 2]
    assert f"Question: {second[-1].searched}\n" in generator.asked[1][-1].content
    assert second[-1].searched != second[-1].question


def test_setting_the_flag_stops_the_model_and_ends_the_conversation(archive: Archive) -> None:
    generator = ScriptedGenerator("word " * 200, seconds_per_word=0.02)
    stopped = Event()
    for conversation in ask(inquiry(Assistant(archive, generator)), (), stopped):
        if conversation[-1].unchecked:
            stopped.set()
    assert conversation[-1].stopped
    assert _soon(lambda: generator.stopped == 1)


def test_closing_stops_the_model(archive: Archive) -> None:
    generator = ScriptedGenerator("word " * 200, seconds_per_word=0.02)
    with closing(ask(inquiry(Assistant(archive, generator)), (), Event())) as steps:
        next(step for step in steps if step[-1].unchecked)
    assert _soon(lambda: generator.stopped == 1)


def test_a_failing_model_ends_in_its_sentence_with_the_evidence_kept(archive: Archive) -> None:
    *_, conversation = ask(inquiry(Assistant(archive, BrokenGenerator())), (), Event())
    assert conversation[-1].error == "the model broken failed: out of memory"
    assert conversation[-1].evidence


def test_a_slow_model_leaves_control_at_every_beat(archive: Archive) -> None:
    generator = ScriptedGenerator("Dockers", seconds_per_word=0.5)
    steps = list(paced(Assistant(archive, generator).stream(QUESTION), beat_seconds=0.05))
    assert [] in steps


def test_a_mistake_in_the_program_ends_the_question_too(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: SimpleQueue[threading.ExceptHookArgs] = SimpleQueue()
    monkeypatch.setattr(threading, "excepthook", told.put)
    generator = ScriptedGenerator()  # has no reply: an IndexError
    *_, conversation = ask(inquiry(Assistant(archive, generator)), (), Event())
    assert conversation[-1].error == BROKEN_OFF
    assert told.get(timeout=2).exc_type is IndexError


def _soon(holds: Callable[[], bool], seconds: float = 2.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.01)
    return False
