"""Phone and desktop, light and dark."""

from collections.abc import Callable
from typing import Literal

import pytest

pytest.importorskip("playwright", reason="pip install -e '.[dev]' brings playwright")

from playwright.sync_api import Browser, expect

from tests.browser.pages import BECAUSE, BROWSER, PHONE, WHY, ask, opened, wait_for_end
from tests.fakes import ScriptedGenerator

pytestmark = BROWSER


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_phone_shows_everything_in_one_column(
    colours: Literal["light", "dark"], browser: Browser, serve: Callable[[None], str]
) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=colours)
    page = opened(context, serve(None))
    ask(page, WHY)
    wait_for_end(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("#sources mark").first.scroll_into_view_if_needed()
    expect(page.get_by_label("Your question")).to_be_in_viewport()
    paper = page.evaluate("getComputedStyle(document.querySelector('gradio-app')).backgroundColor")
    assert paper == {"light": "rgb(250, 248, 243)", "dark": "rgb(22, 23, 26)"}[colours]
    context.close()


def test_on_a_phone_a_tap_shows_the_quote_and_another_the_article(
    browser: Browser, serve: Callable[[ScriptedGenerator], str]
) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = opened(context, serve(ScriptedGenerator(BECAUSE)))
    ask(page, WHY)
    wait_for_end(page)
    mark, tip = page.locator(".mark"), page.locator(".tip")
    mark.tap()
    expect(tip).to_contain_text("Dockers in Harrow walked out on Monday over pay.")
    expect(tip).to_be_visible()
    assert page.locator(".reader").count() == 0
    page.get_by_role("heading", name="Newsdesk").tap()
    expect(tip).to_be_hidden()
    mark.tap()
    mark.tap()
    at = page.locator("#reader mark.at")
    expect(at).to_be_in_viewport()
    box = page.locator(".reader").bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    page.get_by_role("button", name="Back to the sources").tap()
    expect(page.locator(".reader")).to_have_count(0)
    expect(mark).to_be_in_viewport()
    context.close()
