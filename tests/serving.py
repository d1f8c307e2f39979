"""The real server on a port of its own, with a small archive and a scripted model."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import app
from rag import Assistant
from rag.page.desk import Desk
from rag.types import Generator
from tests.fakes import make_archive

PORT = "Dockers in Harrow walked out on Monday over pay.\n\nThe port handles 40 ships a week."
FERRY = "The ferry to Orleby stopped after an engine fire.\n\nNobody was hurt."
WHY = "Why did dockers in Harrow walk out?"
BECAUSE = "Dockers in Harrow walked out over pay."
HOW_MANY = "The port handles 40 ships a week."
INVENTED = "They want 900 dollars more."


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, generator: Generator | None = None, **settings: object) -> Iterator[str]:
    """Serve page and programs, and give the address; without a generator, answers are quotes."""
    news = folder / "news"
    news.mkdir(parents=True)
    (news / "port.md").write_text(f"# Port strike begins\n\n{PORT}")
    (news / "ferry.md").write_text(f"# Ferry line closed\n\n{FERRY}")
    archive = make_archive(folder / "archive", **{"model": "none", "port": free_port(), **settings})
    archive.add(news)
    desk = Desk(Assistant(archive, generator))
    running = app.serve(app.build(desk), desk, archive.settings)
    try:
        yield running.url
    finally:
        running.close()
        archive.close()
