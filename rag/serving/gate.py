"""The first to see a request: puts it below the root path, and refuses what nobody should send."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.serving.addresses import base_path
from rag.serving.origins import Asked, Origins
from rag.serving.refusals import refusal

FORWARDED_HOST, FORWARDED_SCHEME = b"x-forwarded-host", b"x-forwarded-proto"
UPLOAD = "/gradio_api/upload"  # has limits of its own
LARGEST_BODY = 8 * 1024 * 1024  # bytes; a pasted article is some thousand
MOST_DIGITS = 15
WITHOUT_BODY = ("GET", "HEAD", "OPTIONS", "DELETE")


class RootPath:
    """Serves below the root path as well, whether or not the proxy cuts that off.

    Where the root path is a whole address, everything is asked at that, whatever the proxy tells.
    """

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app = app
        self._base = base_path(root_path)
        self._scheme, self._place = urlsplit(root_path)[:2]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._base and scope["type"] == "http":
            path = scope["path"]
            below = path == self._base or path.startswith(f"{self._base}/")
            scope = {
                **scope,
                "root_path": self._base,
                "path": path if below else self._base + path,
            }
        if self._place and scope["type"] == "http":
            told = {FORWARDED_HOST: self._place.encode(), FORWARDED_SCHEME: self._scheme.encode()}
            others = [(name, value) for name, value in scope["headers"] if name not in told]
            scope = {**scope, "scheme": self._scheme, "headers": [*others, *told.items()]}
        await self._app(scope, receive, send)


class OwnOrigins:
    """Refuses what other sites' pages send, and names that are not this page's."""

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        asked = Asked(scope["method"], own_path(scope), headers)
        if not self._origins.knows_host(asked):
            app: ASGIApp = refusal(
                421,
                f"Newsdesk is not known as {headers.get('host', 'nothing')}; behind a proxy, "
                "give the whole public address with --root-path",
            )
        elif self._origins.is_from_elsewhere(asked):
            app = refusal(403, "the page of another site may not use Newsdesk")
        else:
            app = self._app
        await app(scope, receive, send)


class LimitedBodies:
    """Refuses bodies that are too large, or that do not say how large they are."""

    def __init__(self, app: ASGIApp, *, upload: int, largest: int = LARGEST_BODY) -> None:
        self._app = app
        self._upload = upload
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in WITHOUT_BODY:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        largest = self._upload if own_path(scope) == UPLOAD else self._largest
        if "transfer-encoding" in headers or not length.isdecimal():
            app: ASGIApp = refusal(411, "say how large the body is, with Content-Length")
        elif len(length) > MOST_DIGITS or int(length) > largest:
            app = refusal(413, f"the body is larger than {largest:,} bytes; send less at once")
        else:
            app = self._app
        await app(scope, receive, send)


def own_path(scope: Scope) -> str:
    """Return the path below the root path."""
    return str(scope["path"]).removeprefix(scope.get("root_path", "")) or "/"
