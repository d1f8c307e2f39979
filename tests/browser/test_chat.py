"""Asking, as people do it: the real server, a real browser, a scripted model."""

import time
from collections.abc import Callable, Sequence
from collections.abc import Generator as Pieces

import pytest

pytest.importorskip("playwright", reason="pip install -e '.[dev]' brings playwright")

from playwright.sync_api import Browser, Page, expect

from rag import ModelError
from rag.types import Generator, Judging, Message
from tests.browser.pages import BECAUSE, BROWSER, WHY, ask, opened, settle, wait_for_end
from tests.fakes import ScriptedGenerator

pytestmark = BROWSER


class FailingOnce:
    """Fails for the first question, and answers the next."""

    name = "failing"
    context_size = 4096

    def __init__(self) -> None:
        self.asked = 0

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, judging: Judging | None = None
    ) -> Pieces[str, None, None]:
        self.asked += 1
        if self.asked == 1:
            raise ModelError("the model failing failed: <b>out of memory</b>")
        yield BECAUSE


def test_text_streams_before_it_is_checked(visit: Callable[[ScriptedGenerator], Page]) -> None:
    page = visit(ScriptedGenerator(BECAUSE, seconds_per_word=0.3))
    ask(page, WHY)
    expect(page.locator(".pending")).to_contain_text("Dockers in Harrow walked")
    expect(page.locator(".answer")).to_have_text(f"{BECAUSE}[1]", use_inner_text=True)


def test_sentences_that_no_article_proves_are_left_out_and_told(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(f"{BECAUSE} Queen Mathilda visited 99 castles yesterday."))
    ask(page, WHY)
    expect(page.locator(".answer")).to_have_text(f"{BECAUSE}[1]", use_inner_text=True)
    page.get_by_text("1 sentence left out: not proved by the articles").click()
    expect(page.locator(".left-out li")).to_contain_text("Queen Mathilda visited 99 castles")


def test_a_follow_up_shows_the_stand_alone_question_that_was_used(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    generator = ScriptedGenerator(BECAUSE, "The port handles 40 ships a week.")
    page = visit(generator)
    ask(page, WHY)
    expect(page.locator("#exchange-1 .about")).to_be_visible()
    ask(page, "How many ships does it handle?")
    expect(page.locator("#exchange-2 .answer")).to_have_text(
        "The port handles 40 ships a week.[1]", use_inner_text=True
    )
    expect(page.locator("#exchange-1 .answer")).to_have_text(f"{BECAUSE}[1]", use_inner_text=True)
    searched = page.locator("#exchange-2 .searched")
    expect(searched).to_contain_text("dockers in Harrow")
    assert searched.locator("q").inner_text() in generator.asked[1][-1].content
    expect(page.locator("#exchange-1 .searched")).to_have_count(0)


def test_stopping_ends_the_answer_and_the_model_within_a_second(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    generator = ScriptedGenerator("word " * 200, seconds_per_word=0.1)
    page = visit(generator)
    ask(page, WHY)
    page.wait_for_selector(".pending")
    page.get_by_role("button", name="Stop").click()
    clicked = time.monotonic()
    expect(page.locator(".about")).to_contain_text("Stopped.")
    while not generator.stopped and time.monotonic() < clicked + 5:
        time.sleep(0.01)
    assert time.monotonic() - clicked < 1
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_without_a_model_the_answer_is_quotes(visit: Callable[[None], Page]) -> None:
    page = visit(None)
    expect(page.locator(".status")).to_have_text("2 articlesAnswers in quotes only")
    ask(page, WHY)
    expect(page.locator(".answer blockquote").first).to_have_text(
        "“Dockers in Harrow walked out on Monday over pay.”[1]", use_inner_text=True
    )


def test_a_question_that_nothing_answers_is_declined(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator("The articles do not say."))
    ask(page, WHY)
    expect(page.locator(".declined")).to_contain_text("The articles do not say.")
    expect(page.locator(".declined li").first).to_contain_text("Port strike begins")
    assert page.locator(".answer").count() == 0
    page.locator(".declined").get_by_role("link", name="Port strike begins").click()
    expect(page.locator("#reader .headline")).to_have_text("Port strike begins")
    expect(page.locator("#reader mark").first).to_be_in_viewport()


def test_an_example_asks_itself(visit: Callable[[None], Page]) -> None:
    page = visit(None)
    page.locator(".welcome button").first.click()
    expect(page.locator("#exchange-1 .question")).to_contain_text("What is reported under")
    expect(page.get_by_text("How to read an answer")).to_have_count(0)


def test_after_every_answer_the_next_question_can_be_asked(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(*[BECAUSE] * 4))
    for number in range(1, 5):
        ask(page, WHY)
        wait_for_end(page, number)
        expect(page.locator("#question button")).to_have_text(["Ask"])
        expect(page.get_by_label("Your question")).to_have_value("")


def test_an_empty_question_does_nothing(visit: Callable[[None], Page]) -> None:
    page = visit(None)
    ask(page, "   ")
    page.wait_for_timeout(500)
    assert page.locator(".exchange").count() == 0
    assert page.locator(".welcome").is_visible()


def test_a_new_conversation_begins_empty(visit: Callable[[ScriptedGenerator], Page]) -> None:
    generator = ScriptedGenerator(BECAUSE, BECAUSE)
    page = visit(generator)
    ask(page, WHY)
    page.wait_for_selector(".about")
    settle(page)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".exchange")).to_have_count(0)
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, "How many ships does it handle?")
    page.wait_for_selector(".about")
    assert WHY not in generator.asked[1][-1].content


