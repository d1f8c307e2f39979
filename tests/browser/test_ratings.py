"""Thumbs, their reasons and what they are good for, in a real browser."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="pip install -e '.[dev]' brings playwright")

from playwright.sync_api import Page, expect

from tests.browser.pages import BECAUSE, BROWSER, WHY, ask, wait_for_end
from tests.fakes import ScriptedGenerator

pytestmark = BROWSER

EVIL = "<img src=x onerror=window.hacked=1>"


def test_a_thumbs_down_with_its_reason_becomes_a_question_that_can_be_evaluated(
    visit: Callable[[ScriptedGenerator], Page], tmp_path: Path
) -> None:
    page = visit(ScriptedGenerator(BECAUSE, BECAUSE))
    ask(page, WHY)
    wait_for_end(page)
    page.get_by_role("button", name="Good answer").press("Enter")
    expect(page.get_by_role("button", name="Good answer", pressed=True)).to_be_focused()
    page.get_by_role("button", name="Bad answer").click()
    expect(page.get_by_role("button", name="Good answer", pressed=False)).to_be_visible()
    reason = page.get_by_label("What was wrong?")
    reason.fill(f"too short {EVIL}")
    reason.press("Enter")
    expect(page.get_by_text("Kept with your reason.")).to_be_visible()
    expect(reason).to_be_focused()
    page.reload()
    expect(reason).to_have_value(f"too short {EVIL}")
    page.get_by_role("tab", name="Evaluate").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my ratings").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    (case,) = map(json.loads, file.read_text().splitlines())
    assert (case["question"], case["kind"], case["answerable"]) == (WHY, "thumbs-down", None)
    assert f"(“too short {EVIL}”)" in case["to_do"]
    page.locator("#evaluate-tab input[type=file]").set_input_files(file)
    expect(page.get_by_label("Question set")).to_have_value("my-ratings")
    page.get_by_role("button", name="Evaluate").click()
    expect(page.locator("#runs label")).to_contain_text("1 question")
    assert page.evaluate("window.hacked") is None


def test_without_ratings_there_is_nothing_to_download_and_the_page_says_so(
    visit: Callable[[None], Page],
) -> None:
    page = visit(None)
    page.get_by_role("tab", name="Evaluate").click()
    page.get_by_role("button", name="Download my ratings").click()
    expect(page.get_by_text("You have rated no answer yet")).to_be_visible()
