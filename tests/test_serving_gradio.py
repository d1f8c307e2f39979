"""Gradio's own interface as gradio_client uses it, on the real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError, AuthenticationError

from rag.serving.account_file import add_key, set_password
from tests.fakes import ScriptedGenerator
from tests.serving import BECAUSE, FERRY, INVENTED, WHY, serving

# As errors they would be raised inside the server, for how Gradio uses its libraries.
pytestmark = pytest.mark.filterwarnings("default")

PASSWORD = "correct horse"


def connect(
    url: str, *, auth: tuple[str, str] | None = None, headers: dict[str, str] | None = None
) -> Client:
    return Client(url, auth=auth, headers=headers, verbose=False, analytics_enabled=False)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    generator = ScriptedGenerator(*[f"{BECAUSE} {INVENTED}"] * 4)
    with serving(tmp_path_factory.mktemp("gradio"), generator) as url:
        client = connect(url)
        yield client
        client.close()


def test_three_endpoints_are_told_and_none_of_the_page_s_own(client: Client) -> None:
    told = client.view_api(return_format="dict")
    assert isinstance(told, dict)
    assert list(told["named_endpoints"]) == ["/ask", "/search", "/article"]
    assert told["unnamed_endpoints"] == {}


def test_ask_answers_with_what_proves_it(client: Client) -> None:
    answer = client.predict(WHY, api_name="/ask")
    assert answer["text"] == "Dockers in Harrow walked out over pay [1]."
    assert answer["citations"][0]["quote"] == "Dockers in Harrow walked out on Monday over pay."
    assert [each["supported"] for each in answer["sentences"]] == [True, False]


def test_ask_takes_turns_and_limits(client: Client) -> None:
    answer = client.predict(
        "Since when?",
        history=[[WHY, "Over pay [1]."]],
        published_from="2023-01-01",
        api_name="/ask",
    )
    assert answer["abstained_because"] == "no article within the limits matches the question"


def test_search_leads_to_the_article(client: Client) -> None:
    (passage,) = client.predict("ferry Orleby", count=1, api_name="/search")
    assert passage["text"] == FERRY
    article = client.predict(passage["article"]["id"], api_name="/article")
    assert (article["title"], article["text"]) == ("Ferry line closed", FERRY)


@pytest.mark.parametrize(
    ("endpoint", "arguments", "message"),
    [
        ("/ask", {"question": ""}, "question: string should have at least 1 character"),
        ("/ask", {"question": WHY, "published_to": "soon"}, "published_to: input should be a"),
        ("/search", {"question": "x", "count": 0}, "count: input should be greater than or"),
        ("/article", {"id": "nowhere"}, "the archive has no article with the id 'nowhere'"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(
    client: Client, endpoint: str, arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(AppError) as caught:
        client.predict(**arguments, api_name=endpoint)
    assert str(caught.value).startswith(message)


def test_where_people_log_in_so_does_the_client_by_password_or_by_key(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    set_password(file, "ada", PASSWORD)
    key = {"Authorization": f"Bearer {add_key(file, 'ada')}"}
    with serving(tmp_path, auth=file) as url:
        for client in (connect(url, auth=("ada", PASSWORD)), connect(url, headers=key)):
            passages = client.predict("ferry Orleby", api_name="/search")
            assert passages[0]["text"] == FERRY
            client.close()
        with pytest.raises(AuthenticationError):
            connect(url, auth=("ada", "wrong horse"))
