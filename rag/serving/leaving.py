"""Stops working for somebody who has hung up."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request

LOOK_SECONDS = 0.3

Given = TypeVar("Given")


async def unless_gone(request: Request, work: Coroutine[None, None, Given]) -> Given:
    """Return what the work gives; cancel it once whoever sent the request has gone.

    Raises:
        ClientDisconnect: nobody waits for it any more.
    """
    working = asyncio.ensure_future(work)
    try:
        while not working.done():
            await asyncio.wait({working}, timeout=LOOK_SECONDS)
            if not working.done() and await request.is_disconnected():
                raise ClientDisconnect
        return working.result()
    finally:
        working.cancel()
