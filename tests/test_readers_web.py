from collections.abc import Callable, Iterator

import httpx
import pytest

from rag.errors import ReadError
from rag.readers import web
from rag.readers.web import Page, fetch

ADDRESS = "https://harbour.example/ferry"
HTML = {"content-type": "text/html; charset=ISO-8859-1"}


def client(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer))


def refusal(address: str, answer: Callable[[httpx.Request], httpx.Response]) -> str:
    with pytest.raises(ReadError) as raised:
        fetch(address, client(answer))
    return str(raised.value)


def test_page_is_fetched_by_an_honest_reader() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, headers=HTML, content=b"<p>Caf\xe9</p>")

    page = fetch(f"{ADDRESS}#comments", client(answer))

    assert page == Page(ADDRESS, b"<p>Caf\xe9</p>", "text/html", "iso-8859-1")
    assert asked[0].headers["user-agent"] == "newsdesk/0.1"
    assert asked[0].extensions["timeout"] == dict.fromkeys(["connect", "read", "write", "pool"], 10)


def test_redirects_are_followed_to_the_final_address() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/ferry":
            return httpx.Response(301, headers={"location": "/2023/ferry?a=1"})
        return httpx.Response(200, headers=HTML, content=b"x")

    assert fetch(ADDRESS, client(answer)).url == "https://harbour.example/2023/ferry?a=1"


def test_redirects_in_a_circle_are_given_up() -> None:
    assert refusal(ADDRESS, lambda _: httpx.Response(302, headers={"location": ADDRESS})) == (
        f"{ADDRESS} redirects more than 5 times; check the address"
    )


def test_redirect_to_anything_but_the_web_is_refused() -> None:
    headers = {"location": "ftp://harbour.example/ferry"}

    assert refusal(ADDRESS, lambda _: httpx.Response(302, headers=headers)) == (
        "ftp://harbour.example/ferry is not an http or https address; give one of those"
    )


@pytest.mark.parametrize(
    "address", ["ftp://harbour.example/ferry", "file:///etc/passwd", "https:///ferry"]
)
def test_only_addresses_of_the_web_are_asked(address: str) -> None:
    reason = refusal(address, lambda _: httpx.Response(200, headers=HTML))

    assert reason.endswith(" is not an http or https address; give one of those")


@pytest.mark.parametrize("address", ["http://[::1", "https://ex\x00ample/"])
def test_malformed_address_is_refused(address: str) -> None:
    reason = refusal(address, lambda _: httpx.Response(200, headers=HTML))

    assert reason.startswith(f"{address} cannot be reached (")


def test_error_status_is_told() -> None:
    assert refusal(ADDRESS, lambda _: httpx.Response(404)) == (
        f"{ADDRESS} answered 404 Not Found; check the address"
    )


@pytest.mark.parametrize("media_type", ["image/png", "application/pdf", "video/mp4"])
def test_what_is_no_page_is_refused_before_it_is_loaded(media_type: str) -> None:
    def never() -> Iterator[bytes]:
        raise AssertionError("loaded")
        yield b""

    headers = {"content-type": media_type}

    assert refusal(ADDRESS, lambda _: httpx.Response(200, headers=headers, content=never())) == (
        f"{ADDRESS} is {media_type}, not a web page or a feed; give one of those"
    )


def test_endless_page_is_cut_short() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"word " * 100_000

    assert refusal(ADDRESS, lambda _: httpx.Response(200, headers=HTML, content=endless())) == (
        f"{ADDRESS} is larger than a page can be (20 MB); give a smaller one"
    )


def test_page_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "WHOLE_TIMEOUT_SECONDS", 0.0)

    reason = refusal(ADDRESS, lambda _: httpx.Response(200, headers=HTML, content=b"x"))

    assert reason == f"{ADDRESS} took longer than 0 seconds; try again later"


def test_silent_server_is_given_up() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("timed out", request=request)

    assert refusal(ADDRESS, answer) == (
        f"{ADDRESS} did not answer within 10 seconds; try again later"
    )


def test_server_out_of_reach_is_told() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("Name or service not known", request=request)

    assert refusal(ADDRESS, answer) == (
        f"{ADDRESS} cannot be reached (Name or service not known); "
        "check the address and the connection"
    )


def test_answer_that_cannot_be_unpacked_is_told() -> None:
    headers = {**HTML, "content-encoding": "gzip"}

    reason = refusal(
        ADDRESS, lambda _: httpx.Response(200, headers=headers, content=iter([b"no gzip"]))
    )

    assert reason.startswith(f"{ADDRESS} cannot be reached (")


@pytest.mark.parametrize("packing", ["br", "gzip, gzip", "zstd", "unheard-of"])
def test_packing_that_may_hold_far_more_than_is_sent_is_refused(packing: str) -> None:
    headers = {**HTML, "content-encoding": packing}

    assert refusal(
        ADDRESS, lambda _: httpx.Response(200, headers=headers, stream=httpx.ByteStream(b"x"))
    ) == (
        f"{ADDRESS} is packed in a way that is not read ({packing}); save the page in a browser "
        "and add the file"
    )


@pytest.mark.parametrize("given", ["ann:secret@", "ann@"])
def test_address_with_a_name_or_password_is_refused_without_repeating_it(given: str) -> None:
    reason = refusal(f"https://{given}harbour.example/ferry", lambda _: httpx.Response(200))

    assert reason == (
        f"{ADDRESS} was given with a name or password, which would be kept with the article; give "
        "it without"
    )
