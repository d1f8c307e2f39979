"""Settings on the page: models got and chosen, and how much is read, for all and for good."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

pytest.importorskip("playwright", reason="pip install -e '.[dev]' brings playwright")

from playwright.sync_api import BrowserContext, Locator, Page, expect

from rag import Archive, load_settings
from rag.downloads import Places
from rag.presets import HubSource, ModelFile
from tests.browser.pages import BECAUSE, BROWSER, WHY, ask, opened, wait_for_end
from tests.browser.server import Server
from tests.fake_places import FakePackages
from tests.fakes import ScriptedGenerator, make_archive

pytestmark = BROWSER

SMALL = "smollm2-135m"


@dataclass
class HaltingHub:
    """Has one file, and gives the second half of it when it is let on."""

    file: Path
    let_on: Event = field(default_factory=Event)

    def find_cached(self, source: HubSource, path: str) -> Path | None:
        return None

    def check_reachable(self) -> None:
        pass

    def look_up(self, source: HubSource, path: str) -> ModelFile:
        raise NotImplementedError  # the presets know

    def download(
        self, source: HubSource, path: str, target: Path, *, report: Callable[[int], None]
    ) -> None:
        size = self.file.stat().st_size
        target.touch()
        while not self.let_on.wait(0.05):
            report(size // 2)
        shutil.copyfile(self.file, target)
        report(size)


@pytest.fixture
def archive(archive: Archive, tmp_path: Path) -> Archive:
    """The archive, with a models folder in which there is nothing yet."""
    return make_archive(archive.folder, model="none", models=tmp_path / "models")


@pytest.fixture
def come(server: Server, newcomer: Callable[[], BrowserContext]) -> Callable[[], Page]:
    """Open the settings as a new visitor."""

    def come() -> Page:
        page = opened(newcomer(), server.address)
        page.get_by_role("tab", name="Settings").click()
        page.wait_for_selector(".models")
        return page

    return come


def card(page: Page, model: str) -> Locator:
    return page.locator(".models > li", has=page.get_by_role("heading", name=model, exact=True))


def test_a_model_is_got_with_progress_stopped_gone_on_with_and_used(
    server: Server, come: Callable[[], Page], smollm_file: Path
) -> None:
    hub = HaltingHub(smollm_file)
    server.start(places=Places(hub, FakePackages(reachable=False)))
    page = come()
    small = card(page, SMALL)
    expect(small.locator(".facts")).to_have_text("98 MB · Apache-2.0 · not on disk")
    expect(small).to_contain_text("of memory")
    expect(page.locator("#machine")).to_contain_text("This machine has")
    small.get_by_role("button", name=f"Get {SMALL}").press("Enter")
    expect(small.get_by_role("status")).to_contain_text("49 MB of 98 MB")
    expect(small.get_by_role("progressbar")).to_have_attribute("value", "49181216")
    expect(small.get_by_role("button", name=f"Stop getting {SMALL}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(small).to_contain_text("Stopped; what has arrived is kept.")
    hub.let_on.set()
    small.get_by_role("button", name=f"Get {SMALL}").click()
    expect(small.locator(".facts")).to_contain_text("· on disk")
    small.get_by_role("button", name=f"Use {SMALL}").click()
    expect(small).to_contain_text("In use")
    expect(page.locator(".status")).to_contain_text(f"Answers by {SMALL}")


def test_quotes_only_and_the_number_of_passages_hold_at_once_and_after_a_restart(
    server: Server, archive: Archive, come: Callable[[], Page]
) -> None:
    server.start(ScriptedGenerator(BECAUSE))
    page = come()
    expect(page.locator(".status")).to_contain_text("Answers by scripted")
    page.get_by_role("slider", name="Passages").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#settings-news")).to_contain_text("This holds from the next question on")
    page.get_by_role("button", name="Use Quotes only").click()
    expect(page.locator(".models .used h3")).to_have_text("Quotes only")
    expect(page.locator(".status")).to_contain_text("Answers in quotes only")
    ask(page, WHY)
    wait_for_end(page)
    expect(page.locator(".answer .quotation").first).to_be_visible()
    server.archive = Archive(archive.folder, settings=load_settings({"archive": archive.folder}))
    server.restart()
    page = come()
    expect(page.locator(".models .used h3")).to_have_text("Quotes only")
    expect(page.get_by_role("slider", name="Passages")).to_have_value(
        str(archive.settings.passages + 1)
    )


def test_where_settings_are_not_the_visitors_to_change_the_page_says_why(
    server: Server, come: Callable[[], Page]
) -> None:
    server.start(fixed={"model": "--model"})
    page = come()
    expect(page.locator("#models .note")).to_have_text(
        "--model was given when Newsdesk was started; start it without, to choose here."
    )
    assert page.locator("#models button").count() == 0
