"""Ends what is still being answered when the server closes, as if it were finished."""

import asyncio
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

UNAVAILABLE = 503
START, BODY = "http.response.start", "http.response.body"


class Endable:
    """Passes requests on and remembers them, so that `end` leaves nobody waiting for the rest.

    Pages keep requests open for as long as they are open themselves.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._loop: asyncio.AbstractEventLoop | None = None
        self._open: set[asyncio.Task[object]] = set()
        self._ended = False

    def end(self) -> None:
        """End them all; called from another thread."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        self._ended = True
        for task in self._open:
            task.cancel()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        task = asyncio.current_task()
        if scope["type"] != "http" or task is None:
            await self._app(scope, receive, send)
            return
        self._loop = asyncio.get_running_loop()
        self._open.add(task)
        answer = _Answer(send)
        try:
            await self._app(scope, receive, answer.send)
        except asyncio.CancelledError:
            if not self._ended:
                raise
            await answer.finish()
        finally:
            self._open.discard(task)


@dataclass(slots=True)
class _Answer:
    """How much of an answer has been sent."""

    _send: Send
    _started: bool = False
    _finished: bool = False

    async def send(self, message: Message) -> None:
        self._started = self._started or message["type"] == START
        self._finished = message["type"] == BODY and not message.get("more_body", False)
        await self._send(message)

    async def finish(self) -> None:
        if not self._started:
            await self._send({"type": START, "status": UNAVAILABLE, "headers": []})
        if not self._finished:
            await self._send({"type": BODY, "body": b"", "more_body": False})
