import socket
import time
from collections.abc import Callable, Iterator
from threading import Thread

import httpx
import pytest

from rag.errors import ReadError
from rag.readers.public_addresses import is_public
from rag.readers.public_web import PublicTransport, look_up
from rag.readers.web import fetch
from rag.reading import read
from rag.types import FailedSource
from tests.web_server import Answer, Site, article_page, rss, serving

HERE = "127.0.0.1"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(ferry=Answer(article_page("Ferries"))) as site:
        yield site


class Names:
    """A fake DNS: each name's answers in turn, the last one for ever."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        answers = self.answers[host.partition(".")[0]]
        return answers.pop(0) if len(answers) > 1 else answers[0]


def client(
    site: Site,
    names: Callable[[str, int], list[str]],
    *,
    permits: Callable[[str], bool] = HERE.__eq__,
    whole_seconds: float = 10.0,
) -> httpx.Client:
    """A client that takes this machine for the public internet."""
    transport = PublicTransport(
        resolve=names, permits=permits, ports=[None, site.port], whole_seconds=whole_seconds
    )
    return httpx.Client(transport=transport)


def refusal(address: str, client: httpx.Client) -> str:
    with pytest.raises(ReadError) as raised:
        fetch(address, client)
    return str(raised.value)


INSIDE = {
    "loopback": ["127.0.0.1", "127.8.9.1", "::1"],
    "any": ["0.0.0.0", "0.1.2.3", "::"],
    "private": ["10.0.0.1", "172.16.0.1", "192.168.1.1", "fd00::1", "fec0::1"],
    "link-local": ["169.254.169.254", "fe80::1", "fe80::1%eth0"],
    "shared": ["100.64.0.1", "100.100.100.200"],
    "multicast": ["224.0.0.1", "239.1.1.1", "ff02::1", "ff0e::1"],
    "reserved": ["240.0.0.1", "255.255.255.255", "192.0.0.192", "192.88.99.1", "5f00::1"],
    "documentation": ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"],
    "benchmarks": ["198.18.0.1", "2001:2::1"],
    "a cloud's own": ["168.63.129.16"],
    "IPv4 in IPv6": ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:a9fe:a9fe"],
    "by NAT64": ["64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::10.0.0.1"],
    "by 6to4": ["2002:7f00:1::", "2002:c0a8:101::1"],
    "by Teredo": ["2001:0:7f00:1::1"],
    "no address": ["", "localhost", "127.1", "1.2.3.4.5", "gone"],
}


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(address, id=f"{kind}: {address}")
        for kind, addresses in INSIDE.items()
        for address in addresses
    ],
)
def test_what_is_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_what_everybody_reaches_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "0", "0.0.0.0"),
        *("[::1]", "[::]", "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254", "LOCALHOST"),
    ],
)
def test_no_spelling_of_an_inside_address_is_asked(host: str, site: Site) -> None:
    with httpx.Client(transport=PublicTransport(ports=[site.port])) as public:
        reason = refusal(f"http://{host}:{site.port}/ferry", public)

    assert reason == (
        f"{host.strip('[]').lower()} is not on the public internet, and this page fetches nothing "
        "from inside a network; save what is there and add it as a file"
    )
    assert site.asked == []


def test_a_name_that_leads_inside_is_not_asked(site: Site) -> None:
    names = Names(intranet=[["10.0.0.1"]])

    reason = refusal(site.address("/ferry", "intranet.example"), client(site, names))

    assert reason.startswith("intranet.example is not on the public internet")


def test_a_name_that_leads_inside_with_one_of_its_addresses_is_not_asked(site: Site) -> None:
    names = Names(mixed=[[HERE, "192.168.1.1"]])

    reason = refusal(site.address("/ferry", "mixed.example"), client(site, names))

    assert reason.startswith("mixed.example is not on the public internet")
    assert site.asked == []


def test_the_address_that_was_checked_is_the_one_that_is_called(site: Site) -> None:
    names = Names(news=[[HERE], ["10.0.0.1"]])

    page = fetch(site.address("/ferry", "news.example"), client(site, names))

    assert page.url == site.address("/ferry", "news.example")
    assert page.content == article_page("Ferries").encode()
    assert names.asked == ["news.example"]
    assert site.asked == [(f"news.example:{site.port}", "/ferry")]


def test_a_second_request_is_checked_like_the_first(site: Site) -> None:
    used = client(site, Names(news=[[HERE], ["10.0.0.1"]]))
    fetch(site.address("/ferry", "news.example"), used)

    reason = refusal(site.address("/ferry", "news.example"), used)

    assert reason.startswith("news.example is not on the public internet")
    assert len(site.asked) == 1


def test_an_address_that_does_not_answer_gives_way_to_the_next(site: Site) -> None:
    names = Names(news=[["127.0.0.2", HERE]])
    used = client(site, names, permits=lambda address: address.startswith("127."))

    assert fetch(site.address("/ferry", "news.example"), used).content


@pytest.mark.parametrize("location", ["http://intranet.example/", "http://127.0.0.9/"])
def test_a_redirect_that_leads_inside_is_refused(location: str, site: Site) -> None:
    site.answers["/moved"] = Answer(status=302, headers={"location": location})
    names = Names(news=[[HERE]], intranet=[["10.0.0.1"]], **{"127": [["127.0.0.9"]]})

    reason = refusal(site.address("/moved", "news.example"), client(site, names))

    assert reason.startswith(f"{location[7:-1]} is not on the public internet")


def test_a_redirect_to_a_public_name_is_followed(site: Site) -> None:
    site.answers["/moved"] = Answer(
        status=302, headers={"location": site.address("/ferry", "other.example")}
    )
    names = Names(news=[[HERE]], other=[[HERE]])

    page = fetch(site.address("/moved", "news.example"), client(site, names))

    assert page.url == site.address("/ferry", "other.example")
    assert [host for host, _ in site.asked] == [
        f"news.example:{site.port}",
        f"other.example:{site.port}",
    ]


def test_a_feed_whose_links_lead_inside_gives_nothing(site: Site) -> None:
    links = ["http://intranet.example/secret", "http://127.0.0.9/", "ftp://news.example/a"]
    site.answers["/rss"] = Answer(
        rss("Harbour", *((f"Entry {link}", link) for link in links)), media_type="text/xml"
    )
    names = Names(news=[[HERE]], intranet=[["10.0.0.1"]], **{"127": [["127.0.0.9"]]})

    outcomes = list(read(site.address("/rss", "news.example"), client=client(site, names)))

    assert [outcome.source for outcome in outcomes] == links
    assert all(isinstance(outcome, FailedSource) for outcome in outcomes)
    assert len(site.asked) == 1


@pytest.mark.parametrize("port", [22, 25, 8080])
def test_only_the_usual_ports_are_asked(port: int) -> None:
    used = httpx.Client(transport=PublicTransport(resolve=Names(news=[["1.1.1.1"]])))

    assert refusal(f"http://news.example:{port}/", used) == (
        f"http://news.example:{port}/ names port {port}, but this page fetches only from the usual "
        "ones, 80 and 443; save what is there and add it as a file"
    )


def test_a_name_that_nobody_knows_is_told(site: Site) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    address = site.address("/ferry", "gone.example")

    assert refusal(address, client(site, unknown)) == (
        f"{address} cannot be reached (Name or service not known); check the address and the "
        "connection"
    )


def test_a_name_without_addresses_is_told(site: Site) -> None:
    reason = refusal(site.address("/ferry", "none.example"), client(site, Names(none=[[]])))

    assert "none.example has no address" in reason


def test_a_certificate_is_asked_for_by_name_not_by_address() -> None:
    hello: list[bytes] = []

    def listen(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            hello.append(connection.recv(4096))

    with socket.create_server((HERE, 0)) as server:
        thread = Thread(target=listen, args=(server,), daemon=True)
        thread.start()
        port = server.getsockname()[1]
        transport = PublicTransport(resolve=Names(news=[[HERE]]), permits=HERE.__eq__, ports=[port])
        refusal(f"https://news.example:{port}/", httpx.Client(transport=transport))
        thread.join(5)

    assert b"news.example" in hello[0]


def drip_headers(write: Callable[[bytes], object]) -> None:
    write(b"HTTP/1.1 200 OK\r\nx: ")
    _drip(write)


def drip_packed(write: Callable[[bytes], object]) -> None:
    """Send a packing's beginning that never ends: unpacked it is nothing at all."""
    write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-encoding: gzip\r\n\r\n")
    write(b"\x1f\x8b\x08\x08\0\0\0\0\0\x03")  # a name follows
    _drip(write)


def _drip(write: Callable[[bytes], object]) -> None:
    try:
        while True:
            write(b"a")
            time.sleep(0.02)
    except OSError:
        return


@pytest.mark.parametrize("drip", [drip_headers, drip_packed])
def test_a_server_that_drips_is_given_up(
    drip: Callable[[Callable[[bytes], object]], None], site: Site
) -> None:
    site.answers["/slow"] = Answer(drip=drip)
    used = client(site, Names(news=[[HERE]]), whole_seconds=0.3)
    began = time.monotonic()

    reason = refusal(site.address("/slow", "news.example"), used)

    assert reason == "news.example takes too long to answer; try again later"
    assert time.monotonic() - began < 5


def test_the_system_is_asked_for_the_addresses_of_a_name() -> None:
    assert look_up("127.1", 80) == [HERE]
