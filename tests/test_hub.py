import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from huggingface_hub import close_session, constants

from rag.hub import HuggingFaceHub
from rag.presets import HubSource, ModelFile, SourceFailedError
from tests.fake_places import sha256

SOURCE = HubSource("owner/repository")
CONTENT = bytes(range(256)) * 40


@dataclass
class Server:
    """A hub with one file, which sends at most `sends` bytes before it hangs up."""

    url: str = ""
    sends: int = len(CONTENT)
    knows_ranges: bool = True
    status: int = 200
    error_code: str = ""
    ranges: list[str | None] = field(default_factory=list)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(state.status, len(CONTENT))

        def do_GET(self) -> None:
            wanted = self.headers["Range"]
            state.ranges.append(wanted)
            start = int(wanted[6:-1]) if wanted and state.knows_ranges else 0
            if start >= len(CONTENT):
                self.answer(416, 0)
                return
            self.answer(206 if start else state.status, len(CONTENT) - start)
            self.wfile.write(CONTENT[start : start + state.sends])

        def answer(self, status: int, length: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(length))
            self.send_header("X-Repo-Commit", "0" * 40)
            self.send_header("X-Linked-Etag", f'"{sha256(CONTENT)}"')
            self.send_header("X-Linked-Size", str(len(CONTENT)))
            if state.error_code:
                self.send_header("X-Error-Code", state.error_code)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        state.url = f"http://127.0.0.1:{http.server_port}"
        yield state
        close_session()
        http.shutdown()
        thread.join()


def hub_at(server: Server) -> HuggingFaceHub:
    return HuggingFaceHub(server.url, pause_seconds=0)


def download(server: Server, target: Path) -> list[int]:
    sizes: list[int] = []
    hub_at(server).download(SOURCE, "model.gguf", target, report=sizes.append)
    return sizes


def test_a_file_arrives_whole(server: Server, tmp_path: Path) -> None:
    sizes = download(server, tmp_path / "partial")

    assert (tmp_path / "partial").read_bytes() == CONTENT
    assert sizes[-1] == len(CONTENT)


def test_what_is_there_is_not_fetched_again(server: Server, tmp_path: Path) -> None:
    (tmp_path / "partial").write_bytes(CONTENT[:1000])

    download(server, tmp_path / "partial")

    assert server.ranges == ["bytes=1000-"]
    assert (tmp_path / "partial").read_bytes() == CONTENT


def test_a_file_that_is_all_there_stays(server: Server, tmp_path: Path) -> None:
    (tmp_path / "partial").write_bytes(CONTENT)

    download(server, tmp_path / "partial")

    assert (tmp_path / "partial").read_bytes() == CONTENT


def test_a_server_without_ranges_sends_all_anew(server: Server, tmp_path: Path) -> None:
    server.knows_ranges = False
    (tmp_path / "partial").write_bytes(b"old")

    download(server, tmp_path / "partial")

    assert (tmp_path / "partial").read_bytes() == CONTENT


def test_a_transfer_goes_on_after_every_break(server: Server, tmp_path: Path) -> None:
    server.sends = 4000

    download(server, tmp_path / "partial")

    assert server.ranges == [None, "bytes=4000-", "bytes=8000-"]
    assert (tmp_path / "partial").read_bytes() == CONTENT


def test_a_transfer_that_brings_nothing_is_given_up(server: Server, tmp_path: Path) -> None:
    server.sends = 0

    with pytest.raises(SourceFailedError, match="the transfer broke off"):
        download(server, tmp_path / "partial")

    assert len(server.ranges) == 3


def test_the_hubs_record_gives_size_and_digest(server: Server) -> None:
    record = hub_at(server).look_up(SOURCE, "model.gguf")

    assert record == ModelFile("model.gguf", bytes=len(CONTENT), sha256=sha256(CONTENT))


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        pytest.param(404, "EntryNotFound", "holds no model.gguf at main", id="no file"),
        pytest.param(404, "RevisionNotFound", "holds no model.gguf at main", id="no revision"),
        pytest.param(401, "RepoNotFound", "no repository owner/repository", id="no repository"),
        pytest.param(403, "GatedRepo", "accept its licence at", id="licence not accepted"),
        pytest.param(500, "", "it answered 500", id="broken"),
    ],
)
def test_a_refusal_is_one_reason(
    server: Server, tmp_path: Path, status: int, code: str, reason: str
) -> None:
    server.status, server.error_code = status, code

    with pytest.raises(SourceFailedError, match=reason):
        hub_at(server).look_up(SOURCE, "model.gguf")
    with pytest.raises(SourceFailedError, match=reason):
        download(server, tmp_path / "partial")


def test_a_hub_that_answers_is_reachable(server: Server) -> None:
    hub_at(server).check_reachable()


def test_a_hub_out_of_reach_is_said_at_once(server: Server) -> None:
    with pytest.raises(SourceFailedError, match=r"http://127\.0\.0\.1:9 is out of reach"):
        HuggingFaceHub("http://127.0.0.1:9").check_reachable()


def test_the_offline_switch_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)

    with pytest.raises(SourceFailedError, match="switched off by HF_HUB_OFFLINE"):
        HuggingFaceHub().check_reachable()


def test_the_hubs_cache_is_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    repository = tmp_path / "models--owner--repository"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs/main").write_text("c0ffee", encoding="utf-8")
    (repository / "snapshots/c0ffee").mkdir(parents=True)
    (repository / "snapshots/c0ffee/model.gguf").write_bytes(CONTENT)
    pinned = HubSource("owner/repository", revision="another")

    assert HuggingFaceHub().find_cached(pinned, "other.gguf") is None
    assert HuggingFaceHub().find_cached(pinned, "model.gguf") == (
        repository / "snapshots/c0ffee/model.gguf"
    )


def test_a_wrong_name_of_a_repository_is_one_reason() -> None:
    assert HuggingFaceHub().find_cached(HubSource("owner/a--b"), "model.gguf") is None
    with pytest.raises(SourceFailedError, match="is no name of a repository"):
        HuggingFaceHub().look_up(HubSource("owner/a--b"), "model.gguf")
