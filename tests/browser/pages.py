"""The articles of the browser's tests, and what a visitor does on every page."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, ViewportSize

BROWSER = [
    pytest.mark.browser,
    # As errors they would be raised inside Gradio's server, for how it uses its libraries.
    pytest.mark.filterwarnings("default"),
]
PATIENCE = 25_000  # milliseconds; most come within one second
PAUSE = 400  # milliseconds between typing and sending
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


def opened(context: "BrowserContext", address: str) -> "Page":
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.wait_for_selector(".welcome, .exchange")
    return page


def ask(page: "Page", question: str) -> None:
    """Ask at a person's pace: Gradio loses what is sent just as the stream before is closed."""
    page.get_by_label("Your question").fill(question)
    page.wait_for_timeout(PAUSE)
    page.get_by_label("Your question").press("Enter")


def wait_for_end(page: "Page", number: int = 1) -> None:
    page.wait_for_selector(f"#exchange-{number}[data-state=ended]")
