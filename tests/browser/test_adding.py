"""Adding articles on the page."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="pip install -e '.[dev]' brings playwright")

from playwright.sync_api import Page, expect

from tests.browser.pages import BROWSER, ask

pytestmark = BROWSER


def test_an_uploaded_file_is_an_article_that_answers(
    tmp_path: Path, visit: Callable[[None], Page]
) -> None:
    (tmp_path / "museum.md").write_text("# Museum opens\n\nThe Lakeside Museum opened on Sunday.")
    (tmp_path / "empty.txt").write_text("")
    page = visit(None)
    page.get_by_role("tab", name="Add articles").click()
    page.locator("#uploads input[type=file]").set_input_files(
        [tmp_path / "museum.md", tmp_path / "empty.txt"]
    )
    expect(page.locator("#report .done")).to_have_text("1 addedMuseum opens")
    expect(page.locator("#report .trouble")).to_contain_text("empty.txt: is empty")
    expect(page.locator(".status")).to_contain_text("3 articles")
    ask(page, "When did the Lakeside Museum open?")
    expect(page.locator(".answer blockquote").first).to_contain_text(
        "The Lakeside Museum opened on Sunday."
    )
