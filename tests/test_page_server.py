import subprocess
import sys
import urllib.request
from pathlib import Path
from socket import create_server

import pytest

import app
from rag import Assistant, SettingsError
from rag.page.desk import Desk
from rag.page.headers import HEADERS
from rag.serving.running import Running
from tests.fakes import make_archive
from tests.serving import free_port

# As errors they would be raised inside Gradio's server, for how it uses its libraries.
pytestmark = pytest.mark.filterwarnings("default")


def test_the_pages_logic_loads_no_gradio() -> None:
    folder = Path(app.__file__).parent / "rag" / "page"
    modules = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    code = "import sys\n" + "".join(f"import rag.page.{name}\n" for name in modules)
    loaded = subprocess.run(
        [sys.executable, "-c", f"{code}print('gradio' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout == "False\n"


def serve(folder: Path, *, host: str = "127.0.0.1", port: int) -> Running:
    archive = make_archive(folder / "archive", model="none", host=host, port=port)
    desk = Desk(Assistant(archive))
    return app.serve(app.build(desk), desk, archive.settings)


def test_a_port_that_is_taken_is_one_clear_sentence(tmp_path: Path) -> None:
    with create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"at 127\.0\.0\.1, port {port}: it is taken"):
            serve(tmp_path, port=port)


def test_an_address_of_another_machine_is_one_clear_sentence(tmp_path: Path) -> None:
    archive = make_archive(
        tmp_path / "archive", model="none", host="203.0.113.7", public_without_auth=True
    )
    desk = Desk(Assistant(archive))
    with pytest.raises(SettingsError, match="choose another"):
        app.serve(app.build(desk), desk, archive.settings)


def test_strangers_are_let_in_only_where_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="others could read and change the archive"):
        serve(tmp_path, host="0.0.0.0", port=free_port())


def test_the_page_forbids_the_browser_to_load_from_elsewhere(tmp_path: Path) -> None:
    running = serve(tmp_path, port=free_port())
    with urllib.request.urlopen(running.url) as answer:
        told = {name: answer.headers[name] for name in ("Content-Security-Policy",)}
    running.close()
    assert told == {"Content-Security-Policy": HEADERS[0][1].decode()}
    assert "connect-src 'self'" in told["Content-Security-Policy"]


def test_a_server_that_is_closed_frees_its_port(tmp_path: Path) -> None:
    port = free_port()
    serve(tmp_path / "first", port=port).close()
    again = serve(tmp_path / "again", port=port)
    with urllib.request.urlopen(again.url) as answer:
        assert answer.status == 200
    again.close()
