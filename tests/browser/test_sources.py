"""From a mark to the words that prove it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="pip install -e '.[dev]' brings playwright")

from playwright.sync_api import Page, expect

from rag import Archive
from tests.browser.pages import BECAUSE, BROWSER, WHY, ask, wait_for_end
from tests.fakes import ScriptedGenerator

pytestmark = BROWSER


WALKED = "Dockers in Harrow walked out on Monday over pay."
STRIKE = (
    f"{WALKED}\n\n"
    + "".join(f"Ship number {number} lies in the roads.\n\n" for number in range(60))
    + "The dockers of Harrow walk out of every meeting, over pay, said the port.\n\n"
    + "It rained."
)


@pytest.fixture
def strike(archive: Archive, tmp_path: Path) -> None:
    """A long article instead of the short one, with its facts and two telling sentences."""
    record = {
        "title": "Dockers of Harrow <strike>",
        "publisher": "Harrow Gazette",
        "published": "2023-08-14",
        "url": "https://www.harrow.example/strike",
        "text": STRIKE,
    }
    (tmp_path / "strike.jsonl").write_text(json.dumps(record))
    archive.add(tmp_path / "strike.jsonl")
    for article in list(archive.articles()):
        if article.title == "Port strike begins":
            archive.remove(article.id)


def answered(page: Page) -> None:
    ask(page, WHY)
    wait_for_end(page)


def test_the_quotes_are_there_before_the_answer(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(BECAUSE, seconds_per_word=0.5))
    ask(page, WHY)
    first = page.locator(".first .quotation").first
    expect(first).to_contain_text(WALKED)
    expect(first).to_contain_text("Port strike begins")
    expect(page.locator("#sources mark").first).to_have_text(WALKED)
    assert page.locator(".proved").count() == 0
    expect(page.locator(".answer")).to_have_text(f"{BECAUSE}[1]", use_inner_text=True)
    page.get_by_text("Found first: ").click()
    expect(page.locator(".evidence .quotation").first).to_contain_text(WALKED)


def test_every_proved_sentence_is_marked_for_eyes_and_for_ears(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(f"{BECAUSE} The port handles 40 ships a week."))
    answered(page)
    expect(page.locator(".proved")).to_have_count(2)
    expect(page.locator(".proved").get_by_role("img", name="Proved")).to_have_count(2)
    for tick in page.locator(".tick").all():
        assert tick.evaluate("(tick) => getComputedStyle(tick, '::before').content") == '"✓"'


def test_pointing_at_a_mark_shows_its_quote_and_escape_puts_it_away(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(BECAUSE))
    answered(page)
    tip = page.locator(".tip")
    expect(tip).to_be_hidden()
    page.locator(".mark").hover()
    expect(tip).to_be_visible()
    expect(tip).to_have_text(f"“{WALKED}”“Port strike begins”")
    tip.hover()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.locator(".mark").hover()
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_a_mark_opens_the_whole_article_at_the_exact_words(
    strike: None, visit: Callable[[ScriptedGenerator], Page]
) -> None:
    page = visit(ScriptedGenerator("The dockers of Harrow walk out of every meeting over pay."))
    answered(page)
    page.locator(".mark").click()
    reader = page.locator("#reader .reader")
    at = reader.locator("mark.at")
    expect(at).to_have_text(
        "The dockers of Harrow walk out of every meeting, over pay, said the port."
    )
    expect(at).to_be_focused()
    expect(at).to_be_in_viewport()
    expect(at).to_have_class("cited at")
    expect(reader.locator(".headline")).to_have_text("Dockers of Harrow <strike>")
    expect(reader.locator(".facts")).to_have_text(
        "Harrow Gazette · 14 August 2023 · harrow.example ↗"
    )
    link = reader.get_by_role("link", name="harrow.example")
    assert link.get_attribute("href") == "https://www.harrow.example/strike"
    expect(reader.locator(".whole")).to_contain_text("Ship number 59 lies in the roads.")
    expect(page.locator("#sources")).to_be_hidden()


def test_the_quotes_of_an_article_can_be_stepped_through(
    strike: None, visit: Callable[[ScriptedGenerator], Page]
) -> None:
    page = visit(ScriptedGenerator("The dockers of Harrow walk out of every meeting over pay."))
    answered(page)
    page.locator(".mark").click()
    told, at = page.locator(".steps .at"), page.locator("#reader mark.at")
    expect(told).to_have_text(re.compile(r"Quote (\d) of \1"))
    count = int(told.inner_text()[-1])
    expect(at).to_contain_text("walk out of every meeting")
    page.get_by_role("button", name="Next quote").click()
    expect(told).to_have_text(f"Quote 1 of {count}")
    expect(at).to_have_text(WALKED)
    expect(at).to_be_in_viewport()
    page.get_by_role("button", name="Next quote").click()
    expect(told).to_have_text(f"Quote 2 of {count}")
    page.get_by_role("button", name="Previous quote").click()
    expect(at).to_have_text(WALKED)


def test_a_mark_of_an_earlier_answer_opens_its_own_article(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(BECAUSE, "Nobody was hurt."))
    answered(page)
    ask(page, "Was anybody hurt in the ferry fire?")
    wait_for_end(page, 2)
    page.locator("#exchange-1 .mark").click()
    expect(page.locator("#reader .headline")).to_have_text("Port strike begins")
    page.locator("#exchange-2 .mark").click()
    expect(page.locator("#reader .headline")).to_have_text("Ferry line closed")
    page.locator("#exchange-1 .mark").click()
    expect(page.locator("#reader .headline")).to_have_text("Port strike begins")
    page.get_by_role("button", name="Back to the sources").click()
    expect(page.locator("#sources-1")).to_be_visible()
    expect(page.locator("#sources-2")).to_be_hidden()


def test_the_same_mark_opens_again_after_going_back(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(BECAUSE))
    answered(page)
    for _ in range(2):
        page.locator(".mark").click()
        expect(page.locator("#reader mark.at")).to_be_focused()
        page.get_by_role("button", name="Back to the sources").click()
        expect(page.locator("#reader .reader")).to_have_count(0)
        expect(page.locator(".mark")).to_be_focused()


def test_a_source_in_the_list_opens_its_article(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(BECAUSE))
    answered(page)
    page.locator("#sources").get_by_role("link", name="Port strike begins").click()
    expect(page.locator("#reader mark.at")).to_have_text(WALKED)


def test_the_next_question_closes_the_article(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(BECAUSE, "Nobody was hurt."))
    answered(page)
    page.locator(".mark").click()
    page.wait_for_selector(".reader")
    ask(page, "Was anybody hurt in the ferry fire?")
    wait_for_end(page, 2)
    expect(page.locator(".reader")).to_have_count(0)
    expect(page.locator("#sources-2")).to_be_visible()


def test_an_article_removed_meanwhile_is_still_proof(
    archive: Archive, visit: Callable[[ScriptedGenerator], Page]
) -> None:
    page = visit(ScriptedGenerator(BECAUSE))
    answered(page)
    for article in list(archive.articles()):
        archive.remove(article.id)
    page.locator(".mark").click()
    expect(page.locator("#reader mark.at")).to_have_text(WALKED)


def test_everything_works_from_the_keyboard(visit: Callable[[ScriptedGenerator], Page]) -> None:
    page = visit(ScriptedGenerator(BECAUSE, BECAUSE))
    page.get_by_label("Your question").focus()
    page.keyboard.type(WHY)
    page.keyboard.press("Enter")
    wait_for_end(page)
    mark = page.locator(".mark")
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if mark.evaluate("(mark) => mark === document.activeElement"):
            break
    expect(mark).to_be_focused()
    expect(page.locator(".tip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark.at")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".reader")).to_have_count(0)
    expect(mark).to_be_focused()
    page.get_by_role("button", name="Ask again").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#exchange-1[data-state=ended] .answer")).to_be_visible()


def test_who_listens_is_told_what_goes_on(visit: Callable[[ScriptedGenerator], Page]) -> None:
    page = visit(ScriptedGenerator(BECAUSE, "The articles do not say.", seconds_per_word=0.2))
    voice = page.locator("#voice")
    ask(page, WHY)
    expect(voice).to_contain_text("Writing, and checking every sentence")
    expect(voice).to_have_attribute("role", "status")
    expect(voice).to_have_text(f"{BECAUSE}[1]")
    ask(page, "Who is the mayor of Atlantis?")
    expect(voice).to_contain_text("The articles do not say.")
