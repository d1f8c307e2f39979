import subprocess
import sys
import urllib.request
from pathlib import Path
from socket import create_server

import pytest

import app
from rag import Assistant, SettingsError
from rag.page.headers import HEADERS
from tests.fakes import make_archive

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


def test_a_port_that_is_taken_is_one_clear_sentence(tmp_path: Path) -> None:
    page = app.build(Assistant(make_archive(tmp_path / "archive", model="none")))
    with create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"at 127\.0\.0\.1, port {port}: it is taken"):
            app.serve(page, port=port)


@pytest.mark.parametrize("host", ["203.0.113.7", "::1"])
def test_an_address_of_another_machine_is_one_clear_sentence(tmp_path: Path, host: str) -> None:
    page = app.build(Assistant(make_archive(tmp_path / "archive", model="none")))
    with create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    with pytest.raises(SettingsError, match="choose another"):
        app.serve(page, host=host, port=port)


def test_the_page_forbids_the_browser_to_load_from_elsewhere(tmp_path: Path) -> None:
    page = app.build(Assistant(make_archive(tmp_path / "archive", model="none")))
    with create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    app.serve(page, port=port)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
        told = {name: answer.headers[name] for name in ("Content-Security-Policy",)}
    page.close(verbose=False)
    assert told == {"Content-Security-Policy": HEADERS[0][1].decode()}
    assert "connect-src 'self'" in told["Content-Security-Policy"]
