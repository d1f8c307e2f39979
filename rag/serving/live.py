"""Answers for a server's event loop: each is worked on in a thread, and stops when nobody waits."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from threading import Event, Thread
from typing import TypeAlias

from rag.assistant import AnswerStream
from rag.errors import ModelError, RagError
from rag.types import Answer, AnswerEvent, AnswerFinished

AT_ONCE = 32  # further questions wait for their turn, first come, first served
BROKEN_OFF = "the answer broke off; the terminal that runs Newsdesk says why"

Begin = Callable[[], AnswerStream]
Arrived: TypeAlias = AnswerEvent | RagError | None  # None: there is no more


class Live:
    """Runs each answer in a thread of its own, so that the server's are never all taken."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places = asyncio.Semaphore(at_once)

    async def events(self, begin: Begin) -> AsyncGenerator[AnswerEvent, None]:
        """Yield the events of the answer that `begin` starts; closing stops the model.

        Raises:
            RagError: the archive or the model cannot be used.
        """
        loop = asyncio.get_running_loop()
        arriving: asyncio.Queue[Arrived] = asyncio.Queue()
        closed = Event()

        def arrive(arrived: Arrived) -> None:
            with suppress(RuntimeError):  # the loop has ended: nobody waits
                loop.call_soon_threadsafe(arriving.put_nowait, arrived)

        async with self._places:
            Thread(target=_work, args=(begin, arrive, closed), daemon=True).start()
            try:
                while (arrived := await arriving.get()) is not None:
                    if isinstance(arrived, RagError):
                        raise arrived
                    yield arrived
            finally:
                closed.set()

    async def answer(self, begin: Begin) -> Answer:
        """Return the finished answer; cancelling stops the model.

        Raises:
            RagError: the archive or the model cannot be used.
        """
        async with aclosing(self.events(begin)) as events:
            async for event in events:
                if isinstance(event, AnswerFinished):
                    return event.answer
        raise ModelError(BROKEN_OFF)


def _work(begin: Begin, arrive: Callable[[Arrived], None], closed: Event) -> None:
    """Pass an answer's events on until it ends or nobody waits any more."""
    try:
        with begin() as stream:
            for event in stream:
                if closed.is_set():
                    return
                arrive(event)
    except RagError as error:
        arrive(error)
    finally:
        arrive(None)
