"""Conversations that are kept, as people use them: a real browser, a server that begins anew."""

import json
from collections.abc import Callable

import pytest

pytest.importorskip("playwright", reason="pip install -e '.[dev]' brings playwright")

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from rag import Archive
from tests.browser.pages import BECAUSE, BROWSER, PHONE, WHY, ask, opened, settle, wait_for_end
from tests.browser.server import Server
from tests.fakes import ScriptedGenerator

pytestmark = BROWSER

HURT = "Was anybody hurt in the ferry fire?"
NOBODY = "Nobody was hurt."
HOW_MANY = "How many ships does it handle?"
FORTY = "The port handles 40 ships a week."
EVIL = "<img src=x onerror=window.hacked=1>"
QUOTED = "Dockers in Harrow walked out on Monday over pay."


@pytest.fixture
def page(server: Server, newcomer: Callable[[], BrowserContext]) -> Page:
    server.start(ScriptedGenerator(BECAUSE, NOBODY, BECAUSE))
    return opened(newcomer(), server.address)


def ask_and_wait(page: Page, question: str, number: int = 1) -> None:
    ask(page, question)
    wait_for_end(page, number)


def begin_anew(page: Page) -> None:
    settle(page)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome")).to_be_visible()


def open_bar(page: Page) -> Locator:
    """Open the list of conversations and return their titles."""
    page.get_by_role("button", name="Conversations", exact=True).click()
    expect(page.get_by_label("Search your conversations")).to_be_focused()
    return page.locator(".talks .title bdi")


def choose(page: Page, title: str, action: str) -> None:
    """Choose what is done with a conversation of the list."""
    page.get_by_label(f"More about “{title}”").click()
    page.locator(".talks li", has_text=title).get_by_role("button", name=action).click()


def test_a_conversation_survives_a_reload_and_a_restart_and_is_gone_on_with(
    server: Server, page: Page
) -> None:
    ask_and_wait(page, WHY)
    page.reload()
    expect(page.locator("#exchange-1 .answer")).to_contain_text(BECAUSE)
    generator = ScriptedGenerator(FORTY)
    server.restart(generator)
    page.reload()
    expect(page.locator("#exchange-1 .answer")).to_contain_text(BECAUSE)
    ask_and_wait(page, HOW_MANY, number=2)
    expect(page.locator("#exchange-2 .searched q")).to_contain_text("dockers in Harrow")
    assert "dockers in Harrow" in generator.asked[0][-1].content
    open_bar(page)
    expect(page.locator(".talks li")).to_contain_text("2 questions")


def test_a_page_that_stays_open_over_a_restart_goes_on_with_its_conversation(
    server: Server, page: Page
) -> None:
    ask_and_wait(page, WHY)
    settle(page)  # else the page sees a stream break off, and loads itself anew
    server.restart(ScriptedGenerator(FORTY))
    ask_and_wait(page, HOW_MANY, number=2)
    expect(page.locator(".question")).to_have_text([WHY, HOW_MANY])
    expect(page.locator("#exchange-2 .answer")).to_contain_text(FORTY)


def test_what_was_typed_and_not_yet_asked_is_there_after_a_reload(page: Page) -> None:
    page.get_by_label("Your question").fill("half a thought")
    page.reload()
    expect(page.get_by_label("Your question")).to_have_value("half a thought")
    page.get_by_label("Your question").press("Enter")
    expect(page.locator("#exchange-1 .question")).to_have_text("half a thought")
    expect(page.get_by_label("Your question")).to_have_value("")


def test_who_reloads_while_an_answer_is_written_finds_the_question_to_ask_again(
    server: Server, newcomer: Callable[[], BrowserContext]
) -> None:
    server.start(ScriptedGenerator("word " * 300, BECAUSE, seconds_per_word=0.1))
    page = opened(newcomer(), server.address)
    ask(page, WHY)
    page.wait_for_selector(".pending")
    page.reload()
    expect(page.locator("#exchange-1 .about")).to_contain_text("Stopped.")
    settle(page)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("#exchange-1 .answer")).to_contain_text(BECAUSE)
    expect(page.locator(".exchange")).to_have_count(1)
    expect(open_bar(page)).to_have_text([WHY])


def test_conversations_are_listed_by_title_found_by_words_and_opened(page: Page) -> None:
    ask_and_wait(page, WHY)
    begin_anew(page)
    ask_and_wait(page, HURT)
    titles = open_bar(page)
    expect(titles).to_have_text([HURT, WHY])
    expect(page.locator(".talks .current .title bdi")).to_have_text(HURT)
    page.get_by_label("Search your conversations").fill("docker harr")
    expect(titles).to_have_text([WHY])
    page.get_by_label("Search your conversations").fill("zebra")
    expect(page.locator("#talks")).to_have_text("No conversation has these words.")
    page.get_by_label("Search your conversations").fill("")
    titles.get_by_text(WHY).click()
    expect(page.locator(".question")).to_have_text([WHY])
    expect(page.locator("#talks-bar.open")).to_have_count(0)
    expect(page.locator("#sources mark").first).to_have_text(QUOTED)


