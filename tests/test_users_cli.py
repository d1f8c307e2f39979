import io
import json
from pathlib import Path

import pytest

from rag import cli
from rag.serving.accounts import Accounts


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> "Users":
    monkeypatch.chdir(tmp_path)
    return Users(capsys, monkeypatch)


class Users:
    """`newsdesk users …` with what is typed; gives exit code, output and trouble."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: str, typed: str = "") -> tuple[object, str, str]:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as caught:
            cli.main(["users", *arguments])
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return caught.value.code, out, err


FILE = Path("accounts.json")


def test_a_person_is_added_with_the_password_on_standard_input(run: Users) -> None:
    told = run("add", "ada", "--auth", "accounts.json", typed="correct horse\r\n")
    assert told == (
        0,
        "ada may come in with this password: newsdesk chat --auth accounts.json\n",
        "",
    )
    assert Accounts(FILE).knows_password("ada", "correct horse")


def test_a_key_is_printed_alone_and_this_once(run: Users) -> None:
    run("add", "ada", "--auth", "accounts.json", typed="correct horse\n")
    code, key, _ = run("key", "ada", "--auth", "accounts.json")
    assert code == 0
    assert Accounts(FILE).owner_of(key.removesuffix("\n")) == "ada"
    assert key.strip() not in FILE.read_text()
    assert run("list", "--auth", "accounts.json") == (0, "ada: 1 API key\n", "")


def test_who_is_removed_is_no_longer_listed(run: Users) -> None:
    for name in ("bob", "ada"):
        run("add", name, "--auth", "accounts.json", typed="correct horse\n")
    assert run("list", "--auth", "accounts.json")[1] == "ada\nbob\n"
    assert run("remove", "ada", "--auth", "accounts.json")[1] == "ada may no longer come in\n"
    assert list(json.loads(FILE.read_text())) == ["bob"]


def test_the_file_may_stand_in_the_settings(run: Users) -> None:
    Path("newsdesk.toml").write_text('auth = "people.json"\n')
    assert run("add", "ada", typed="correct horse\n")[0] == 0
    assert list(json.loads(Path("people.json").read_text())) == ["ada"]


@pytest.mark.parametrize(
    ("arguments", "typed", "message"),
    [
        (["add", "ada"], "x" * 8, "which file of accounts is it? name it with --auth FILE"),
        (["add", "ada", "--auth", "a"], "short", "a password needs 8 characters or more"),
        (["add", "a b", "--auth", "a"], "x" * 8, "'a b' cannot be a name; "),
        (["key", "ada", "--auth", "a"], "", "there is no 'ada' in a; known are: nobody yet"),
        (["remove", "ada", "--auth", "a"], "", "there is no 'ada' in a; known are: nobody yet"),
    ],
)
def test_what_is_wrong_is_one_line(
    run: Users, arguments: list[str], typed: str, message: str
) -> None:
    code, out, err = run(*arguments, typed=typed)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"newsdesk: {message}")
    assert list(Path().iterdir()) == []
