import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import app
from rag import Archive, Assistant
from rag.page.desk import Desk
from rag.types import Generator
from tests.browser.pages import FERRY, PATIENCE, PORT, opened
from tests.browser.server import Server
from tests.fakes import make_archive
from tests.serving import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="package")
def browser() -> "Iterator[Browser]":
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    news = tmp_path / "news"
    news.mkdir()
    (news / "port.md").write_text(f"# Port strike begins\n\n{PORT}")
    (news / "ferry.md").write_text(f"# Ferry line closed\n\n{FERRY}")
    archive = make_archive(tmp_path / "archive", model="none")
    archive.add(news)
    return archive


@pytest.fixture
def serve(archive: Archive) -> Iterator[Callable[[Generator | None], str]]:
    """Serve the page with a model, and give its address."""
    servers = []

    def start(generator: Generator | None) -> str:
        desk = Desk(Assistant(archive, generator))
        servers.append(
            app.serve(app.build(desk), desk, replace(archive.settings, port=free_port()))
        )
        return servers[-1].url

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def server(archive: Archive) -> Iterator[Server]:
    """A server that is to be started, and begins anew where it stood."""
    server = Server(archive)
    yield server
    server.stop()


@pytest.fixture
def newcomer(browser: "Browser") -> "Iterator[Callable[[], BrowserContext]]":
    """Give every visitor a browser of their own."""
    contexts: list[BrowserContext] = []

    def come() -> "BrowserContext":
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        return contexts[-1]

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def visit(
    browser: "Browser", serve: Callable[[Generator | None], str]
) -> "Iterator[Callable[[Generator | None], Page]]":
    """Open the page as a new visitor, with a model."""
    contexts: list[BrowserContext] = []

    def open_page(generator: Generator | None = None) -> "Page":
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        return opened(contexts[-1], serve(generator))

    yield open_page
    for context in contexts:
        context.close()
