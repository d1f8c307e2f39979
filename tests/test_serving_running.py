import logging
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import anyio
import pytest
from starlette.types import Receive, Scope, Send

from rag.errors import SettingsError
from rag.serving.running import Running, start
from tests.serving import free_port


class App:
    """Begins to answer and never ends, unless it is asked for /short; notes what became of it."""

    def __init__(self) -> None:
        self.waiting = threading.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            for event in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{event}.complete"})
            return
        if scope["path"] != "/silent":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            body = {"type": "http.response.body", "body": b"news"}
            await send({**body, "more_body": scope["path"] != "/short"})
        if scope["path"] != "/short":
            self.waiting.set()
            await anyio.sleep_forever()


@contextmanager
def running(app: App, *, host: str = "127.0.0.1") -> Iterator[Running]:
    server = start(app, host=host, port=free_port())
    yield server
    server.close()


def test_it_answers_at_its_address_until_it_is_closed() -> None:
    with running(App()) as server, urllib.request.urlopen(f"{server.url}short") as answer:
        assert answer.read() == b"news"
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(server.url)


@pytest.mark.parametrize(("path", "status"), [("endless", 200), ("silent", 503)])
def test_closing_ends_what_is_being_answered_without_a_word(
    caplog: pytest.LogCaptureFixture, path: str, status: int
) -> None:
    app = App()
    told: list[tuple[int, bytes]] = []

    def ask() -> None:
        try:
            answer = urllib.request.urlopen(f"{server.url}{path}")
        except urllib.error.HTTPError as error:
            answer = error
        told.append((answer.status, answer.read()))

    with caplog.at_level(logging.WARNING), running(app) as server:
        asking = threading.Thread(target=ask)
        asking.start()
        assert app.waiting.wait(10)
        server.close()
        asking.join(10)
    assert told == [(status, b"news" if status == 200 else b"")]
    assert caplog.messages == []


def test_a_port_that_is_taken_is_one_clear_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"at 127\.0\.0\.1, port {port}: it is taken"):
            start(App(), host="127.0.0.1", port=port)


@pytest.mark.parametrize(
    ("host", "url"),
    [("0.0.0.0", "http://localhost:"), ("localhost", "http://localhost:")],
)
def test_the_address_is_one_that_a_browser_here_can_open(host: str, url: str) -> None:
    with running(App(), host=host) as server:
        assert server.url.startswith(url)
        with urllib.request.urlopen(f"{server.url}short") as answer:
            assert answer.status == 200


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_an_ipv6_address_stands_in_brackets(host: str) -> None:
    with running(App(), host=host) as server:
        assert server.url.startswith("http://[::1]:")
        with urllib.request.urlopen(f"{server.url}short") as answer:
            assert answer.status == 200
