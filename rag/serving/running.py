"""Where the server listens, how it runs beside the terminal, and how it ends."""

import socket
from dataclasses import dataclass
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

from rag.errors import SettingsError
from rag.serving.ending import Endable

SHUTDOWN_SECONDS = 2  # for answers that are being sent when it ends
POLL_SECONDS = 0.01
ANY_ADDRESS = ("0.0.0.0", "::")


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers at `url` until it is closed."""

    url: str
    app: Endable
    server: uvicorn.Server
    thread: Thread

    def close(self) -> None:
        self.server.should_exit = True
        self.app.end()
        self.thread.join()


def start(app: ASGIApp, *, host: str, port: int) -> Running:
    """Serve in a thread.

    Raises:
        SettingsError: the port is taken, or the address is none of this machine's.
    """
    host = host.strip("[]")
    listening = _listen(host, port)
    endable = Endable(app)
    config = uvicorn.Config(
        endable,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(timeout=POLL_SECONDS)
    if not server.started:
        raise RuntimeError("the server did not start; what is printed above says why")
    return Running(_url(host, port), endable, server, thread)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise SettingsError(
            f"the page cannot be opened at {host}, port {port}: it is taken, or no address of this "
            "machine; end what uses it, or choose another with --port or --host"
        ) from error


def _url(host: str, port: int) -> str:
    """Return the address for a browser of this machine."""
    name = "localhost" if host in ANY_ADDRESS else host
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"
