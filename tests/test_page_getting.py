import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

from rag.downloads import Places
from rag.errors import ModelError
from rag.page.getting import Getter, Getting
from rag.presets import HubSource, ModelFile
from tests.fake_places import FakeHub, FakePackages, tiny_gguf

TINY = "owner/repository:tiny.gguf"
CONTENT = tiny_gguf()


@dataclass
class SlowHub:
    """Serves one file by halves; the second comes when it is let on."""

    let_on: Event = field(default_factory=Event)
    hub: FakeHub = field(
        default_factory=lambda: FakeHub({("owner/repository", "tiny.gguf"): CONTENT})
    )

    def find_cached(self, source: HubSource, path: str) -> Path | None:
        return None

    def check_reachable(self) -> None:
        pass

    def look_up(self, source: HubSource, path: str) -> ModelFile:
        return self.hub.look_up(source, path)

    def download(
        self, source: HubSource, path: str, target: Path, *, report: Callable[[int], None]
    ) -> None:
        half = len(CONTENT) // 2
        target.write_bytes(CONTENT[:half])
        report(half)
        self.let_on.wait(5)
        report(half)
        self.hub.download(source, path, target, report=report)


def getter(folder: Path, hub: SlowHub | FakeHub) -> Getter:
    return Getter(folder, places=lambda: Places(hub, FakePackages(reachable=False)))


def wait_for(getter: Getter, is_so: Callable[[Getting], bool]) -> Getting:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if getter.getting and is_so(getter.getting):
            return getter.getting
        time.sleep(0.01)
    pytest.fail(f"still {getter.getting}")


def test_a_model_is_fetched_with_its_progress_told(tmp_path: Path) -> None:
    hub = SlowHub()
    slow = getter(tmp_path, hub)
    assert slow.getting is None
    slow.start(TINY)
    half = wait_for(slow, lambda now: now.done > 0)
    assert (half.model, half.done, half.total) == (TINY, len(CONTENT) // 2, len(CONTENT))
    assert not half.has_ended
    hub.let_on.set()
    ended = wait_for(slow, lambda now: now.has_ended)
    assert (ended.whole, ended.error, ended.done) == (True, None, len(CONTENT))
    assert (tmp_path / "owner--repository" / "tiny.gguf").read_bytes() == CONTENT


def test_one_is_fetched_at_a_time_and_it_can_be_stopped_and_gone_on_with(tmp_path: Path) -> None:
    hub = SlowHub()
    slow = getter(tmp_path, hub)
    slow.start(TINY)
    wait_for(slow, lambda now: now.done > 0)
    with pytest.raises(ModelError, match="is being fetched; wait for it, or stop it"):
        slow.start("qwen2.5-3b")
    slow.stop()
    assert wait_for(slow, lambda now: now.stopping).stopped is False
    hub.let_on.set()
    assert wait_for(slow, lambda now: now.has_ended).stopped
    assert (tmp_path / "owner--repository" / "tiny.gguf.partial").stat().st_size > 0
    slow.start(TINY)
    assert wait_for(slow, lambda now: now.has_ended).whole
    slow.close()


def test_what_cannot_be_fetched_is_one_clear_sentence(tmp_path: Path) -> None:
    offline = getter(tmp_path, FakeHub(reachable=False))
    offline.start(TINY)
    error = wait_for(offline, lambda now: now.has_ended).error
    assert error is not None
    assert error.startswith(f"The model {TINY} cannot be fetched: ")