def test_a_deleted_conversation_is_gone_and_the_others_stay(page: Page) -> None:
    ask_and_wait(page, WHY)
    begin_anew(page)
    ask_and_wait(page, HURT)
    titles = open_bar(page)
    choose(page, WHY, "Delete…")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator(".doubt")).to_have_count(0)
    expect(titles).to_have_text([HURT, WHY])
    choose(page, HURT, "Delete…")
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(titles).to_have_text([WHY])
    expect(page.locator(".exchange")).to_have_count(0)
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()
    expect(open_bar(page)).to_have_text([WHY])


def test_a_conversation_is_saved_for_people_and_for_programs(page: Page) -> None:
    ask_and_wait(page, WHY)
    open_bar(page)
    with page.expect_download() as download:
        choose(page, WHY, "Save as Markdown")
    assert download.value.suggested_filename == "Why-did-dockers-in-Harrow-walk-out.md"
    told = download.value.path().read_text()
    assert told.startswith(f"# {WHY}\n\n## 1. {WHY}\n\nDockers in Harrow walked out over pay")
    assert f"> “{QUOTED}”" in told
    with page.expect_download() as download:
        choose(page, WHY, "Save as JSON lines")
    (record,) = map(json.loads, download.value.path().read_text().splitlines())
    assert record["answer"]["sentences"][0]["citations"][0]["quote"] == QUOTED


def test_another_browser_sees_nothing_of_it_and_another_tab_does(
    server: Server, page: Page, newcomer: Callable[[], BrowserContext]
) -> None:
    ask_and_wait(page, WHY)
    other = opened(newcomer(), server.address)
    mine = page.evaluate("sessionStorage.getItem('newsdesk-conversation')")
    other.evaluate("id => sessionStorage.setItem('newsdesk-conversation', id)", mine)
    other.reload()
    expect(other.locator(".welcome")).to_be_visible()
    open_bar(other)
    expect(other.locator("#talks")).to_contain_text("kept here, for you alone")
    expect(other.locator(".exchange")).to_have_count(0)
    tab = opened(page.context, server.address)
    expect(tab.locator(".welcome")).to_be_visible()
    expect(open_bar(tab)).to_have_text([WHY])


def test_an_article_that_is_gone_is_still_quoted_and_said_to_be_gone(
    archive: Archive, page: Page
) -> None:
    ask_and_wait(page, WHY)
    (port,) = [article for article in archive.articles() if "Port" in article.title]
    archive.remove(port.id)
    page.reload()
    expect(page.locator("#exchange-1 .answer")).to_contain_text(BECAUSE)
    source = page.locator("#sources .source").first
    expect(source.locator("mark")).to_have_text(QUOTED)
    expect(source).to_contain_text("no longer in the archive; the words are shown as they were")


def test_a_title_is_only_text(page: Page) -> None:
    asked = f"Why did dockers walk out {EVIL}?"
    ask_and_wait(page, asked)
    expect(open_bar(page)).to_have_text([asked])
    assert page.locator("#talks img").count() == 0
    assert page.evaluate("window.hacked") is None


def test_conversations_are_managed_with_the_keyboard_alone(page: Page) -> None:
    ask_and_wait(page, WHY)
    begin_anew(page)
    ask_and_wait(page, HURT)
    press = page.keyboard.press
    page.get_by_role("button", name="Conversations", exact=True).press("Enter")
    expect(page.get_by_label("Search your conversations")).to_be_focused()
    press("Tab")
    expect(page.locator(".talks .title", has_text=HURT)).to_be_focused()
    press("Tab")
    press("Enter")
    expect(page.get_by_role("button", name="Save as Markdown")).to_be_visible()
    press("Escape")
    expect(page.get_by_role("button", name="Save as Markdown")).to_be_hidden()
    expect(page.get_by_label(f"More about “{HURT}”")).to_be_focused()
    press("Enter")
    for _ in range(3):
        press("Tab")
    press("Enter")
    expect(page.get_by_role("button", name="Keep", exact=True)).to_be_focused()
    press("Shift+Tab")
    press("Enter")
    expect(page.locator(".talks .title bdi")).to_have_text([WHY])
    expect(page.get_by_label("Search your conversations")).to_be_focused()
    press("Tab")
    press("Enter")
    expect(page.locator(".question")).to_have_text([WHY])
    expect(page.locator("#talks-bar.open")).to_have_count(0)
    expect(page.get_by_label("Your question")).to_be_focused()


def test_on_a_phone_the_list_has_the_whole_screen_and_gives_it_back(
    server: Server, browser: Browser
) -> None:
    server.start(ScriptedGenerator(BECAUSE))
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = opened(context, server.address)
    ask_and_wait(page, WHY)
    titles = open_bar(page)
    expect(titles).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    titles.tap()
    expect(page.locator("#talks-bar.open")).to_have_count(0)
    expect(page.locator("#exchange-1 .answer")).to_be_in_viewport()
    context.close()


def test_a_click_beside_the_list_closes_it(page: Page) -> None:
    open_bar(page)
    page.get_by_label("Your question").click(position={"x": 500, "y": 10})
    expect(page.locator("#talks-bar.open")).to_have_count(0)
    expect(page.get_by_label("Your question")).to_be_focused()


def test_a_menu_stays_open_while_the_list_is_drawn_anew(page: Page) -> None:
    ask_and_wait(page, WHY)
    open_bar(page)
    page.get_by_label(f"More about “{WHY}”").click()
    page.get_by_label("Search your conversations").fill("dock")
    expect(page.locator(".talks .excerpt").first).to_be_visible()
    expect(page.get_by_role("button", name="Save as JSON lines")).to_be_visible()
