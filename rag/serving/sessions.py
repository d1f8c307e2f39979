"""Who has logged in with a browser, by the secret in its cookie; forgotten when the server ends."""

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

DAYS = 30
LASTING_SECONDS = DAYS * 24 * 3600
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """`knew` is the hash of the password that was given: another one ends what began with it."""

    name: str
    knew: str
    ends: float


class Sessions:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._salt = secrets.token_bytes()
        self._sessions: dict[bytes, Session] = {}

    def begin(self, name: str, knew: str) -> str:
        """Return the secret that the cookie is to hold."""
        secret = secrets.token_urlsafe(SECRET_BYTES)
        with self._lock:
            now = self._clock()
            ended = [key for key, session in self._sessions.items() if session.ends <= now]
            for key in ended:
                del self._sessions[key]
            self._sessions[self._key(secret)] = Session(name, knew, now + LASTING_SECONDS)
        return secret

    def find(self, secret: str) -> Session | None:
        with self._lock:
            session = self._sessions.get(self._key(secret))
            return session if session and session.ends > self._clock() else None

    def end(self, secret: str) -> None:
        with self._lock:
            self._sessions.pop(self._key(secret), None)

    def _key(self, secret: str) -> bytes:
        """Return what is looked up; its time tells nothing of the secrets that there are."""
        return hmac.digest(self._salt, secret.encode(errors="replace"), "sha256")
