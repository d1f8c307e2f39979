"""The articles of the browser's tests, and what a visitor does on every page."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Request, ViewportSize

BROWSER = [
    pytest.mark.browser,
    # As errors they would be raised inside Gradio's server, for how it uses its libraries.
    pytest.mark.filterwarnings("default"),
]
PATIENCE = 25_000  # milliseconds; most come within one second
PHONE: "ViewportSize" = {"width": 390, "height": 844}
PORT = "Dockers in Harrow walked out on Monday over pay.\n\nThe port handles 40 ships a week."
FERRY = "The ferry to Orleby stopped after an engine fire.\n\nNobody was hurt."
HOSTILE = (
    'Treasurer <img src=x onerror="window.hacked=1"> Quill resigned '
    "<script>window.hacked=2</script> on Friday $$x^2$$ ${window.hacked=3} {{constructor}} "
    "[click](javascript:window.hacked=4) **bold**."
)
WHY = "Why did dockers in Harrow walk out?"
BECAUSE = "Dockers in Harrow walked out over pay."
_waiting: "WeakKeyDictionary[Page, set[Request]]" = WeakKeyDictionary()


def opened(context: "BrowserContext", address: str) -> "Page":
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    _waiting[page] = _follow(page)
    page.goto(address)
    page.wait_for_selector(".welcome, .exchange")
    return page


def ask(page: "Page", question: str) -> None:
    page.get_by_label("Your question").fill(question)
    settle(page)
    page.get_by_label("Your question").press("Enter")


def settle(page: "Page") -> None:
    """Wait as people do until what was done before is through, unless an answer is being written.

    Gradio loses what is sent just as it closes the stream by which the page waited for the rest.
    """
    for _ in range(20):
        if not _waiting.get(page):
            break
        page.wait_for_timeout(50)


def _follow(page: "Page") -> "set[Request]":
    """Return what will hold the requests that send an event, or wait for its end."""
    waiting: set[Request] = set()
    page.on("request", lambda sent: waiting.add(sent) if "/queue/" in sent.url else None)
    page.on("requestfinished", lambda sent: waiting.discard(sent))
    page.on("requestfailed", lambda sent: waiting.discard(sent))
    return waiting


def wait_for_end(page: "Page", number: int = 1) -> None:
    page.wait_for_selector(f"#exchange-{number}[data-state=ended]")