def test_an_answer_is_copied_with_its_sources_as_text_and_as_markdown(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(BECAUSE))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, WHY)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Dockers in Harrow walked out over pay [1].\n\n[1] “Port strike")
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("button", name="Copied")).to_have_count(2)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "\n> “Dockers in Harrow walked out on Monday over pay.”" in copied


def test_an_edited_question_is_asked_from_where_it_stood(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    generator = ScriptedGenerator(BECAUSE, "Nobody was hurt.", "The port handles 40 ships a week.")
    page = visit(generator)
    ask(page, WHY)
    wait_for_end(page)
    ask(page, "Was anybody hurt in the ferry fire?")
    wait_for_end(page, 2)
    page.get_by_label("Your question").fill("half a thought")
    page.locator("#exchange-1").get_by_role("button", name="Edit question").click()
    box = page.get_by_role("textbox", name="Question 1")
    expect(box).to_have_value(WHY)
    expect(page.get_by_text("The question after it goes.")).to_be_visible()
    box.fill("How many ships a week does the port handle?")
    box.press("Enter")
    expect(page.locator(".exchange")).to_have_count(1)
    expect(page.locator(".question")).to_have_text("How many ships a week does the port handle?")
    expect(page.locator(".answer")).to_contain_text("The port handles 40 ships a week.")
    expect(page.get_by_label("Your question")).to_have_value("half a thought")
    assert WHY not in generator.asked[2][-1].content


def test_editing_can_be_given_up(visit: Callable[[ScriptedGenerator], Page]) -> None:
    page = visit(ScriptedGenerator(BECAUSE))
    ask(page, WHY)
    edit = page.get_by_role("button", name="Edit question")
    edit.click()
    page.get_by_role("textbox", name="Question 1").fill("Something else")
    page.keyboard.press("Escape")
    expect(page.locator(".question")).to_have_text(WHY)
    expect(edit).to_be_focused()


def test_the_last_question_can_be_asked_again(visit: Callable[[ScriptedGenerator], Page]) -> None:
    page = visit(ScriptedGenerator("word " * 300, BECAUSE, seconds_per_word=0.1))
    ask(page, WHY)
    page.wait_for_selector(".pending")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#question button")).to_have_text(["Ask"])
    settle(page)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".answer")).to_have_text(f"{BECAUSE}[1]", use_inner_text=True)
    expect(page.locator(".exchange")).to_have_count(1)


def test_who_comes_second_has_the_quotes_at_once_and_knows_who_comes_first(
    browser: Browser, serve: Callable[[ScriptedGenerator], str]
) -> None:
    address = serve(ScriptedGenerator("word " * 300, BECAUSE, seconds_per_word=0.1))
    ann, bob = (opened(browser.new_context(), address) for _ in range(2))
    ask(ann, "Was anybody hurt in the ferry fire?")
    ann.wait_for_selector(".pending")
    ask(bob, WHY)
    told = bob.locator(".progress")
    expect(told).to_contain_text("Waiting for the model: 1 question is before yours")
    expect(bob.locator(".first")).to_contain_text("Dockers in Harrow walked out on Monday")
    expect(bob.locator("#sources mark").first).to_be_visible()
    ann.get_by_role("button", name="Stop").click()
    expect(bob.locator(".answer")).to_have_text(f"{BECAUSE}[1]", use_inner_text=True)
    for page in (ann, bob):
        page.context.close()


def test_an_error_of_the_model_is_one_sentence_and_the_question_can_be_asked_again(
    visit: Callable[[Generator], Page],
) -> None:
    page = visit(FailingOnce())
    ask(page, WHY)
    expect(page.locator(".trouble")).to_have_text("the model failing failed: <b>out of memory</b>")
    settle(page)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".answer")).to_have_text(f"{BECAUSE}[1]", use_inner_text=True)


def test_leaving_the_page_stops_the_model(visit: Callable[[ScriptedGenerator], Page]) -> None:
    generator = ScriptedGenerator("word " * 200, seconds_per_word=0.1)
    page = visit(generator)
    ask(page, WHY)
    page.wait_for_selector(".pending")
    page.close()
    deadline = time.monotonic() + 5
    while not generator.stopped and time.monotonic() < deadline:
        time.sleep(0.05)
    assert generator.stopped == 1
