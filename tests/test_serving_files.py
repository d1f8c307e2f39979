"""Which files the page takes: those that were uploaded, of the kinds it reads, and no others."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.serving import serving

# As errors they would be raised inside the server, for how Gradio uses its libraries.
pytestmark = pytest.mark.filterwarnings("default")

SECRET = "# Secret\n\nThe treasurer keeps the key under the third pot of geraniums."


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    with serving(tmp_path) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


def file_events(client: httpx.Client) -> dict[str, int]:
    """Return the events that take files, by the element's id."""
    config = client.get("/config").json()
    parts = {part["id"]: part for part in config["components"]}
    return {
        parts[taken]["props"]["elem_id"]: event["id"]
        for event in config["dependencies"]
        for taken in event["inputs"]
        if parts[taken]["type"] in ("file", "uploadbutton")
    }


def give(client: httpx.Client, event: int, path: str) -> dict[str, Any]:
    """Send the event a file by its path, and return how it ended."""
    file = {"path": path, "orig_name": "news.md", "meta": {"_type": "gradio.FileData"}}
    asked = {"data": [[file]], "fn_index": event, "session_hash": "visitor"}
    client.post("/gradio_api/queue/join", json=asked).raise_for_status()
    with client.stream("GET", "/gradio_api/queue/data?session_hash=visitor") as told:
        for line in told.iter_lines():
            message = json.loads(line.removeprefix("data: ")) if line else {}
            if message.get("msg") == "process_completed":
                assert isinstance(message, dict)
                return message
    raise AssertionError("the event did not end")


def upload(client: httpx.Client, name: str, content: str) -> str:
    answer = client.post("/gradio_api/upload", files={"files": (name, content)})
    (path,) = answer.raise_for_status().json()
    return str(path)


def test_a_file_of_the_server_that_nobody_uploaded_is_not_taken(
    client: httpx.Client, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(SECRET)
    events = file_events(client)
    assert {"uploads", "upload-set"} <= events.keys()
    for event in events.values():
        assert give(client, event, str(secret))["success"] is False
    assert secret.read_text() == SECRET
    asked = {"messages": [{"role": "user", "content": SECRET}]}
    answer = client.post("/v1/chat/completions", json=asked)
    assert "geraniums" not in answer.json()["choices"][0]["message"]["content"]


def test_a_file_that_was_uploaded_is_added(client: httpx.Client) -> None:
    path = upload(client, "secret.md", SECRET)
    ended = give(client, file_events(client)["uploads"], path)
    assert "<bdi>Secret</bdi>" in ended["output"]["data"][0]


def test_a_file_of_another_kind_is_not_added(client: httpx.Client) -> None:
    path = upload(client, "secret.exe", SECRET)
    ended = give(client, file_events(client)["uploads"], path)
    assert ended["success"] is False
    assert ended["output"]["error"].startswith(
        "Invalid file type. Please upload a file that is one"
    )


def test_a_name_that_leads_elsewhere_stays_in_the_folder_of_uploads(client: httpx.Client) -> None:
    assert Path(upload(client, "../../../escaped.md", SECRET)).name == "escaped.md"
    assert Path(upload(client, "../../../escaped.md", SECRET)).parent.parent.name == "gradio"


def test_an_upload_that_is_too_large_is_refused_before_it_is_sent(client: httpx.Client) -> None:
    host, port = client.base_url.host, client.base_url.port
    with socket.create_connection((host, port or 80)) as sending:
        sending.sendall(
            b"POST /gradio_api/upload HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 629145600\r\n\r\n"
        )
        assert sending.recv(100).startswith(b"HTTP/1.1 413 ")
