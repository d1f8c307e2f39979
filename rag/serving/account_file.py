"""Names with their hashed passwords and API keys, kept in one file; no password is ever stored."""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from argon2 import PasswordHasher
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from rag.errors import SettingsError

NAME = re.compile(r"\w[\w.@-]{0,63}")  # nothing that could lead elsewhere as a folder's name
SHORTEST_PASSWORD = 8  # characters
KEY_PREFIX = "newsdesk-"
KEY_BYTES = 32  # of randomness: nothing to guess, so that a plain digest of it may be stored
PRIVATE = 0o600


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Account:
    """What proves that somebody is who they say: an argon2 hash, and SHA-256 digests of keys."""

    password: str | None = None
    keys: tuple[str, ...] = ()


FORM = TypeAdapter(dict[str, Account])


def read_accounts(file: Path) -> dict[str, Account]:
    """Return the accounts by name; none where there is no file yet.

    Raises:
        SettingsError: the file cannot be read, or is none of ours.
    """
    try:
        return FORM.validate_json(file.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(
            f"the accounts in {file} cannot be read: {error.strerror}; check its permissions"
        ) from error
    except ValidationError as error:
        raise SettingsError(
            f"{file} is no file of accounts; name another, or delete it and write it anew with "
            "`newsdesk users add`"
        ) from error


def write_accounts(file: Path, accounts: Mapping[str, Account]) -> None:
    """Write the file whole or not at all, for its owner's eyes only.

    Raises:
        SettingsError: it cannot be written.
    """
    text = json.dumps(FORM.dump_python(dict(accounts), mode="json"), indent=2, ensure_ascii=False)
    new = file.with_name(f"{file.name}.new")
    try:
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as opened:
            opened.write(f"{text}\n".encode())
        new.replace(file)
    except OSError as error:
        raise SettingsError(
            f"the accounts cannot be written to {file}: {error.strerror}; name another file"
        ) from error


def set_password(file: Path, name: str, password: str) -> None:
    """Add a person, or give one a new password.

    Raises:
        SettingsError: the name or the password will not do, or the file cannot be used.
    """
    if not NAME.fullmatch(name):
        raise SettingsError(
            f"{name!r} cannot be a name; begin with a letter or digit, and go on with up to 63 of "
            "these and . _ - @"
        )
    if len(password) < SHORTEST_PASSWORD:
        raise SettingsError(f"a password needs {SHORTEST_PASSWORD} characters or more")
    accounts = read_accounts(file)
    before = accounts.get(name, Account())
    accounts[name] = replace(before, password=PasswordHasher().hash(password))
    write_accounts(file, accounts)


def add_key(file: Path, name: str) -> str:
    """Return a new API key; it is told this once, the file has only its digest.

    Raises:
        SettingsError: there is nobody of that name, or the file cannot be used.
    """
    accounts = read_accounts(file)
    before = _existing(file, name, accounts)
    key = KEY_PREFIX + secrets.token_urlsafe(KEY_BYTES)
    accounts[name] = replace(before, keys=(*before.keys, digest(key)))
    write_accounts(file, accounts)
    return key


def remove_account(file: Path, name: str) -> None:
    """Take away a person's password and keys.

    Raises:
        SettingsError: there is nobody of that name, or the file cannot be used.
    """
    accounts = read_accounts(file)
    _existing(file, name, accounts)
    del accounts[name]
    write_accounts(file, accounts)


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _existing(file: Path, name: str, accounts: Mapping[str, Account]) -> Account:
    if name not in accounts:
        known = ", ".join(sorted(accounts)) or "nobody yet"
        raise SettingsError(f"there is no {name!r} in {file}; known are: {known}")
    return accounts[name]
