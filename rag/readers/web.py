"""Fetches pages by http and https, and nothing else, within limits of time and size."""

import time
from dataclasses import dataclass

import httpx

from rag.errors import ReadError

USER_AGENT = "newsdesk/0.1"
TIMEOUT_SECONDS = 10.0  # until the server answers, and between two pieces of the answer
WHOLE_TIMEOUT_SECONDS = 60.0  # a server that sends a byte now and then never times out otherwise
MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
READABLE = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom")
ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.1"
# Others, or one within another, can hold a thousand times what may be received.
PACKINGS = {"", "identity", "gzip", "deflate"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered; `url` is the address after all redirects, without its fragment."""

    url: str
    content: bytes
    media_type: str  # lower case, empty where the server does not say
    charset: str | None


def fetch(address: str, client: httpx.Client) -> Page:
    """Return the page at an address.

    Raises:
        ReadError: it cannot be had, is too large, or is not a page.
    """
    try:
        request = client.build_request(
            "GET",
            address,
            headers={
                "user-agent": USER_AGENT,
                "accept": ACCEPT,
                "accept-encoding": "gzip, deflate",
            },
            timeout=TIMEOUT_SECONDS,
        )
        return _follow(request, address, client)
    except httpx.TimeoutException as error:
        raise ReadError(
            f"{address} did not answer within {TIMEOUT_SECONDS:.0f} seconds; try again later"
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        problem = str(error) or "no answer"
        raise ReadError(
            f"{address} cannot be reached ({problem}); check the address and the connection"
        ) from error


def _follow(request: httpx.Request, address: str, client: httpx.Client) -> Page:
    for _ in range(MAX_REDIRECTS + 1):
        _check_address(request.url)
        response = client.send(request, stream=True, follow_redirects=False)
        try:
            if response.next_request is None:
                return _receive(response, address)
            request = response.next_request
        finally:
            response.close()
    raise ReadError(f"{address} redirects more than {MAX_REDIRECTS} times; check the address")


def _check_address(url: httpx.URL) -> None:
    """Refuse what must not be asked for; every address passes here, redirects' included.

    Raises:
        ReadError: it is refused.
    """
    if url.scheme not in {"http", "https"} or not url.host:
        raise ReadError(f"{url} is not an http or https address; give one of those")
    if url.userinfo:
        raise ReadError(
            f"{url.copy_with(userinfo=b'')} was given with a name or password, which would be kept "
            "with the article; give it without"
        )


def _receive(response: httpx.Response, address: str) -> Page:
    if not response.is_success:
        status = f"{response.status_code} {response.reason_phrase}".strip()
        raise ReadError(f"{address} answered {status}; check the address")
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type and not media_type.startswith(READABLE):
        raise ReadError(f"{address} is {media_type}, not a web page or a feed; give one of those")
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in PACKINGS:
        raise ReadError(
            f"{address} is packed in a way that is not read ({packing}); save the page in a "
            "browser and add the file"
        )
    return Page(
        url=str(response.url.copy_with(fragment=None)),
        content=_receive_content(response, address),
        media_type=media_type,
        charset=response.charset_encoding,
    )


def _receive_content(response: httpx.Response, address: str) -> bytes:
    end = time.monotonic() + WHOLE_TIMEOUT_SECONDS
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > MAX_BYTES:
            raise ReadError(
                f"{address} is larger than a page can be ({MAX_BYTES // 1_000_000} MB); "
                "give a smaller one"
            )
        if time.monotonic() >= end:
            raise ReadError(
                f"{address} took longer than {WHOLE_TIMEOUT_SECONDS:.0f} seconds; try again later"
            )
    return bytes(content)
