"""Adding, browsing, removing and limiting as people do it: the real server, a real browser."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="pip install -e '.[dev]' brings playwright")

from playwright.sync_api import Browser, Page, expect

import app
from rag import Archive, Assistant
from rag.page.desk import Desk
from rag.readers.public_web import public_client
from tests.browser.pages import BROWSER, ask, opened, wait_for_end
from tests.fakes import ScriptedGenerator
from tests.serving import free_port
from tests.web_server import Answer, Site, article_page, rss, serving

pytestmark = BROWSER
Visit = Callable[[], Page]
EVIL = "<img src=x onerror=window.hacked=1>"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(ferry=Answer(article_page("Ferries sail again"))) as site:
        yield site


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def fill_archive(archive: Archive, folder: Path, count: int = 60) -> None:
    """Add a story for each of the days from 1 January 2022."""
    stories = [
        {
            "id": f"s{number}",
            "title": f"Story {number:02}",
            "text": f"Councillor {number} of Orleby resigned over the bridge.",
            "publisher": ("Orleby Post", "Gazette")[number % 2],
            "published": f"2022-{1 + number // 28:02}-{1 + number % 28:02}",
        }
        for number in range(count)
    ]
    (folder / "stories.jsonl").write_text("\n".join(map(json.dumps, stories)))
    archive.add(folder / "stories.jsonl")


def test_pasted_text_is_an_article_that_answers(visit: Visit) -> None:
    page = visit()
    tab(page, "Add articles")
    page.get_by_text("Paste the text of an article").click()
    page.get_by_label("Text", exact=True).fill("The Lakeside Museum opened on Sunday.")
    page.get_by_label("Date").fill("soon")
    page.get_by_role("button", name="Add this text").click()
    expect(page.locator("#pasting-trouble .trouble")).to_contain_text("'soon' is no date")
    page.get_by_label("Headline").fill(f"Museum opens {EVIL}")
    page.get_by_label("Date").fill("14 August 2023")
    page.get_by_role("button", name="Add this text").click()
    expect(page.locator("#report .done")).to_have_text(f"1 addedMuseum opens {EVIL}")
    expect(page.locator(".status")).to_contain_text("3 articles")
    ask(page, "When did the Lakeside Museum open?")
    expect(page.locator(".answer blockquote").first).to_contain_text(
        "The Lakeside Museum opened on Sunday."
    )
    assert page.evaluate("window.hacked") is None


def test_a_page_of_the_web_is_added_by_its_address(visit: Visit, site: Site) -> None:
    page = visit()
    tab(page, "Add articles")
    page.get_by_label("Web pages and feeds").fill(site.address("/ferry"))
    page.get_by_label("Web pages and feeds").press("Enter")
    expect(page.locator("#report .done")).to_have_text("1 addedFerries sail again")
    expect(page.get_by_label("Web pages and feeds")).to_have_value("")
    ask(page, "When did ferries sail again?")
    expect(page.locator(".answer blockquote").first).to_contain_text("sailed again on Tuesday")


def test_a_feed_is_added_and_what_could_not_be_read_is_told_with_its_reason(
    visit: Visit, site: Site
) -> None:
    links = (site.address("/ferry"), site.address("/gone"), "javascript:window.hacked=2")
    entries = [(f"{EVIL} {number}", link) for number, link in enumerate(links)]
    site.answers["/rss"] = Answer(rss(f"Times {EVIL}", *entries), media_type="text/xml")
    page = visit()
    tab(page, "Add articles")
    page.get_by_label("Web pages and feeds").fill(site.address("/rss"))
    page.locator("#addresses").get_by_role("button", name="Add").click()
    expect(page.locator("#report .done h3")).to_have_text("1 added")
    failed = page.locator("#report .trouble")
    expect(failed.locator("h3")).to_have_text("2 could not be read")
    expect(failed.locator("li").first).to_have_text(
        f"{site.address('/gone')}: answered 404 Not Found; check the address"
    )
    tab(page, "Archive")
    expect(page.locator("#shelf .headline").first).to_be_visible()
    assert page.locator("#report img, #shelf img, #browse-publishers img").count() == 0
    assert page.evaluate("window.hacked") is None


def test_a_page_that_serves_others_fetches_nothing_from_inside(
    archive: Archive, browser: Browser, site: Site
) -> None:
    desk = Desk(Assistant(archive))
    built = app.build(desk, make_client=public_client)
    server = app.serve(built, desk, replace(archive.settings, port=free_port()))
    page = opened(browser.new_context(), server.url)
    tab(page, "Add articles")
    page.get_by_label("Web pages and feeds").fill("http://127.0.0.1/ /etc/passwd")
    page.get_by_label("Web pages and feeds").press("Enter")
    reasons = page.locator("#report .trouble li")
    expect(reasons).to_have_count(2)
    expect(reasons.first).to_have_text(
        "http://127.0.0.1/: 127.0.0.1 is not on the public internet, and this page fetches nothing "
        "from inside a network; save what is there and add it as a file"
    )
    expect(reasons.last).to_contain_text("is not an http or https address")
    page.context.close()
    server.close()


def test_an_edited_upload_replaces_what_its_file_held(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / f"{EVIL}.md"
    page = visit()
    tab(page, "Add articles")
    for text, told in (("opened on Sunday", "1 added"), ("closed on Monday", "1 replaced by what")):
        file.write_text(f"# Museum news\n\nThe Lakeside Museum {text}.")
        page.locator("#uploads input[type=file]").set_input_files(file)
        expect(page.locator("#report .done h3").first).to_contain_text(told)
    assert page.evaluate("window.hacked") is None
    expect(page.locator(".status")).to_contain_text("3 articles")


def test_reading_is_counted_and_can_be_stopped(
    visit: Visit, archive: Archive, tmp_path: Path
) -> None:
    stories = (
        {"id": f"{number}", "title": f"Story {number}", "text": f"Ferry {number} sailed. " * 20}
        for number in range(50_000)
    )
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, stories)))
    page = visit()
    tab(page, "Add articles")
    page.locator("#uploads input[type=file]").set_input_files(tmp_path / "many.jsonl")
    expect(page.locator("#report .progress")).to_contain_text("of 50,000 articles")
    expect(page.locator("#report progress")).to_be_visible()
    page.get_by_role("button", name="Stop adding").click()
    expect(page.locator("#report")).to_contain_text(
        "Stopped; what was read until then is kept.", timeout=30_000
    )
    expect(page.get_by_role("button", name="Stop adding")).to_be_hidden()
    assert 2 < len(archive) < 50_002
    expect(page.locator("#vectors")).to_contain_text("passages are found by their meaning")


def test_the_archive_is_leafed_through_searched_and_narrowed(
    visit: Visit, archive: Archive, tmp_path: Path
) -> None:
    fill_archive(archive, tmp_path)
    page = visit()
    tab(page, "Archive")
    told, titles = page.locator("#shelf [role=status]"), page.locator("#shelf .headline")
    expect(told).to_have_text("62 articles, newest first")
    expect(titles.first).to_have_text("Story 59")
    page.get_by_role("button", name="Next").click()
    expect(titles.first).to_have_text("Story 34")
    page.get_by_role("button", name="Last").click()
    expect(page.get_by_text("Page 3 of 3")).to_be_visible()
    expect(titles.last).to_have_text("Ferry line closed")

    page.locator("#browse-from input").fill("2022-02-01")
    page.locator("#browse-to input").fill("February 2022")
    page.locator("#browse-to input").press("Enter")
    expect(told).to_have_text(
        "28 articles, newest first · only from 1 February 2022, until 28 February 2022"
    )
    page.locator("#browse-publishers input").click()
    page.get_by_role("option", name="Gazette (30)").click()
    expect(told).to_contain_text("14 articles, newest first")
    page.get_by_label("Search the articles").fill("councillor 31 resigns")
    page.get_by_label("Search the articles").press("Enter")
    expect(titles.first).to_have_text("Story 31")
    page.get_by_role("button", name="Show all articles").click()
    expect(told).to_have_text("62 articles, newest first")
    expect(page.locator("#browse-from input")).to_have_value("")


def test_an_article_of_the_list_is_opened_and_left_for_the_list(visit: Visit) -> None:
    page = visit()
    tab(page, "Archive")
    page.locator(".entry", has_text="Ferry line closed").get_by_role(
        "button", name="Ferry line closed"
    ).first.click()
    reader = page.locator("#reader .reader")
    expect(reader).to_contain_text("The ferry to Orleby stopped after an engine fire.")
    expect(reader).to_contain_text("Nobody was hurt.")
    expect(reader.locator(".headline")).to_be_focused()
    page.keyboard.press("Escape")
    opened = page.locator("#shelf .headline", has_text="Ferry line closed")
    expect(opened).to_be_focused()


def test_a_subjects_events_are_shown_in_order_and_open_at_their_words(
    visit: Visit, archive: Archive, tmp_path: Path
) -> None:
    fill_archive(archive, tmp_path, count=40)
    page = visit()
    tab(page, "Archive")
    page.get_by_text("Timeline of a subject").click()
    page.get_by_label("Subject").fill("councillor Orleby since February 2022")
    page.get_by_label("Subject").press("Enter")
    events = page.locator("#chronicle li")
    expect(events.first.locator(".when")).to_have_text("reported 1 February 2022")
    expect(page.locator("#chronicle [role=status]")).to_contain_text("6 events, in order")
    events.first.get_by_role("button").click()
    mark = page.locator("#reader .reader mark")
    expect(mark).to_have_text("Councillor 28 of Orleby resigned over the bridge.")
    expect(mark).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(events.first.get_by_role("button")).to_be_focused()
    page.get_by_label("Subject").fill("zebras")
    page.get_by_label("Subject").press("Enter")
    expect(page.locator("#chronicle")).to_have_text(
        "No article reports an event of this subject; try fewer or other words."
    )


def test_what_was_just_added_is_opened_from_the_report(visit: Visit, site: Site) -> None:
    page = visit()
    tab(page, "Add articles")
    page.get_by_label("Web pages and feeds").fill(site.address("/ferry"))
    page.get_by_label("Web pages and feeds").press("Enter")
    page.locator("#report").get_by_role("button", name="Ferries sail again").click()
    expect(page.locator("#reader .reader")).to_contain_text("sailed again on Tuesday")


def test_a_date_that_cannot_be_read_is_told(visit: Visit) -> None:
    page = visit()
    tab(page, "Archive")
    page.locator("#browse-from input").fill("soon")
    page.locator("#browse-from input").press("Enter")
    expect(page.locator("#browse-news .trouble")).to_have_text(
        "'soon' is no date that can be read; write 2023, 2023-08 or 14 August 2023"
    )


def test_an_article_is_removed_only_after_a_second_thought(visit: Visit, archive: Archive) -> None:
    page = visit()
    tab(page, "Archive")
    entry = page.locator(".entry", has_text="Ferry line closed")
    entry.get_by_text("Remove", exact=True).click()
    expect(entry).to_contain_text("Only adding it again brings it back.")
    assert len(archive) == 2
    entry.get_by_role("button", name="Remove Ferry line closed").click()
    expect(page.locator("#browse-news")).to_have_text("Removed: Ferry line closed")
    expect(page.locator("#shelf .headline")).to_have_text(["Port strike begins"])
    expect(page.locator(".status")).to_contain_text("1 article")
    ask(page, "Was anybody hurt in the ferry fire?")
    page.wait_for_selector(".about")
    expect(page.locator("#sources")).not_to_contain_text("Ferry line closed")


def test_a_question_is_limited_until_the_limits_are_cleared(
    visit: Visit, archive: Archive, tmp_path: Path
) -> None:
    fill_archive(archive, tmp_path, 3)
    page = visit()
    page.get_by_text("Limit to dates and publishers").click()
    page.locator("#limits-publishers input").click()
    page.get_by_role("option", name="Gazette (1)").click()
    page.locator("#limits-from input").fill("2022")
    page.locator("#limits-from input").press("Enter")
    chips = page.locator("#limits-told li")
    expect(chips).to_have_text(["from 1 January 2022", "Gazette"])
    ask(page, "Which councillor resigned over the bridge?")
    expect(page.locator("#exchange-1 .answer blockquote")).to_have_text(
        "“Councillor 1 of Orleby resigned over the bridge.”[1]", use_inner_text=True
    )
    expect(page.locator("#exchange-1 .limits li")).to_have_text(["from 1 January 2022", "Gazette"])
    wait_for_end(page)
    ask(page, "Why did dockers in Harrow walk out?")
    expect(page.locator("#exchange-2 .limits li")).to_have_text(["from 1 January 2022", "Gazette"])
    expect(page.locator("#sources")).not_to_contain_text("Dockers in Harrow walked out")
    page.get_by_role("button", name="Clear the limits").click()
    expect(page.locator("#limits-told .limits")).to_have_count(0)
    ask(page, "Why did dockers in Harrow walk out on Monday?")
    expect(page.locator("#exchange-3 .answer blockquote").first).to_contain_text(
        "Dockers in Harrow walked out on Monday over pay."
    )
    expect(page.locator("#exchange-3 .limits")).to_have_count(0)


def test_limits_written_just_before_asking_hold(visit: Visit) -> None:
    page = visit()
    page.get_by_text("Limit to dates and publishers").click()
    page.get_by_label("Your question").fill("Why did dockers in Harrow walk out?")
    page.locator("#limits-to input").fill("soon")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#exchange-1 .trouble")).to_contain_text("'soon' is no date")
    page.get_by_label("Your question").fill("Why did dockers in Harrow walk out?")
    page.locator("#limits-to input").fill("1999")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#exchange-2 .limits li")).to_have_text(["until 31 December 1999"])
    expect(page.locator("#exchange-2 .declined")).to_be_visible()


def test_nothing_within_the_limits_says_so_and_asks_without_them(visit: Visit) -> None:
    page = visit()
    page.get_by_text("Limit to dates and publishers").click()
    page.locator("#limits-to input").fill("1999")
    page.locator("#limits-to input").press("Enter")
    expect(page.locator("#limits-told li")).to_have_text(["until 31 December 1999"])
    ask(page, "Why did dockers in Harrow walk out?")
    expect(page.locator(".declined")).to_contain_text(
        "Reason: no article within the limits matches the question."
    )
    page.get_by_role("button", name="Ask without limits").click()
    expect(page.locator("#exchange-2 .answer blockquote").first).to_contain_text(
        "Dockers in Harrow walked out on Monday over pay."
    )
    expect(page.locator("#limits-told .limits")).to_have_count(0)
    expect(page.locator("#limits-to input")).to_have_value("")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_phone_shows_the_archive_in_one_column(
    colours: str, browser: Browser, serve: Callable[[ScriptedGenerator | None], str]
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        color_scheme="dark" if colours == "dark" else "light",
    )
    page = opened(context, serve(None))
    for name, shown in (("Archive", ".entry"), ("Add articles", "#addresses")):
        tab(page, name)
        expect(page.locator(shown).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()
