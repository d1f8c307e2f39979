import json
import stat
from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.serving.account_file import (
    Account,
    add_key,
    read_accounts,
    remove_account,
    set_password,
)
from rag.serving.accounts import Accounts

PASSWORD = "correct horse"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "accounts.json"
    set_password(file, "ada", PASSWORD)
    return file


def test_the_file_has_an_argon2_hash_and_is_its_owners_alone(file: Path) -> None:
    written = json.loads(file.read_text())
    assert list(written) == ["ada"]
    assert written["ada"]["password"].startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PASSWORD not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["accounts.json"]


@pytest.mark.parametrize(
    ("name", "password", "known"),
    [
        pytest.param("ada", PASSWORD, True, id="right"),
        pytest.param("ada", "correct hors", False, id="wrong-password"),
        pytest.param("ada", "", False, id="no-password"),
        pytest.param("Ada", PASSWORD, False, id="another-name"),
        pytest.param("bob", PASSWORD, False, id="nobody"),
    ],
)
def test_a_password_is_known_for_its_name_only(
    file: Path, name: str, password: str, known: bool
) -> None:
    assert Accounts(file).knows_password(name, password) is known


def test_two_people_with_one_password_have_different_hashes(file: Path) -> None:
    set_password(file, "bob", PASSWORD)
    accounts = read_accounts(file)
    assert accounts["ada"].password != accounts["bob"].password


def test_an_api_key_is_its_owners_and_the_file_does_not_tell_it(file: Path) -> None:
    set_password(file, "bob", PASSWORD)
    keys = {add_key(file, "bob"): "bob", add_key(file, "ada"): "ada", add_key(file, "bob"): "bob"}
    accounts = Accounts(file)
    assert {key: accounts.owner_of(key) for key in keys} == keys
    assert [accounts.owner_of(key) for key in ("", "newsdesk-", PASSWORD)] == [None] * 3
    assert not any(key.removeprefix("newsdesk-") in file.read_text() for key in keys)


def test_a_key_is_no_password(file: Path) -> None:
    assert not Accounts(file).knows_password("ada", add_key(file, "ada"))


def test_a_new_password_leaves_the_keys_and_the_others(file: Path) -> None:
    key = add_key(file, "ada")
    set_password(file, "bob", "another one")
    set_password(file, "ada", "a new password")
    accounts = Accounts(file)
    assert accounts.owner_of(key) == "ada"
    assert accounts.knows_password("ada", "a new password")
    assert not accounts.knows_password("ada", PASSWORD)
    assert accounts.knows_password("bob", "another one")


def test_who_is_removed_is_turned_away_at_once(file: Path) -> None:
    set_password(file, "bob", "another one")
    key = add_key(file, "ada")
    accounts = Accounts(file)
    assert accounts.knows_password("ada", PASSWORD)
    remove_account(file, "ada")
    assert not accounts.knows_password("ada", PASSWORD)
    assert accounts.hash_of("ada") is None
    assert accounts.owner_of(key) is None


def test_who_is_added_may_come_in_at_once(file: Path) -> None:
    accounts = Accounts(file)
    set_password(file, "bob", "another one")
    assert accounts.knows_password("bob", "another one")


def test_while_the_file_is_gone_nobody_comes_in(file: Path) -> None:
    accounts = Accounts(file)
    file.unlink()
    assert not accounts.knows_password("ada", PASSWORD)


def test_an_account_whose_hash_is_damaged_is_turned_away(file: Path) -> None:
    file.write_text('{"ada": {"password": "plain text"}, "eve": {}}')
    accounts = Accounts(file)
    assert not accounts.knows_password("ada", "plain text")
    assert not accounts.knows_password("eve", "")
    assert read_accounts(file)["eve"] == Account()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "there is nobody in .* yet; run `newsdesk users add NAME", id="missing"),
        pytest.param("{}", "there is nobody in .* yet; run", id="empty"),
        pytest.param("ada:secret", "is no file of accounts; name another", id="not-json"),
        pytest.param('{"ada": "secret"}', "is no file of accounts", id="plain-password"),
        pytest.param('{"ada": {"hash": "x"}}', "is no file of accounts", id="unknown-field"),
        pytest.param('["ada"]', "is no file of accounts", id="list"),
    ],
)
def test_a_file_without_accounts_is_one_clear_sentence(
    tmp_path: Path, content: str | None, message: str
) -> None:
    file = tmp_path / "accounts.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(SettingsError, match=message):
        Accounts(file)


def test_a_file_that_cannot_be_written_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot be written to .*: No such file or directory"):
        set_password(tmp_path / "nowhere" / "accounts.json", "ada", PASSWORD)


@pytest.mark.parametrize(
    "name", ["", "..", ".a", "a b", "ada:x", "../ada", "ada\n", "a" * 65, "<b>"]
)
def test_a_name_that_could_mislead_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="cannot be a name"):
        set_password(tmp_path / "accounts.json", name, PASSWORD)


def test_a_short_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="needs 8 characters or more"):
        set_password(tmp_path / "accounts.json", "ada", "1234567")


def test_a_key_for_nobody_is_refused_with_who_is_known(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"there is no 'bob' in .*; known are: ada"):
        add_key(file, "bob")
