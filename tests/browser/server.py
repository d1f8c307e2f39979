"""The page at one address, where it can be served anew, as after a restart."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import app
from rag import Archive, Assistant
from rag.downloads import Places
from rag.page.choosing import Chooser
from rag.page.desk import Desk
from rag.page.getting import Getter
from rag.types import Generator
from tests.serving import free_port


class Server:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/"
        self._close: list[Callable[[], None]] = []

    def start(
        self,
        generator: Generator | None = None,
        *,
        fixed: Mapping[str, str] | None = None,
        places: Places | None = None,
    ) -> None:
        """Serve with the archive's own model where none is given; models come from `places`."""
        desk = Desk(Assistant(self.archive, generator))
        workings = app.make_workings(desk, fixed)
        if places:
            getter = Getter(self.archive.settings.models, places=lambda: places)
            workings = workings._replace(chooser=Chooser(desk, getter))
        settings = replace(self.archive.settings, port=self.port)
        running = app.serve(app.build(desk, workings), desk, settings)
        self._close = [running.close, workings.close]

    def restart(self, generator: Generator | None = None) -> None:
        self.stop()
        self.start(generator)

    def stop(self) -> None:
        for close in self._close:
            close()
        self._close = []
