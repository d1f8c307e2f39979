"""Which requests a browser sends for our own page, and which another site's page makes it send.

A page of another site can make the browser of whoever reads it ask a server on that person's
machine. It cannot hide that: the browser names the page's origin, and Host is the name that the
page was opened with, also where that name was pointed at this machine later (DNS rebinding).
Programs send neither Origin nor Sec-Fetch-Site, and are let through.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from rag.serving.addresses import host_name

OWN = ("same-origin", "none")  # from our page, or typed into the address line
PAGES = ("/", "/login")  # what a link on another site may lead to
PRIVATE_ENDINGS = (".local", ".lan", ".internal", ".home.arpa")  # names that nobody can register


@dataclass(frozen=True, slots=True)
class Asked:
    """What tells a request's origin; `path` is the one below the root path."""

    method: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Origins:
    """`names` are those that the page may be opened at, besides addresses in figures.

    `private_names`: those of the local network as well. `any_name`: all, where everybody is asked
    who they are, since a rebound name has no password to send.
    """

    names: frozenset[str]
    sites: frozenset[str] = frozenset()  # where a proxy serves the page: names with their port
    private_names: bool = False
    any_name: bool = False

    def knows_host(self, asked: Asked) -> bool:
        name = host_name(asked.headers.get("host", ""))
        return bool(name) and (self.any_name or name in self.names or self._is_private(name))

    def _is_private(self, name: str) -> bool:
        if _is_figures(name) or name.endswith(".localhost"):
            return True  # resolved by nobody
        return self.private_names and ("." not in name or name.endswith(PRIVATE_ENDINGS))

    def is_from_elsewhere(self, asked: Asked) -> bool:
        """Whether a page of another site sends it, other than by a link that somebody follows."""
        site, origin = asked.headers.get("sec-fetch-site"), asked.headers.get("origin")
        if site is not None:
            return site not in OWN and not _is_link(asked)
        return origin is not None and not self._is_own(origin, asked.headers)

    def _is_own(self, origin: str, headers: Mapping[str, str]) -> bool:
        scheme, _, place = origin.casefold().partition("://")
        # A page of another site cannot send X-Forwarded-Host without asking first, with its origin.
        forwarded = headers.get("x-forwarded-host", "").partition(",")[0].strip()
        served_at = {headers.get("host", "").casefold(), forwarded.casefold(), *self.sites}
        return scheme in ("http", "https") and bool(place) and place in served_at


def _is_link(asked: Asked) -> bool:
    opens = asked.headers.get("sec-fetch-mode") == "navigate"
    whole = asked.headers.get("sec-fetch-dest") == "document"
    return opens and whole and asked.method in ("GET", "HEAD") and asked.path in PAGES


def _is_figures(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
