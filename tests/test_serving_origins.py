from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.serving.addresses import (
    base_path,
    host_name,
    is_local,
    proxy_place,
    refuse_strangers,
    serves_others,
)
from rag.serving.origins import Asked, Origins
from rag.serving.server import own_origins
from rag.settings import Settings, load_settings

LOCAL = Origins(names=frozenset({"localhost"}))


def asked(
    host: str = "localhost:7860", *, method: str = "POST", path: str = "/v1", **headers: str
) -> Asked:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Asked(method, path, {"host": host, **named})


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("localhost:7860", True),
        ("LOCALHOST", True),
        ("127.0.0.1:7860", True),
        ("[::1]:7860", True),
        ("newsdesk.localhost:9000", True),
        ("192.168.1.5:7860", True),
        ("evil.example:7860", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("printer.local", False),
        ("desk", False),
        ("", False),
        ("[", False),
    ],
)
def test_a_name_that_can_be_pointed_at_this_machine_is_not_known(host: str, known: bool) -> None:
    assert LOCAL.knows_host(asked(host)) is known


@pytest.mark.parametrize(
    ("host", "known"),
    [("desk:7860", True), ("desk.lan", True), ("desk.local", True), ("desk.evil.example", False)],
)
def test_in_a_network_names_that_nobody_can_register_are_known(host: str, known: bool) -> None:
    origins = own_origins(Settings(host="0.0.0.0", public_without_auth=True))
    assert origins.knows_host(asked(host)) is known


def test_the_proxy_s_name_is_known_where_it_is_told() -> None:
    origins = own_origins(Settings(root_path="https://news.example.org/desk"))
    assert origins.knows_host(asked("news.example.org"))
    assert not origins.is_from_elsewhere(asked(origin="https://news.example.org"))
    assert origins.is_from_elsewhere(asked(origin="https://news.example.com"))


def test_where_everybody_is_asked_who_they_are_any_name_will_do() -> None:
    origins = own_origins(Settings(host="0.0.0.0", auth=Path("accounts.json")))
    assert origins.knows_host(asked("news.example.org"))
    assert origins.is_from_elsewhere(asked("news.example.org", origin="https://evil.example"))


@pytest.mark.parametrize(
    ("request_", "elsewhere"),
    [
        pytest.param(asked(), False, id="program"),
        pytest.param(asked(origin="http://localhost:7860"), False, id="own-page"),
        pytest.param(asked(origin="HTTP://LOCALHOST:7860"), False, id="own-page-in-capitals"),
        pytest.param(asked(origin="https://evil.example"), True, id="another-site"),
        pytest.param(asked(origin="http://localhost:3000"), True, id="another-local-page"),
        pytest.param(asked(origin="http://127.0.0.1:7860"), True, id="another-name-of-ours"),
        pytest.param(asked(origin="null"), True, id="hidden-origin"),
        pytest.param(asked(origin=""), True, id="empty-origin"),
        pytest.param(asked(origin="file://"), True, id="file"),
        pytest.param(asked(origin="chrome-extension://localhost:7860"), True, id="extension"),
        pytest.param(
            asked(origin="https://news.example", x_forwarded_host="news.example, inner"),
            False,
            id="own-page-behind-a-proxy",
        ),
        pytest.param(asked(sec_fetch_site="same-origin", origin="null"), False, id="own-form"),
        pytest.param(asked(sec_fetch_site="none"), False, id="typed-address"),
        pytest.param(asked(sec_fetch_site="cross-site"), True, id="image-or-script"),
        pytest.param(asked(sec_fetch_site="same-site"), True, id="another-port"),
        pytest.param(
            asked(sec_fetch_site="cross-site", origin="http://localhost:7860"),
            True,
            id="no-browser-sends-this",
        ),
    ],
)
def test_pages_of_other_sites_are_told_from_our_own_and_from_programs(
    request_: Asked, elsewhere: bool
) -> None:
    assert LOCAL.is_from_elsewhere(request_) is elsewhere


@pytest.mark.parametrize(
    ("method", "path", "dest", "elsewhere"),
    [
        pytest.param("GET", "/", "document", False, id="page"),
        pytest.param("GET", "/login", "document", False, id="login"),
        pytest.param("GET", "/v1/models", "document", True, id="interface"),
        pytest.param("GET", "/logout", "document", True, id="logout"),
        pytest.param("POST", "/", "document", True, id="form"),
        pytest.param("GET", "/", "iframe", True, id="frame"),
    ],
)
def test_a_link_on_another_site_may_lead_to_the_page_only(
    method: str, path: str, dest: str, elsewhere: bool
) -> None:
    link = asked(
        method=method,
        path=path,
        sec_fetch_site="cross-site",
        sec_fetch_mode="navigate",
        sec_fetch_dest=dest,
    )
    assert LOCAL.is_from_elsewhere(link) is elsewhere


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("desk.example.org", False),
        ("", False),
    ],
)
def test_only_loopback_is_local(host: str, local: bool) -> None:
    assert is_local(host) is local


def test_strangers_are_let_in_only_where_that_is_said() -> None:
    with pytest.raises(SettingsError, match=r"at 0\.0\.0\.0 others could .* --auth FILE, or --pub"):
        refuse_strangers(Settings(host="0.0.0.0"))
    for settings in (
        {"host": "127.0.0.1"},
        {"host": "0.0.0.0", "public_without_auth": True},
        {"host": "0.0.0.0", "auth": "accounts.json"},
    ):
        refuse_strangers(load_settings(settings, environment={}))


@pytest.mark.parametrize(
    ("root_path", "base", "place"),
    [
        ("", "", ""),
        ("/", "", ""),
        ("/desk/", "/desk", ""),
        ("https://News.example.org:8443/desk", "/desk", "news.example.org:8443"),
        ("http://news.example.org", "", "news.example.org"),
    ],
)
def test_a_root_path_is_a_path_or_an_address(root_path: str, base: str, place: str) -> None:
    set_path = load_settings({"root_path": root_path}, environment={}).root_path
    assert (base_path(set_path), proxy_place(set_path)) == (base, place)


@pytest.mark.parametrize("root_path", ["desk", "//desk", "ftp://a/b", "/a?b", "https://", "/a#b"])
def test_what_is_no_root_path_is_told(root_path: str) -> None:
    with pytest.raises(
        SettingsError, match=r"the setting root_path cannot be .*: give a path such"
    ):
        load_settings({"root_path": root_path}, environment={})


def test_a_host_that_is_none_has_no_name() -> None:
    assert [host_name(host) for host in ("[::1", "A.Example:80")] == ["", "a.example"]


@pytest.mark.parametrize(
    ("settings", "others"),
    [
        pytest.param({}, False, id="this-machine"),
        pytest.param({"host": "localhost"}, False, id="by-name"),
        pytest.param({"host": "0.0.0.0", "public_without_auth": True}, True, id="everybody"),
        pytest.param({"auth": "accounts.json"}, True, id="accounts"),
        pytest.param({"root_path": "https://news.example.org/desk"}, True, id="proxy"),
    ],
)
def test_who_else_is_served_is_known(settings: dict[str, object], others: bool) -> None:
    assert serves_others(load_settings(settings, environment={})) == others
