"""The tools as an assistant's own client calls them, over HTTP, on the real server."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from rag.serving.account_file import add_key, set_password
from tests.fakes import ScriptedGenerator
from tests.serving import BECAUSE, FERRY, INVENTED, WHY, serving

pytestmark = [
    pytest.mark.anyio,
    # As errors they would be raised inside the server, for how Gradio uses its libraries.
    pytest.mark.filterwarnings("default"),
]

QUOTE = "Dockers in Harrow walked out on Monday over pay."


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    generator = ScriptedGenerator(*[f"{BECAUSE} {INVENTED}"] * 4)
    with serving(tmp_path_factory.mktemp("tools"), generator) as url:
        yield url


@asynccontextmanager
async def connected(url: str, key: str = "") -> AsyncIterator[ClientSession]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with (
        httpx.AsyncClient(headers=headers, timeout=30) as http,
        streamable_http_client(f"{url}mcp", http_client=http) as (reading, writing, _),
        ClientSession(reading, writing) as session,
    ):
        await session.initialize()
        yield session


def told(result: CallToolResult) -> str:
    (block,) = result.content
    assert isinstance(block, TextContent)
    return block.text


async def test_the_tools_say_what_they_do_and_that_they_change_nothing(url: str) -> None:
    async with connected(url) as session:
        tools = (await session.list_tools()).tools
    assert [tool.name for tool in tools] == ["ask", "search", "article"]
    assert [tool.inputSchema["required"] for tool in tools] == [["question"], ["question"], ["id"]]
    assert all(tool.annotations and tool.annotations.readOnlyHint for tool in tools)


async def test_ask_gives_the_answer_with_its_sources_and_the_same_as_values(url: str) -> None:
    async with connected(url) as session:
        result = await session.call_tool("ask", {"question": WHY})
    form = result.structuredContent or {}
    article = form["citations"][0]["article"]["id"]
    assert told(result) == (
        "Dockers in Harrow walked out over pay [1].\n"
        "\n"
        "Sources:\n"
        f"[1] “Port strike begins” · id: {article}\n"
        f"    “{QUOTE}”"
    )
    assert form["text"] == "Dockers in Harrow walked out over pay [1]."
    assert [each["supported"] for each in form["sentences"]] == [True, False]
    assert form["citations"][0]["quote"] == QUOTE


async def test_where_the_articles_do_not_say_the_nearest_are_told(url: str) -> None:
    async with connected(url) as session:
        asked = {"question": WHY, "publishers": ["Nobody's"]}
        result = await session.call_tool("ask", asked)
    assert told(result) == "The articles do not say."
    assert (result.structuredContent or {})["abstained"] is True


async def test_a_passage_that_is_found_leads_to_its_article(url: str) -> None:
    async with connected(url) as session:
        found = await session.call_tool("search", {"question": "ferry Orleby", "count": 1})
        article = (found.structuredContent or {})["passages"][0]["article"]["id"]
        read = await session.call_tool("article", {"id": article})
        piece = await session.call_tool("article", {"id": article, "start": 4, "length": 5})
    line = " ".join(FERRY.split())
    assert told(found) == f"1. “Ferry line closed” · id: {article}\n    {line}"
    assert told(read) == f"“Ferry line closed” · id: {article}\n\n{FERRY}"
    assert (read.structuredContent or {})["text"] == FERRY
    assert told(piece).endswith(f"\n\nferry\n\n(characters 4 to 9 of {len(FERRY)})")
    assert (piece.structuredContent or {})["text"] == "ferry"


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("ask", {}, "question: field required"),
        ("ask", {"question": "  "}, "question: string should match pattern '\\S'"),
        (
            "ask",
            {"question": WHY, "history": [["only a question"]]},
            "history.0: tuple should have",
        ),
        (
            "search",
            {"question": "x", "count": 51},
            "count: input should be less than or equal to 50",
        ),
        (
            "search",
            {"question": "x", "published_to": "then"},
            "published_to: input should be a val",
        ),
        ("article", {"id": "no/such"}, "the archive has no article with the id 'no/such'"),
        ("article", {"id": "x", "start": -1}, "start: input should be greater than or equal to 0"),
        ("remove", {"id": "x"}, "there is no tool 'remove'; there are ask, search and article"),
    ],
)
async def test_a_call_that_is_wrong_is_told_what_is_wrong(
    url: str, tool: str, arguments: dict[str, object], message: str
) -> None:
    async with connected(url) as session:
        result = await session.call_tool(tool, arguments)
    assert result.isError
    assert told(result).startswith(message)


async def test_a_session_is_its_beginner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    for name in ("ada", "bob"):
        set_password(file, name, "correct horse")
    keys = [add_key(file, name) for name in ("ada", "bob")]
    begin = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-03-26",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    ask = {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}
    with serving(tmp_path, auth=file) as url, httpx.Client(timeout=30) as client:

        def send(key: str, body: object, session: str = "") -> httpx.Response:
            headers = {
                "Authorization": f"Bearer {key}",
                "Accept": "application/json, text/event-stream",
                **({"Mcp-Session-Id": session} if session else {}),
            }
            return client.post(f"{url}mcp", json=body, headers=headers)

        session = send(keys[0], begin).headers["mcp-session-id"]
        assert [send(key, ask, session).status_code for key in keys] == [200, 404]


async def test_an_answer_that_is_given_up_stops_the_model(tmp_path: Path) -> None:
    slow = ScriptedGenerator(f"{BECAUSE} {'word ' * 400}.", seconds_per_word=0.05)
    with serving(tmp_path, slow) as url:
        async with connected(url) as session, anyio.create_task_group() as group:
            group.start_soon(session.call_tool, "ask", {"question": WHY})
            while not slow.asked:
                await anyio.sleep(0.05)
            group.cancel_scope.cancel()
        with anyio.fail_after(10):
            while slow.stopped == 0:
                await anyio.sleep(0.05)
    assert slow.stopped == 1
