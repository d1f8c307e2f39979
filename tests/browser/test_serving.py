"""The login, and what other sites' pages can do, in a real browser on the real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="pip install -e '.[dev]' brings playwright")

from playwright.sync_api import Browser, Page, expect

from rag.serving.account_file import set_password
from tests.browser.pages import ask
from tests.fakes import ScriptedGenerator
from tests.serving import BECAUSE, WHY, serving
from tests.web_server import Answer
from tests.web_server import serving as serving_site

pytestmark = [
    pytest.mark.browser,
    # As errors they would be raised inside Gradio's server, for how it uses its libraries.
    pytest.mark.filterwarnings("default"),
]

PASSWORD = "correct horse"
SECONDS = 60_000  # milliseconds


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(SECONDS)
    expect.set_options(timeout=SECONDS)
    yield context.new_page()
    context.close()


def test_who_logs_in_can_ask_and_who_logs_out_cannot(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    set_password(file, "ada", PASSWORD)
    with serving(tmp_path, ScriptedGenerator(BECAUSE), auth=file) as url:
        page.goto(url)
        assert page.url == f"{url}login"
        page.get_by_label("Name").fill("ada")
        page.get_by_label("Password").fill("wrong horse")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("alert")).to_have_text(
            "This name and password do not belong together."
        )
        assert page.get_by_label("Name").input_value() == "ada"
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Password").press("Enter")
        page.wait_for_selector(".welcome")
        assert page.url == url
        ask(page, WHY)
        expect(page.locator("#last")).to_contain_text(BECAUSE.rstrip("."))
        expect(page.locator("#person")).to_have_text("ada Log out")
        page.get_by_role("link", name="Log out").click()
        page.wait_for_url(f"{url}login")


HOSTILE = """<!DOCTYPE html>
<a href="URL">Newsdesk</a>
<script>
window.ends = (async () => {
  const body = JSON.stringify({ messages: [{ role: "user", content: "WHY" }] });
  const ways = [
    ["URLv1/chat/completions", { method: "POST", body }],
    ["URLv1/chat/completions", { method: "POST", body, mode: "no-cors" }],
    ["URLv1/chat/completions", { method: "POST", body, headers: { "X-Asked": "by page" } }],
    ["URLv1/models", {}],
    ["URLgradio_api/upload", { method: "POST", body: new FormData() }],
    ["URLmcp", { method: "POST", body, mode: "no-cors" }],
  ];
  const ends = [];
  for (const [address, options] of ways) {
    try {
      const answer = await fetch(address, options);
      ends.push(answer.type === "opaque" ? "opaque" : await answer.text());
    } catch (error) {
      ends.push("refused");
    }
  }
  return ends;
})();
</script>
"""


def test_another_site_s_page_can_ask_nothing_and_only_link(page: Page, tmp_path: Path) -> None:
    generator = ScriptedGenerator(BECAUSE)
    with serving(tmp_path, generator) as url:
        hostile = HOSTILE.replace("URL", url).replace("WHY", WHY)
        with serving_site(evil=Answer(hostile)) as site:
            page.goto(site.address("/evil"))
            ends = page.evaluate("window.ends")
            assert ends == ["refused", "opaque", "refused", "refused", "refused", "opaque"]
            assert generator.asked == []
            page.get_by_role("link", name="Newsdesk").click()
            page.wait_for_selector(".welcome")


def test_a_frame_on_another_site_s_page_stays_empty(page: Page, tmp_path: Path) -> None:
    with serving(tmp_path) as url:
        framing = f'<iframe src="{url}"></iframe>'
        with serving_site(evil=Answer(framing)) as site:
            page.goto(site.address("/evil"))
            (framed,) = page.main_frame.child_frames
            assert "gradio" not in framed.content()
