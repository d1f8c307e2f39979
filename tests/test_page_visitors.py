from http.cookies import SimpleCookie

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from rag.page.visitors import COOKIE, VisitorCookie, owner_of

ANN = "a" * 43


async def page(request: Request) -> Response:
    return HTMLResponse("<h1>Newsdesk</h1>")


async def data(request: Request) -> Response:
    return JSONResponse({})


def client(address: str = "http://desk.example") -> TestClient:
    routes = [Route("/", page, methods=["GET", "POST"]), Route("/data", data)]
    app = Starlette(routes=routes, middleware=[Middleware(VisitorCookie)])
    return TestClient(app, base_url=address)


def given(visitor: TestClient, address: str = "/", sent: str = "") -> str:
    """Return the cookie that the page gives."""
    headers = [(b"cookie", sent.encode())] if sent else []
    return visitor.get(address, headers=headers).headers["set-cookie"]


def test_the_page_gives_every_browser_another_id_and_keeps_it() -> None:
    ann, bob = client(), client()
    for each in (ann, bob):
        each.get("/")
    assert len(ann.cookies[COOKIE]) == 43
    assert ann.cookies[COOKIE] != bob.cookies[COOKIE]
    first = ann.cookies[COOKIE]
    ann.get("/")
    assert ann.cookies[COOKIE] == first


def test_no_script_and_no_other_site_can_use_the_cookie_and_it_lasts() -> None:
    cookie = SimpleCookie(given(client()))[COOKIE]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "lax"
    assert cookie["path"] == "/"
    assert cookie["max-age"] == str(400 * 24 * 3600)
    assert cookie["secure"] == ""
    assert SimpleCookie(given(client("https://desk.example")))[COOKIE]["secure"] is True


@pytest.mark.parametrize(
    ("method", "path"),
    [pytest.param("GET", "/data", id="no-page"), pytest.param("POST", "/", id="no-visit")],
)
def test_only_opening_the_page_gives_an_id(method: str, path: str) -> None:
    assert "set-cookie" not in client().request(method, path).headers


@pytest.mark.parametrize("forged", ["", "short", "x" * 44, "x" * 42 + "'", "é" * 43])
def test_an_id_that_was_never_given_is_replaced(forged: str) -> None:
    cookie = given(client(), sent=f"{COOKIE}={forged}")
    assert not forged or forged not in cookie
    assert len(SimpleCookie(cookie)[COOKIE].value) == 43


def test_an_id_in_the_address_counts_for_nothing() -> None:
    assert ANN not in given(client(), f"/?{COOKIE}={ANN}")


def test_conversations_belong_to_the_user_else_to_the_browser() -> None:
    visitor = owner_of(None, {COOKIE: ANN})
    assert owner_of("ann", {COOKIE: ANN}) == "user:ann"
    assert visitor is not None
    assert visitor.startswith("visitor:")
    assert ANN not in visitor
    assert owner_of(None, {COOKIE: "b" * 43}) != visitor
    assert owner_of(None, {}) is None
    assert owner_of("", {COOKIE: "short"}) is None


def test_no_user_can_be_named_like_a_browser() -> None:
    visitor = owner_of(None, {COOKIE: ANN})
    assert owner_of(visitor, {}) != visitor
