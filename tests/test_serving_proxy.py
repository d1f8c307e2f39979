"""Behind a proxy that serves everything below a path of its own, as a small real one does."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client
from openai import OpenAI
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from rag.serving.account_file import set_password
from rag.serving.running import start
from tests.serving import FERRY, WHY, free_port, serving

# As errors they would be raised inside the server, for how Gradio uses its libraries.
pytestmark = pytest.mark.filterwarnings("default")

BASE = "/desk"
METHODS = ["GET", "POST", "HEAD", "DELETE", "OPTIONS"]
PER_CONNECTION = ("connection", "transfer-encoding", "keep-alive", "host")


def make_proxy(target: str, *, cuts: bool = True, tells: bool = True) -> Starlette:
    """Return what passes everything below BASE on, with or without it, as nginx would.

    `tells` where it is addressed; else only Newsdesk's own settings do.
    """
    client = httpx.AsyncClient(base_url=target, timeout=30)

    async def forward(request: Request) -> Response:
        path = request.url.path.removeprefix(BASE) if cuts else request.url.path
        headers = {
            name: value for name, value in request.headers.items() if name not in PER_CONNECTION
        }
        if tells:
            headers |= {"X-Forwarded-Host": request.headers["host"], "X-Forwarded-Proto": "http"}
        passed = client.build_request(
            request.method,
            f"{path}?{request.url.query}" if request.url.query else path,
            headers=headers,
            content=await request.body() if request.method == "POST" else None,
        )
        answer = await client.send(passed, stream=True)
        kept = [(k, v) for k, v in answer.headers.raw if k.decode().lower() not in PER_CONNECTION]

        async def pieces() -> AsyncIterator[bytes]:
            async for piece in answer.aiter_raw():
                yield piece

        response = StreamingResponse(
            pieces(), answer.status_code, background=BackgroundTask(answer.aclose)
        )
        response.raw_headers = kept
        return response

    return Starlette(routes=[Route(f"{BASE}{{path:path}}", forward, methods=METHODS)])


@pytest.fixture(params=["prefix-cut-off", "prefix-left", "whole-address"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of Newsdesk behind the proxy."""
    port, tells = free_port(), request.param != "whole-address"
    address = f"http://127.0.0.1:{port}{BASE}"
    with serving(tmp_path, root_path=BASE if tells else address) as url:
        app = make_proxy(url, cuts=request.param == "prefix-cut-off", tells=tells)
        proxy = start(app, host="127.0.0.1", port=port)
        yield f"{address}/"
        proxy.close()


def test_the_page_and_what_it_loads_are_found(desk: str) -> None:
    page = httpx.get(desk)
    assert page.status_code == 200
    config = httpx.get(f"{desk}config").json()
    assert config["root"] == desk.rstrip("/")
    own = {"Origin": desk.removesuffix(f"{BASE}/")}
    assert httpx.get(f"{desk}gradio_api/info", headers=own).status_code == 200
    evil = {"Origin": "https://evil.example"}
    assert httpx.get(f"{desk}gradio_api/info", headers=evil).status_code == 403


def test_the_clients_ask_as_they_do_without_it(desk: str) -> None:
    with OpenAI(base_url=f"{desk}v1", api_key="none") as client:
        chunks = client.chat.completions.create(
            model="none", messages=[{"role": "user", "content": WHY}], stream=True
        )
        told = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert told.startswith("“Port strike begins”: “Dockers in Harrow walked out")
    gradio = Client(desk, verbose=False, analytics_enabled=False)
    assert gradio.predict("ferry Orleby", api_name="/search")[0]["text"] == FERRY
    gradio.close()


def test_people_log_in_there(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    set_password(file, "ada", "correct horse")
    with serving(tmp_path, auth=file, root_path=BASE) as url:
        proxy = start(make_proxy(url), host="127.0.0.1", port=free_port())
        with httpx.Client(follow_redirects=True, headers={"Accept": "text/html"}) as browser:
            desk = f"{proxy.url.rstrip('/')}{BASE}/"
            page = browser.get(desk)
            assert str(page.url) == f"{desk}login"
            page = browser.post(page.url, data={"username": "ada", "password": "correct horse"})
            assert str(page.url) == desk
            assert browser.get(f"{desk}gradio_api/user").json() == "ada"
        proxy.close()
