"""Who sends a request: by session cookie, API key, or name and password."""

import base64
import binascii
import hmac
import math
import secrets

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers

from rag.errors import RagError
from rag.serving.accounts import Accounts
from rag.serving.attempts import Attempts
from rag.serving.sessions import Sessions


class TooManyAttemptsError(RagError):
    """Wrong passwords were given too often; `seconds` is how long no other is looked at."""

    def __init__(self, seconds: float) -> None:
        self.seconds = math.ceil(seconds)
        super().__init__(f"too many wrong passwords; try again in {self.seconds} seconds")


class Recognition:
    """Knows who sends a request; remembers neither passwords nor keys.

    Passwords are looked at one after the other, in a thread: each takes memory and time on purpose.
    """

    def __init__(
        self,
        accounts: Accounts,
        sessions: Sessions | None = None,
        attempts: Attempts | None = None,
    ) -> None:
        self.accounts = accounts
        self.sessions = sessions or Sessions()
        self._attempts = attempts or Attempts()
        self._one = CapacityLimiter(1)
        self._salt = secrets.token_bytes()
        self._seen: set[bytes] = set()

    async def name(self, headers: Headers, cookie: str | None) -> str | None:
        """Return the name, or None: nobody whom the accounts know.

        Raises:
            TooManyAttemptsError: this name's password was guessed at.
            SettingsError: the accounts cannot be read.
        """
        scheme, _, given = headers.get("authorization", "").partition(" ")
        match scheme.casefold():
            case "bearer":
                return self.accounts.owner_of(given.strip())
            case "basic":
                name, password = _decoded(given)
                known = bool(name) and await self.knows_password(name, password)
                return name if known else None
        return self._in_session(cookie) if cookie else None

    async def knows_password(self, name: str, password: str) -> bool:
        """Whether the password is right; a right one is known again at once.

        Raises:
            TooManyAttemptsError: this name's password was guessed at.
            SettingsError: the accounts cannot be read.
        """
        stored = self.accounts.hash_of(name)
        seen = hmac.digest(
            self._salt, f"{stored}\0{name}\0{password}".encode(errors="replace"), "sha256"
        )
        if stored and seen in self._seen:
            return True
        known = await to_thread.run_sync(self._try, name, password, limiter=self._one)
        if known:
            self._seen.add(seen)
        return known

    def begin_session(self, name: str) -> str:
        """Return the secret of a new session, for its cookie."""
        return self.sessions.begin(name, self.accounts.hash_of(name) or "")

    def _try(self, name: str, password: str) -> bool:
        wait = self._attempts.seconds_to_wait(name)
        if wait:
            raise TooManyAttemptsError(wait)
        known = self.accounts.knows_password(name, password)
        if known:
            self._attempts.succeed(name)
        else:
            self._attempts.fail(name)
        return known

    def _in_session(self, secret: str) -> str | None:
        session = self.sessions.find(secret)
        if session and session.knew == self.accounts.hash_of(session.name):
            return session.name
        return None


def _decoded(given: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(given, validate=True).decode(errors="replace")
    except (binascii.Error, ValueError):
        text = ""
    name, _, password = text.partition(":")
    return name, password
