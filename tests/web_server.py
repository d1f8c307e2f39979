"""A web server on this machine, for tests that fetch."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

SENTENCE = "Ferries between the two islands sailed again on Tuesday after a storm of three days."


@dataclass
class Answer:
    """What is answered for a path; `drip` writes the answer itself, a little at a time."""

    content: str = ""
    status: int = 200
    media_type: str = "text/html"
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: Callable[[Callable[[bytes], object]], None] | None = None


@dataclass
class Site:
    """A running server; `asked` holds (host, path) of every request."""

    port: int
    answers: dict[str, Answer]
    asked: list[tuple[str, str]] = field(default_factory=list)

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


def article_page(title: str, text: str = SENTENCE) -> str:
    return f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>"


def rss(title: str, *entries: tuple[str, str]) -> str:
    """Return a feed with entries of (title, link)."""
    items = "".join(
        f"<item><title>{entry}</title><link>{link}</link></item>" for entry, link in entries
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


@contextmanager
def serving(**answers: Answer) -> Iterator[Site]:
    """Serve each answer under its name."""
    site = Site(0, {f"/{name}": answer for name, answer in answers.items()})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.headers["host"], self.path))
            answer = site.answers.get(self.path, Answer(status=404))
            if answer.drip:
                answer.drip(self.wfile.write)
                return
            self.send_response(answer.status)
            self.send_header("content-type", answer.media_type)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.content.encode())

        def log_message(self, format: str, *values: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    site.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
