"""The page as people use it: the real server, a real browser, a scripted model."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="pip install -e '.[dev]' brings playwright")

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import app
from rag import Archive, Assistant
from rag.page.desk import Desk
from tests.fakes import ScriptedGenerator, make_archive
from tests.serving import free_port

pytestmark = [
    pytest.mark.browser,
    # As errors they would be raised inside Gradio's server, for how it uses its libraries.
    pytest.mark.filterwarnings("default"),
]

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PORT = "Dockers in Harrow walked out on Monday over pay.\n\nThe port handles 40 ships a week."
FERRY = "The ferry to Orleby stopped after an engine fire.\n\nNobody was hurt."
HOSTILE = (
    'Treasurer <img src=x onerror="window.hacked=1"> Quill resigned '
    "<script>window.hacked=2</script> on Friday $$x^2$$ ${window.hacked=3} {{constructor}} "
    "[click](javascript:window.hacked=4) **bold**."
)
WHY = "Why did dockers in Harrow walk out?"
BECAUSE = "Dockers in Harrow walked out over pay."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.skip("needs Chromium: apt-get install chromium")
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
def serve(archive: Archive) -> Iterator[Callable[[ScriptedGenerator | None], str]]:
    """Serve the page with a model, and give its address."""
    servers = []

    def start(generator: ScriptedGenerator | None) -> str:
        desk = Desk(Assistant(archive, generator))
        servers.append(
            app.serve(app.build(desk), desk, replace(archive.settings, port=free_port()))
        )
        return servers[-1].url

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def visit(
    browser: Browser, serve: Callable[[ScriptedGenerator | None], str]
) -> Iterator[Callable[[ScriptedGenerator | None], Page]]:
    """Open the page as a new visitor, with a model."""
    contexts: list[BrowserContext] = []

    def open_page(generator: ScriptedGenerator | None = None) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        return opened(contexts[-1], serve(generator))

    yield open_page
    for context in contexts:
        context.close()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(address)
    page.wait_for_selector(".welcome")
    return page


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")


def test_evidence_is_there_before_the_answer_and_a_mark_leads_to_its_words(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(BECAUSE, seconds_per_word=0.3))
    ask(page, WHY)
    page.wait_for_selector("#sources mark")
    assert page.locator(".progress").is_visible()
    assert page.locator(".proved").count() == 0
    expect(page.locator(".answer")).to_have_text(f"{BECAUSE}[1]")
    cited = page.locator("#sources mark").first
    expect(cited).to_have_text("Dockers in Harrow walked out on Monday over pay.")
    page.locator("a.mark").click()
    expect(cited).to_be_focused()
    expect(cited).to_be_in_viewport()


def test_text_streams_before_it_is_checked(visit: Callable[[ScriptedGenerator], Page]) -> None:
    page = visit(ScriptedGenerator(BECAUSE, seconds_per_word=0.3))
    ask(page, WHY)
    expect(page.locator(".pending")).to_contain_text("Dockers in Harrow walked")
    expect(page.locator(".answer")).to_have_text(f"{BECAUSE}[1]")


def test_sentences_that_no_article_proves_are_left_out_and_told(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(f"{BECAUSE} Queen Mathilda visited 99 castles yesterday."))
    ask(page, WHY)
    expect(page.locator(".answer")).to_have_text(f"{BECAUSE}[1]")
    page.get_by_text("1 sentence left out: not proved by the articles").click()
    expect(page.locator(".left-out li")).to_contain_text("Queen Mathilda visited 99 castles")


def test_a_follow_up_gives_the_model_the_turns_before(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    generator = ScriptedGenerator(BECAUSE, "The port handles 40 ships a week.")
    page = visit(generator)
    ask(page, WHY)
    expect(page.locator("#exchange-1 .about")).to_be_visible()
    ask(page, "How many ships does it handle?")
    expect(page.locator("#exchange-2 .answer")).to_have_text("The port handles 40 ships a week.[1]")
    expect(page.locator("#exchange-1 .answer")).to_have_text(f"{BECAUSE}[1]")
    assert WHY in generator.asked[1][-1].content
    page.locator("#exchange-1 a.mark").click()
    expect(page.locator("#sources-1")).to_be_visible()
    expect(page.locator("#sources-2")).to_be_hidden()


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
    expect(page.locator(".quotation blockquote").first).to_have_text(
        "“Dockers in Harrow walked out on Monday over pay.”[1]"
    )


def test_a_question_that_nothing_answers_is_declined(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator("The articles do not say."))
    ask(page, WHY)
    expect(page.locator(".declined")).to_contain_text("The articles do not say.")
    expect(page.locator(".declined li").first).to_contain_text("Port strike begins")
    assert page.locator(".answer").count() == 0


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
    ask(page, "Which treasurer <img src=x onerror=window.hacked=7> resigned on Friday?")
    page.wait_for_selector(".about")
    assert page.evaluate("window.hacked") is None
    assert dialogs == []
    inside = "#exchanges, #sources"
    for tag in ("script", "img", "svg", "iframe", ".katex", "strong"):
        assert page.locator(inside).locator(tag).count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    expect(page.locator("#sources mark").first).to_contain_text(
        'Treasurer <img src=x onerror="window.hacked=1"> Quill resigned'
    )
    expect(page.locator(".headline").first).to_have_text("<img src=x onerror=window.hacked=5>")


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
    expect(page.locator(".quotation blockquote").first).to_contain_text(
        "The Lakeside Museum opened on Sunday."
    )


def question_set(folder: Path) -> Path:
    """Three questions: one that the articles answer, one hostile, one that they do not answer."""
    hostile = "Who <img src=x onerror=window.hacked=1> was hurt in the ferry fire?"
    cases = [
        {"id": "1", "question": WHY, "answers": ["over pay"], "answerable": True, "kind": "why"},
        {"id": "2", "question": hostile, "answers": ["Nobody"], "answerable": True, "kind": "<b>"},
        {"id": "3", "question": "Who is the mayor of Atlantis?", "answerable": False},
    ]
    file = folder / "dockers.jsonl"
    file.write_text("".join(f"{json.dumps(case)}\n" for case in cases))
    return file


def test_a_question_set_is_evaluated_and_its_report_downloaded(
    archive: Archive, tmp_path: Path, visit: Callable[[ScriptedGenerator], Page]
) -> None:
    declined = "The articles do not say."
    page = visit(ScriptedGenerator(BECAUSE, declined, declined, seconds_per_word=0.1))
    page.get_by_role("tab", name="Evaluate").click()
    page.locator("#evaluate-tab input[type=file]").set_input_files(question_set(tmp_path))
    expect(page.get_by_label("Question set")).to_have_value("dockers")
    page.get_by_role("button", name="Evaluate").click()
    expect(page.locator("#evaluation-progress .progress")).to_contain_text("of 3 questions")
    run = page.locator("#figures .run")
    expect(run.locator(".value").first).to_have_text("66.7 %", timeout=30_000)
    expect(run.locator(".legend li")).to_have_text(["right 2", "wrongly declined 1"])
    expect(run.locator("figure svg").first).to_be_visible()
    expect(page.locator("#runs label")).to_contain_text("dockers · 3 questions · 67 % right")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the report").click()
    assert download.value.suggested_filename == "report.html"
    kept = archive.folder / "evaluations" / "dockers" / "report.html"
    assert download.value.path().read_text() == kept.read_text()
    page.reload()
    page.get_by_role("tab", name="Evaluate").click()
    page.locator("#runs label").click()
    expect(run.locator(".value").first).to_have_text("66.7 %")
    assert page.evaluate("window.hacked") is None


def test_a_wrong_line_of_a_question_set_is_named(
    tmp_path: Path, visit: Callable[[None], Page]
) -> None:
    file = question_set(tmp_path)
    file.write_text(file.read_text() + '{"id": "<b>4</b>", "answerable": true}\n')
    page = visit(None)
    page.get_by_role("tab", name="Evaluate").click()
    page.locator("#evaluate-tab input[type=file]").set_input_files(file)
    expect(page.locator("#evaluation-progress .trouble")).to_have_text(
        "dockers.jsonl, line 4 has no field 'question'; add it"
    )
    page.get_by_role("button", name="Evaluate").click()
    expect(page.locator("#evaluation-progress .trouble")).to_have_text(
        "there is no such question set; choose one, or upload it"
    )


def test_an_evaluation_that_is_stopped_goes_on_where_it_was(
    tmp_path: Path, visit: Callable[[ScriptedGenerator], Page]
) -> None:
    declined = "The articles do not say."
    page = visit(
        ScriptedGenerator(BECAUSE, "word " * 500, declined, declined, seconds_per_word=0.1)
    )
    page.get_by_role("tab", name="Evaluate").click()
    page.locator("#evaluate-tab input[type=file]").set_input_files(question_set(tmp_path))
    expect(page.get_by_label("Question set")).to_have_value("dockers")
    page.get_by_role("button", name="Evaluate").click()
    expect(page.locator("#evaluation-progress .progress")).to_contain_text("1 of 3 questions")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#evaluation-progress")).to_contain_text("Stopped. 1 of 3 questions")
    expect(page.locator("#runs label")).to_contain_text("stopped at 1 of 3 questions")
    page.get_by_role("button", name="Evaluate").click()
    value = page.locator("#figures .run .value").first
    expect(value).to_have_text("66.7 %", timeout=30_000)
    expect(page.locator("#runs label")).to_have_count(1)


def test_an_example_asks_itself(visit: Callable[[None], Page]) -> None:
    page = visit(None)
    page.locator(".welcome button").first.click()
    expect(page.locator("#exchange-1 .question")).to_contain_text("What is reported under")


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
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".exchange")).to_have_count(0)
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, "How many ships does it handle?")
    page.wait_for_selector(".about")
    assert WHY not in generator.asked[1][-1].content


def test_a_question_can_be_edited_and_an_answer_copied(
    visit: Callable[[ScriptedGenerator], Page],
) -> None:
    page = visit(ScriptedGenerator(BECAUSE))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, WHY)
    page.get_by_role("button", name="Edit question").click()
    expect(page.get_by_label("Your question")).to_have_value(WHY)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Dockers in Harrow walked out over pay [1].\n\n[1] “Port strike")


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


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_phone_shows_everything_in_one_column(
    colours: str, browser: Browser, serve: Callable[[None], str]
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        color_scheme="dark" if colours == "dark" else "light",
    )
    page = opened(context, serve(None))
    ask(page, WHY)
    page.wait_for_selector(".about")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("a.mark").first.click()
    expect(page.locator("#sources mark").first).to_be_in_viewport()
    expect(page.get_by_label("Your question")).to_be_in_viewport()
    paper = page.evaluate("getComputedStyle(document.querySelector('gradio-app')).backgroundColor")
    assert paper == {"light": "rgb(250, 248, 243)", "dark": "rgb(22, 23, 26)"}[colours]
    context.close()
