"""Logging in as a browser and as gradio_client do, and guessing passwords."""

from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from rag.serving.account_file import remove_account, set_password
from rag.serving.accounts import Accounts
from rag.serving.attempts import Attempts
from rag.serving.gate import RootPath
from rag.serving.login import Login
from rag.serving.recognition import Recognition
from rag.serving.sessions import LASTING_SECONDS, Sessions

PASSWORD = "correct horse"
RIGHT = {"username": "ada", "password": PASSWORD}
WRONG = {"username": "ada", "password": "wrong horse"}
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Door:
    """A guarded app that says the visitor's name, and what guards it."""

    file: Path
    clock: Clock = field(default_factory=Clock)

    def client(self, *, base: str = "", scheme: str = "http") -> httpx.AsyncClient:
        recognition = Recognition(Accounts(self.file), Sessions(self.clock), Attempts(self.clock))
        app = Starlette(
            routes=[Route("/{path:path}", say_name)],
            middleware=[
                Middleware(RootPath, base),
                Middleware(Login, recognition, "newsdesk-session-7860"),
            ],
        )
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url=f"{scheme}://localhost"
        )


async def say_name(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.user.username)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("written") / "accounts.json"
    set_password(file, "ada", PASSWORD)
    return file.read_bytes()


@pytest.fixture
def door(tmp_path: Path, written: bytes) -> Door:
    file = tmp_path / "accounts.json"
    file.write_bytes(written)
    return Door(file)


pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_a_browser_is_led_to_the_login_and_back_with_a_cookie(door: Door) -> None:
    async with door.client() as browser:
        led = await browser.get("/", headers=BROWSER)
        assert (led.status_code, led.headers["location"]) == (303, "/login")
        page = await browser.get("/login", headers=BROWSER)
        assert (page.status_code, '<input name="password"' in page.text) == (200, True)
        entered = await browser.post("/login", data=RIGHT, headers=BROWSER)
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        cookie = entered.headers["set-cookie"]
        assert cookie.startswith("newsdesk-session-7860=")
        assert cookie.endswith(f"; HttpOnly; Max-Age={LASTING_SECONDS}; Path=/; SameSite=lax")
        assert (await browser.get("/")).text == "ada"


async def test_a_cookie_that_was_given_over_https_is_for_https_only(door: Door) -> None:
    async with door.client(scheme="https") as browser:
        entered = await browser.post("/login", data=RIGHT, headers=BROWSER)
        assert entered.headers["set-cookie"].endswith("SameSite=lax; Secure")


async def test_gradio_s_client_is_told_in_json(door: Door) -> None:
    async with door.client() as client:
        entered = await client.post("/login", data=RIGHT)
        assert (entered.status_code, entered.json()) == (200, {"success": True})
        assert (await client.get("/config")).text == "ada"


@pytest.mark.parametrize("data", [WRONG, {"username": "eve", "password": PASSWORD}, {}, None])
async def test_a_wrong_password_is_told_and_gives_no_cookie(
    door: Door, data: dict[str, str] | None
) -> None:
    async with door.client() as browser:
        page = await browser.post("/login", data=data, headers=BROWSER)
        assert page.status_code == 401
        assert "This name and password do not belong together." in page.text
        assert "set-cookie" not in page.headers
        assert (await browser.post("/login", data=data)).status_code == 401
        assert (await browser.get("/x")).status_code == 401


async def test_a_name_is_no_markup_on_the_page(door: Door) -> None:
    async with door.client() as browser:
        data = {"username": '"><script>alert(1)</script>', "password": "x"}
        page = await browser.post("/login", data=data, headers=BROWSER)
        assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page.text
        assert "<script" not in page.text


async def test_a_form_with_countless_fields_is_a_wrong_password(door: Door) -> None:
    async with door.client() as browser:
        answer = await browser.post("/login", content="a=1&" * 10_000)
        assert answer.status_code == 401


