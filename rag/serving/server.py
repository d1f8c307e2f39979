"""The one server for page and programs: what it answers, and what stands before all that."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from rag.page.headers import SafeHeaders
from rag.page.visitors import VisitorCookie
from rag.serving.accounts import Accounts
from rag.serving.addresses import host_name, is_local, proxy_place, refuse_strangers
from rag.serving.gate import LimitedBodies, OwnOrigins, RootPath
from rag.serving.login import Login
from rag.serving.mcp_server import McpServer
from rag.serving.openai_api import OpenAIApi
from rag.serving.origins import Origins
from rag.serving.recognition import Recognition
from rag.serving.tools import Tools
from rag.settings import Settings

LARGEST_UPLOAD = 500 * 1024 * 1024  # bytes, of all files that are uploaded at once


def make_server(settings: Settings, tools: Tools) -> FastAPI:
    """Return what programs ask, behind all that keeps others out; the page is mounted on it.

    Raises:
        SettingsError: others would be let in by oversight, or the accounts cannot be read.
    """
    refuse_strangers(settings)
    mcp = McpServer(tools)

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        async with mcp.running():
            yield

    return FastAPI(
        openapi_url=None,
        routes=[
            Mount("/v1", OpenAIApi(tools.current, tools.live).app()),
            *(Route(path, mcp) for path in ("/mcp", "/mcp/")),
        ],
        middleware=_middleware(settings),
        lifespan=running,
    )


def _middleware(settings: Settings) -> list[Middleware]:
    """Return what every request passes, outermost first."""
    before = [
        Middleware(SafeHeaders),
        Middleware(VisitorCookie),
        Middleware(RootPath, settings.root_path),
        Middleware(OwnOrigins, own_origins(settings)),
        Middleware(LimitedBodies, upload=LARGEST_UPLOAD),
    ]
    if settings.auth is None:
        return before
    recognition = Recognition(Accounts(settings.auth))
    return [*before, Middleware(Login, recognition, f"newsdesk-session-{settings.port}")]


def own_origins(settings: Settings) -> Origins:
    place = proxy_place(settings.root_path)
    return Origins(
        names=frozenset({"localhost", host_name(settings.host), host_name(place)} - {""}),
        sites=frozenset({place} - {""}),
        private_names=not is_local(settings.host),
        any_name=settings.auth is not None,
    )
