"""Who is who, by password or API key, as the file of accounts says now."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rag.errors import SettingsError
from rag.serving.account_file import Account, digest, read_accounts


class Accounts:
    """The accounts of a file as they are now: changes count at once; safe with several threads.

    Raises:
        SettingsError: nobody is in the file, or it cannot be read; later only the latter.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = Lock()
        self._hasher = PasswordHasher()
        # Somebody unknown takes as long to turn away as somebody with a wrong password.
        self._nobody = self._hasher.hash(secrets.token_hex())
        self._state: tuple[int, int] | None = None
        self._accounts: Mapping[str, Account] = {}
        if not self._current():
            raise SettingsError(
                f"there is nobody in {file} yet; run `newsdesk users add NAME --auth {file}`"
            )

    def hash_of(self, name: str) -> str | None:
        """Return the hash of the person's password: while it is the same, so is who knew it."""
        return self._current().get(name, Account()).password

    def knows_password(self, name: str, password: str) -> bool:
        """Whether it is this person's; takes a tenth of a second on purpose."""
        stored = self.hash_of(name)
        try:
            return self._hasher.verify(stored or self._nobody, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    def owner_of(self, key: str) -> str | None:
        """Return whose API key this is."""
        hashed = digest(key)
        owners = (name for name, account in self._current().items() if hashed in account.keys)
        return next(owners, None)

    def _current(self) -> Mapping[str, Account]:
        with self._lock:
            try:
                status = self.file.stat()
                state = (status.st_mtime_ns, status.st_ino)
            except OSError:
                state = None  # reading will say why, or find nobody
            if state is None or state != self._state:
                self._accounts, self._state = read_accounts(self.file), state
            return self._accounts
