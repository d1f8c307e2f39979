"""Question -> the conversation as the answer grows, in steps short enough to stop between them."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TypeAlias

from rag.assistant import AnswerStream
from rag.errors import RagError
from rag.page.conversation import Conversation, advance, begin, fail, history, stop
from rag.page.desk import Inquiry
from rag.types import AnswerEvent

BEAT_SECONDS = 0.2  # how soon a stop takes effect, whatever the model is at
BROKEN_OFF = "The answer broke off; the terminal that runs Newsdesk says why."


def ask(
    inquiry: Inquiry, conversation: Conversation, stopped: Event
) -> Generator[Conversation, None, None]:
    """Yield the conversation with the question, at every beat; the last one has ended.

    Closing the iterator, or setting `stopped`, stops the model.
    """
    current = begin(conversation, inquiry.question.text, inquiry.question.limits)
    if inquiry.refused:
        yield (*conversation, fail(current, inquiry.refused))
        return
    yield (*conversation, current)
    try:
        question = replace(inquiry.question, text=current.question)
        stream = inquiry.assistant.stream(question, history=history(conversation))
        with closing(paced(stream)) as steps:
            for events in steps:
                current = advance(current, events)
                if stopped.is_set():
                    break
                yield (*conversation, current)
    except RagError as error:
        current = fail(current, str(error))
    current = stop(current) if stopped.is_set() else fail(current, BROKEN_OFF)
    yield (*conversation, current)


@dataclass(frozen=True, slots=True)
class _End:
    error: RagError | None = None


_Arriving: TypeAlias = "SimpleQueue[AnswerEvent | _End]"


def paced(
    stream: AnswerStream, beat_seconds: float = BEAT_SECONDS
) -> Generator[list[AnswerEvent], None, None]:
    """Yield the events that have come; at every beat, even if there are none.

    Closing the iterator closes the stream as soon as that one gives way.

    Raises:
        RagError: the stream did.
    """
    arriving: _Arriving = SimpleQueue()
    closed = Event()
    Thread(target=_forward, args=(stream, arriving, closed), daemon=True).start()
    try:
        while True:
            events, end = _arrived(arriving, beat_seconds)
            yield events
            if end and end.error:
                raise end.error
            if end:
                return
    finally:
        closed.set()


def _arrived(arriving: _Arriving, beat_seconds: float) -> tuple[list[AnswerEvent], _End | None]:
    """Wait for an event and take all that came with it; say if they were the last."""
    events: list[AnswerEvent] = []
    try:
        arrived = arriving.get(timeout=beat_seconds)
        while not isinstance(arrived, _End):
            events.append(arrived)
            arrived = arriving.get_nowait()
    except Empty:
        return events, None
    return events, arrived


def _forward(stream: AnswerStream, arriving: _Arriving, closed: Event) -> None:
    end = _End()
    try:
        with stream:
            for event in stream:
                if closed.is_set():
                    return
                arriving.put(event)
    except RagError as error:
        end = _End(error)
    finally:
        arriving.put(end)
