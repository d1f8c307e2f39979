"""What must never happen: foreign script, foreign eyes, foreign hosts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="pip install -e '.[dev]' brings playwright")

from playwright.sync_api import Browser, Page, expect

from rag import Archive
from tests.browser.pages import BECAUSE, BROWSER, HOSTILE, WHY, ask, opened
from tests.fakes import ScriptedGenerator

pytestmark = BROWSER


def test_a_hostile_article_and_a_hostile_model_are_only_text(
    archive: Archive, tmp_path: Path, visit: Callable[[ScriptedGenerator], Page]
) -> None:
    record = {
        "title": "<img src=x onerror=window.hacked=5>",
        "publisher": "<svg onload=alert(1)>",
        "url": "javascript:window.hacked=6",
        "text": HOSTILE,
    }
    (tmp_path / "evil.jsonl").write_text(json.dumps(record))
    archive.add(tmp_path / "evil.jsonl")
    page = visit(ScriptedGenerator(HOSTILE))
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    ask(page, "Which treasurer <b onclick=window.hacked=true>resigned</b> on Friday?")
    page.wait_for_selector(".about")
    assert page.evaluate("window.hacked") is None
    inside = "#exchanges, #sources"
    for tag in ("script", "img", "svg", "iframe", ".katex", "strong"):
        assert page.locator(inside).locator(tag).count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    expect(page.locator("#sources mark").first).to_contain_text(
        'Treasurer <img src=x onerror="window.hacked=1"> Quill resigned'
    )
    page.locator(".mark").first.hover()
    expect(page.locator(".tip").first).to_contain_text('<img src=x onerror="window.hacked=1">')
    page.locator(".mark").first.click()
    expect(page.locator("#reader .headline")).to_have_text("<img src=x onerror=window.hacked=5>")
    expect(page.locator("#reader .facts a")).to_have_count(0)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#reader").locator("script, img, svg, strong").count() == 0
    assert dialogs == []


def test_two_visitors_never_see_each_others_conversation(
    browser: Browser, serve: Callable[[ScriptedGenerator], str]
) -> None:
    generator = ScriptedGenerator(BECAUSE, "Nobody was hurt.", seconds_per_word=0.2)
    address = serve(generator)
    ann, bob = (opened(browser.new_context(), address) for _ in range(2))
    ask(ann, WHY)
    hurt = "Was anybody hurt in the ferry fire?"
    ask(bob, hurt)
    for page in (ann, bob):
        page.wait_for_selector(".about")
        assert page.locator(".exchange").count() == 1
    expect(ann.locator(".question")).to_have_text(WHY)
    expect(bob.locator(".question")).to_have_text(hurt)
    for messages in generator.asked:
        assert (WHY in messages[-1].content) != (hurt in messages[-1].content)


def test_nothing_is_asked_of_another_host(
    browser: Browser, serve: Callable[[ScriptedGenerator], str]
) -> None:
    address = serve(ScriptedGenerator(BECAUSE))
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_selector(".welcome")
    ask(page, WHY)
    page.wait_for_selector(".about")
    outside = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    page.close()
    assert asked
    assert outside == []
