"""Whose a conversation is: the user's who logged in, else the browser's, by a cookie.

A cookie and not the browser's own storage: no script can read it, it comes along with every
request, and another port is the same browser. An id is never taken from an address.
"""

import hashlib
import re
import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from rag.page.headers import Message, Receive, Send, Server

COOKIE = "newsdesk_visitor"
ID_BYTES = 32
ID = re.compile(r"[\w-]{43}", re.ASCII)  # what 32 bytes are in base 64
KEPT_SECONDS = 400 * 24 * 3600  # as long as browsers allow; every visit begins it anew


def owner_of(username: str | None, cookies: Mapping[str, str]) -> str | None:
    """Return whose conversations a request may see; None where the browser takes no cookie.

    Of the cookie only a digest is kept: whoever reads the file of conversations cannot pass for
    a visitor.
    """
    if username:
        return f"user:{username}"
    id_ = cookies.get(COOKIE, "")
    return f"visitor:{hashlib.sha256(id_.encode()).hexdigest()}" if ID.fullmatch(id_) else None


class VisitorCookie:
    """Gives every browser that opens the page an id that nobody can guess."""

    def __init__(self, app: Server) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        known = request.cookies.get(COOKIE, "")

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                id_ = known if ID.fullmatch(known) else secrets.token_urlsafe(ID_BYTES)
                cookie = _cookie(id_, secure=request.url.scheme == "https")
                message["headers"] = [*message.get("headers", ()), cookie]
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _is_page(message: Message) -> bool:
    headers = dict(message.get("headers", ()))
    return bool(headers.get(b"content-type", b"").startswith(b"text/html"))


def _cookie(id_: str, *, secure: bool) -> tuple[bytes, bytes]:
    """Return the header; Lax, so that a link from elsewhere does not make a visitor a stranger."""
    response = Response()
    response.set_cookie(
        COOKIE, id_, max_age=KEPT_SECONDS, httponly=True, samesite="lax", secure=secure
    )
    return b"set-cookie", response.headers["set-cookie"].encode()
