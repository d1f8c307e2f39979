"""The addresses that the page is served at, and who can reach them."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from rag.errors import SettingsError
from rag.settings import Settings

THIS_MACHINE = "localhost"


def is_local(host: str) -> bool:
    """Whether only programs of this machine reach it."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == THIS_MACHINE


def serves_others(settings: Settings) -> bool:
    """Whether others than who sits at this machine may use the page, a proxy's visitors among them.

    They must not reach through it what only this machine reaches.
    """
    told = settings.auth is not None or settings.public_without_auth or bool(settings.root_path)
    return told or not is_local(settings.host)


def refuse_strangers(settings: Settings) -> None:
    """Make sure that nobody is let in by oversight.

    Raises:
        SettingsError: others than this machine would reach the page, and nobody asks who they are.
    """
    if settings.auth or settings.public_without_auth or is_local(settings.host):
        return
    raise SettingsError(
        f"at {settings.host} others could read and change the archive: say who may come in with "
        "--auth FILE, or --public-without-auth if everybody who reaches it may"
    )


def base_path(root_path: str) -> str:
    """Return the path of the address that a proxy serves the page at."""
    return urlsplit(root_path).path.rstrip("/")


def host_name(host: str) -> str:
    """Return a Host header without its port, in small letters; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def proxy_place(root_path: str) -> str:
    """Return name and port of the address that a proxy serves the page at; empty if not told."""
    return urlsplit(root_path).netloc.casefold()