async def test_logging_out_ends_the_session_and_not_only_the_cookie(door: Door) -> None:
    async with door.client() as browser:
        await browser.post("/login", data=RIGHT)
        stolen = dict(browser.cookies)
        left = await browser.get("/logout")
        assert (left.status_code, left.headers["location"]) == (303, "/")
        assert (await browser.get("/x")).status_code == 401
        browser.cookies.update(stolen)
        assert (await browser.get("/x")).status_code == 401


async def test_a_session_ends_after_its_days(door: Door) -> None:
    async with door.client() as browser:
        await browser.post("/login", data=RIGHT)
        door.clock.now += LASTING_SECONDS - 1
        assert (await browser.get("/x")).status_code == 200
        door.clock.now += 1
        assert (await browser.get("/x")).status_code == 401


async def test_a_new_password_ends_the_sessions_of_the_old_one(door: Door) -> None:
    async with door.client() as browser:
        await browser.post("/login", data=RIGHT)
        set_password(door.file, "ada", "another horse")
        assert (await browser.get("/x")).status_code == 401


async def test_who_is_removed_is_out_at_once(door: Door) -> None:
    async with door.client() as browser:
        await browser.post("/login", data=RIGHT)
        assert (await browser.get("/x", auth=("ada", PASSWORD))).status_code == 200
        remove_account(door.file, "ada")
        assert (await browser.get("/x")).status_code == 401
        assert (await browser.get("/x", auth=("ada", PASSWORD))).status_code == 401


async def test_a_password_given_with_every_request_may_be_right_and_then_wrong(door: Door) -> None:
    async with door.client() as client:
        tried = [
            (await client.get("/x", auth=("ada", password))).status_code
            for password in (PASSWORD, PASSWORD, "wrong horse", PASSWORD)
        ]
        assert tried == [200, 200, 401, 200]


async def test_after_some_wrong_passwords_not_even_the_right_one_is_looked_at(door: Door) -> None:
    async with door.client() as browser:
        for _ in range(5):
            assert (await browser.post("/login", data=WRONG)).status_code == 401
        refused = await browser.post("/login", data=RIGHT)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
        page = await browser.post("/login", data=RIGHT, headers=BROWSER)
        assert page.status_code == 429
        assert "Too many wrong passwords; try again in 1 seconds." in page.text
        door.clock.now += 1
        assert (await browser.post("/login", data=RIGHT)).status_code == 200


async def test_accounts_that_cannot_be_read_let_nobody_in_and_say_so(door: Door) -> None:
    async with door.client() as browser:
        await browser.post("/login", data=RIGHT)
        door.file.write_text("no accounts")
        answer = await browser.get("/x")
        assert answer.status_code == 503
        assert "is no file of accounts" in answer.json()["error"]["message"]


@pytest.mark.parametrize("stripped", [True, False], ids=["prefix-cut-off", "prefix-left"])
async def test_below_a_root_path_the_login_is_found_too(door: Door, stripped: bool) -> None:
    below = "" if stripped else "/desk"
    async with door.client(base="/desk") as browser:
        led = await browser.get(f"{below}/", headers=BROWSER)
        assert led.headers["location"] == "/desk/login"
        entered = await browser.post(f"{below}/login", data=RIGHT, headers=BROWSER)
        assert entered.headers["location"] == "/desk/"
        assert "; Path=/desk/;" in entered.headers["set-cookie"]


def test_wrong_passwords_cost_ever_longer_waits_up_to_a_minute() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    waits = []
    for _ in range(13):
        attempts.fail("ada")
        waits.append(attempts.seconds_to_wait("ada"))
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert attempts.seconds_to_wait("bob") == 0
    clock.now += 59
    assert attempts.seconds_to_wait("ada") == 1
    attempts.succeed("ada")
    clock.now += 1
    attempts.fail("ada")
    assert attempts.seconds_to_wait("ada") == 0


def test_sessions_are_their_beginner_s() -> None:
    sessions = Sessions()
    ada, bob = sessions.begin("ada", "hash"), sessions.begin("bob", "hash")
    names = [found.name for secret in (ada, bob) if (found := sessions.find(secret))]
    assert names == ["ada", "bob"]
    assert sessions.find("") is None
    sessions.end(ada)
    assert sessions.find(ada) is None
