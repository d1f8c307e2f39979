"""Only our own page and programs get in, whatever they ask for: curl's view of the server."""

from collections.abc import Iterator

import httpx
import pytest

from rag.page.headers import HEADERS
from rag.serving.account_file import add_key, set_password
from tests.serving import serving

# As errors they would be raised inside the server, for how Gradio uses its libraries.
pytestmark = pytest.mark.filterwarnings("default")

PASSWORD = "correct horse"
# One of each kind: page, its settings and files, Gradio's interface, ours, and what only it knows.
WAYS_IN = [
    ("GET", "/"),
    ("GET", "/config"),
    ("GET", "/theme.css"),
    ("GET", "/favicon.ico"),
    ("GET", "/static/img/logo.svg"),
    ("GET", "/assets/index.js"),
    ("GET", "/manifest.json"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/user"),
    ("GET", "/gradio_api/token"),
    ("GET", "/gradio_api/app_id"),
    ("GET", "/gradio_api/startup-events"),
    ("GET", "/gradio_api/heartbeat/abc"),
    ("GET", "/gradio_api/queue/data?session_hash=abc"),
    ("GET", "/gradio_api/file=/etc/passwd"),
    ("GET", "/gradio_api/runs"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/call/ask"),
    ("POST", "/gradio_api/run/ask"),
    ("POST", "/gradio_api/upload"),
    ("POST", "/gradio_api/cancel"),
    ("POST", "/gradio_api/reset"),
    ("GET", "/monitoring"),
    ("POST", "/v1/chat/completions"),
    ("GET", "/v1/models"),
    ("POST", "/mcp"),
    ("GET", "/mcp"),
    ("OPTIONS", "/v1/chat/completions"),
    ("OPTIONS", "/gradio_api/queue/join"),
    ("GET", "/no-such-thing"),
]
every_way_in = pytest.mark.parametrize(("method", "path"), WAYS_IN)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("open")) as url:
        yield url.rstrip("/")


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A server that asks who one is: its address, and Ada's API key."""
    folder = tmp_path_factory.mktemp("guarded")
    file = folder / "accounts.json"
    set_password(file, "ada", PASSWORD)
    with serving(folder, auth=file) as url:
        yield {"url": url.rstrip("/"), "key": add_key(file, "ada")}


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        yield client


@every_way_in
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1"], ids=["site", "null", "port"]
)
def test_another_site_s_page_is_refused(
    url: str, client: httpx.Client, method: str, path: str, origin: str
) -> None:
    answer = client.request(method, url + path, headers={"Origin": origin})
    assert answer.status_code == 403
    assert answer.json()["error"]["message"] == "the page of another site may not use Newsdesk"
    assert "access-control-allow-origin" not in answer.headers


@every_way_in
def test_a_name_pointed_at_this_machine_is_refused(
    url: str, client: httpx.Client, method: str, path: str
) -> None:
    headers = {"Host": "evil.example:7860", "Origin": "http://evil.example:7860"}
    answer = client.request(method, url + path, headers=headers)
    assert answer.status_code == 421
    assert answer.json()["error"]["message"].startswith(
        "Newsdesk is not known as evil.example:7860"
    )


@every_way_in
def test_who_does_not_say_who_they_are_is_refused(
    accounts: dict[str, str], client: httpx.Client, method: str, path: str
) -> None:
    answer = client.request(method, accounts["url"] + path)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "invalid_api_key"
    assert answer.headers["www-authenticate"] == 'Bearer realm="Newsdesk"'


@every_way_in
def test_who_guesses_a_key_is_refused(
    accounts: dict[str, str], client: httpx.Client, method: str, path: str
) -> None:
    headers = {"Authorization": "Bearer newsdesk-guessed"}
    assert client.request(method, accounts["url"] + path, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "authorization",
    [
        pytest.param("Bearer", id="no-key"),
        pytest.param("Basic YWRhOndyb25n", id="wrong-password"),
        pytest.param("Basic !", id="no-base64"),
        pytest.param("Basic 4pyT", id="no-colon"),
        pytest.param("Digest ada", id="unknown-scheme"),
        pytest.param("ada", id="no-scheme"),
    ],
)
def test_who_says_it_wrongly_is_refused(
    accounts: dict[str, str], client: httpx.Client, authorization: str
) -> None:
    headers = {"Authorization": authorization}
    answer = client.get(f"{accounts['url']}/v1/models", headers=headers)
    assert answer.status_code == 401


KNOWN = [
    ("/", 200),
    ("/config", 200),
    ("/gradio_api/info", 200),
    ("/v1/models", 200),
    ("/mcp", 405),
    ("/gradio_api/file=/etc/passwd", 403),
    ("/no-such-thing", 404),
]


@pytest.mark.parametrize(("path", "status"), KNOWN)
def test_a_key_opens_everything_that_is_there(
    accounts: dict[str, str], client: httpx.Client, path: str, status: int
) -> None:
    headers = {"Authorization": f"Bearer {accounts['key']}"}
    assert client.get(accounts["url"] + path, headers=headers).status_code == status


def test_name_and_password_open_it_too(accounts: dict[str, str], client: httpx.Client) -> None:
    answer = client.get(f"{accounts['url']}/v1/models", auth=("ada", PASSWORD))
    assert [model["id"] for model in answer.json()["data"]] == ["newsdesk", "none"]


def test_the_file_of_accounts_and_the_archive_are_no_files_of_the_page(
    accounts: dict[str, str], client: httpx.Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = next(tmp_path_factory.getbasetemp().glob("guarded*"))
    headers = {"Authorization": f"Bearer {accounts['key']}"}
    for name in ("accounts.json", "archive/archive.sqlite"):
        assert (folder / name).is_file()
        address = f"{accounts['url']}/gradio_api/file={folder / name}"
        assert client.get(address, headers=headers).status_code == 403


def test_a_way_of_asking_that_needs_no_login_has_the_page_s_headers(
    url: str, client: httpx.Client
) -> None:
    told = client.get(f"{url}/v1/models").headers
    assert told["content-security-policy"] == HEADERS[0][1].decode()
    assert "server" not in told


@pytest.mark.parametrize("host", ["localhost:9999", "127.0.0.1", "[::1]:1", "desk.localhost"])
def test_a_program_may_use_any_name_of_this_machine(
    url: str, client: httpx.Client, host: str
) -> None:
    assert client.get(f"{url}/v1/models", headers={"Host": host}).status_code == 200


def test_the_own_page_may_use_it(url: str, client: httpx.Client) -> None:
    own = {"Origin": url, "Sec-Fetch-Site": "same-origin"}
    assert client.get(f"{url}/gradio_api/info", headers=own).status_code == 200
