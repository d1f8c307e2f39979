import errno
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from rag.downloads import Places, fetch
from rag.errors import ModelError
from rag.presets import HubSource, ModelFile, Preset, WheelSource
from tests.fake_places import FakeHub, FakePackages, model_file, sha256

PARTS = (b"first part, ", b"second part, ", b"third")
WHOLE = b"".join(PARTS)
IN_PARTS = WheelSource(package="part{part}", version="1.0", member="p{part}/{part:02}.bin", parts=3)
HUB = HubSource("owner/repository")


def preset_of(*sources: HubSource | WheelSource, files: Sequence[ModelFile]) -> Preset:
    return Preset(
        name="tiny",
        kind="embedder",
        description="",
        licence="MIT",
        files=tuple(files),
        sources=sources,
    )


def three_wheels() -> FakePackages:
    return FakePackages({f"part{n}==1.0": {f"p{n}/{n:02}.bin": PARTS[n - 1]} for n in (1, 2, 3)})


def in_parts() -> Preset:
    return preset_of(IN_PARTS, files=[model_file("model.gguf", WHOLE)])


Reports = list[tuple[str, int, int]]


def run(
    preset: Preset,
    models_folder: Path,
    *,
    hub: FakeHub | None = None,
    packages: FakePackages | None = None,
) -> Reports:
    reports: Reports = []

    def progress(label: str, done: int, total: int) -> None:
        reports.append((label, done, total))

    places = Places(hub or FakeHub(reachable=False), packages or FakePackages(reachable=False))
    fetch(preset, models_folder, places=places, progress=progress)
    return reports


def names_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_files_come_out_of_one_wheel_and_nothing_else_stays(tmp_path: Path) -> None:
    source = WheelSource(package="packed", version="1.0", member="packed/model/{path}")
    packages = FakePackages(
        {
            "packed==1.0": {
                "packed/__init__.py": b"raise SystemExit",
                "packed/model/config.json": b"{}",
                "packed/model/1_Pooling/config.json": b"[]",
            }
        }
    )
    files = [model_file("config.json", b"{}"), model_file("1_Pooling/config.json", b"[]")]

    run(preset_of(source, files=files), tmp_path, packages=packages)

    assert names_in(tmp_path / "tiny") == ["1_Pooling/config.json", "config.json"]
    assert (tmp_path / "tiny/1_Pooling/config.json").read_bytes() == b"[]"


def test_parts_are_joined_in_order(tmp_path: Path) -> None:
    run(in_parts(), tmp_path, packages=three_wheels())

    assert (tmp_path / "tiny/model.gguf").read_bytes() == WHOLE
    assert names_in(tmp_path / "tiny") == ["model.gguf"]


def test_an_interrupted_download_goes_on_with_the_part_it_was_at(tmp_path: Path) -> None:
    packages = replace(three_wheels(), stops_at="part3==1.0")
    with pytest.raises(KeyboardInterrupt):
        run(in_parts(), tmp_path, packages=packages)
    again = three_wheels()

    run(in_parts(), tmp_path, packages=again)

    assert again.requested == ["part3==1.0"]
    assert (tmp_path / "tiny/model.gguf").read_bytes() == WHOLE


def test_a_part_that_was_half_written_is_written_again(tmp_path: Path) -> None:
    packages = replace(three_wheels(), stops_at="part3==1.0")
    with pytest.raises(KeyboardInterrupt):
        run(in_parts(), tmp_path, packages=packages)
    with (tmp_path / "tiny/model.gguf.partial").open("ab") as partial:
        partial.write(b"thi")

    run(in_parts(), tmp_path, packages=three_wheels())

    assert (tmp_path / "tiny/model.gguf").read_bytes() == WHOLE


@pytest.mark.parametrize(
    "record",
    [
        pytest.param("", id="empty"),
        pytest.param('["part1==0.9", 12, 13]', id="of another version"),
        pytest.param('["part1==1.0", 12, 999]', id="of more than there is"),
        pytest.param('["part1==1.0", "12"]', id="of another type"),
    ],
)
def test_parts_begin_anew_where_their_record_does_not_fit(tmp_path: Path, record: str) -> None:
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny/model.gguf.partial").write_bytes(b"something else")
    (tmp_path / "tiny/model.gguf.parts").write_text(record, encoding="utf-8")

    run(in_parts(), tmp_path, packages=three_wheels())

    assert (tmp_path / "tiny/model.gguf").read_bytes() == WHOLE


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "tiny/.wheels-old").mkdir(parents=True)
    (tmp_path / "tiny/.wheels-old/part2.whl").write_bytes(b"half a wheel")

    run(in_parts(), tmp_path, packages=three_wheels())

    assert names_in(tmp_path / "tiny") == ["model.gguf"]


def test_other_bytes_than_the_publishers_are_deleted(tmp_path: Path) -> None:
    packages = three_wheels()
    packages.wheels["part2==1.0"] = {"p2/02.bin": b"SECOND PART, "}

    with pytest.raises(ModelError, match=r"the bytes of model\.gguf are not the publisher's"):
        run(in_parts(), tmp_path, packages=packages)

    assert names_in(tmp_path / "tiny") == []


def test_a_wheel_with_too_many_bytes_is_refused_unread(tmp_path: Path) -> None:
    packages = three_wheels()
    packages.wheels["part1==1.0"] = {"p1/01.bin": b"0" * 1000}

    with pytest.raises(ModelError, match=r"p1/01\.bin in .* is larger than the model"):
        run(in_parts(), tmp_path, packages=packages)


def test_a_file_comes_from_the_hub(tmp_path: Path) -> None:
    hub = FakeHub({("owner/repository", "model.gguf"): WHOLE})
    preset = preset_of(HUB, IN_PARTS, files=[model_file("model.gguf", WHOLE)])

    run(preset, tmp_path, hub=hub)

    assert (tmp_path / "tiny/model.gguf").read_bytes() == WHOLE


def test_a_transfer_that_broke_off_goes_on_where_it_was(tmp_path: Path) -> None:
    hub = FakeHub({("owner/repository", "model.gguf"): WHOLE}, breaks_after=7)
    preset = preset_of(HUB, files=[model_file("model.gguf", WHOLE)])
    with pytest.raises(ModelError, match="the transfer broke off"):
        run(preset, tmp_path, hub=hub)
    hub.breaks_after = None

    run(preset, tmp_path, hub=hub)

    assert hub.started_at == [0, 7]
    assert (tmp_path / "tiny/model.gguf").read_bytes() == WHOLE


def test_the_hubs_own_digest_is_checked_where_the_preset_has_none(tmp_path: Path) -> None:
    hub = FakeHub({("owner/repository", "model.gguf"): WHOLE})
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny/model.gguf.partial").write_bytes(b"FIRST")

    with pytest.raises(ModelError, match="wrong SHA-256"):
        run(preset_of(HUB, files=[ModelFile("model.gguf")]), tmp_path, hub=hub)

    assert names_in(tmp_path / "tiny") == []


def test_the_next_source_serves_where_one_fails(tmp_path: Path) -> None:
    hub = FakeHub({("owner/repository", "model.gguf"): b"forged"})
    preset = preset_of(HUB, IN_PARTS, files=[model_file("model.gguf", WHOLE)])

    run(preset, tmp_path, hub=hub, packages=three_wheels())

    assert (tmp_path / "tiny/model.gguf").read_bytes() == WHOLE


def test_when_all_sources_fail_each_is_named_with_its_reason(tmp_path: Path) -> None:
    preset = preset_of(HUB, IN_PARTS, files=[model_file("model.gguf", WHOLE)])

    with pytest.raises(ModelError) as failure:
        run(preset, tmp_path)

    assert str(failure.value) == (
        "The model tiny cannot be fetched: the model hub's owner/repository: out of reach; the "
        "Python package part1…3: out of reach. Connect to the network and try again, or put "
        f"model.gguf into {tmp_path / 'tiny'} yourself."
    )


@pytest.mark.parametrize("known", [True, False], ids=["known digest", "the cache's own digest"])
def test_a_file_in_the_hubs_cache_needs_no_network(tmp_path: Path, known: bool) -> None:
    cached = tmp_path / sha256(WHOLE)
    cached.write_bytes(WHOLE)
    hub = FakeHub(cached={("owner/repository", "model.gguf"): cached}, reachable=False)
    file = model_file("model.gguf", WHOLE) if known else ModelFile("model.gguf")

    run(preset_of(HUB, files=[file]), tmp_path, hub=hub)

    assert (tmp_path / "tiny/model.gguf").samefile(cached)


def test_a_damaged_file_in_the_hubs_cache_is_passed_over(tmp_path: Path) -> None:
    cached = tmp_path / sha256(WHOLE)
    cached.write_bytes(WHOLE[:10])
    key = ("owner/repository", "model.gguf")
    hub = FakeHub({key: WHOLE}, cached={key: cached})

    run(preset_of(HUB, files=[model_file("model.gguf", WHOLE)]), tmp_path, hub=hub)

    assert (tmp_path / "tiny/model.gguf").read_bytes() == WHOLE


def test_only_missing_files_are_fetched(tmp_path: Path) -> None:
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny/a").write_bytes(b"A")
    hub = FakeHub({("owner/repository", "b"): b"B"})
    files = [model_file("a", b"A"), model_file("b", b"B")]

    run(preset_of(HUB, files=files), tmp_path, hub=hub)

    assert names_in(tmp_path / "tiny") == ["a", "b"]


def test_progress_counts_the_bytes_of_all_files_up_to_their_sum(tmp_path: Path) -> None:
    hub = FakeHub({("owner/repository", "a"): b"12345", ("owner/repository", "b"): b"123"})
    files = [model_file("a", b"12345"), model_file("b", b"123")]

    reports = run(preset_of(HUB, files=files), tmp_path, hub=hub)

    assert reports == [
        ("tiny", 5, 8),
        ("tiny: checking", 5, 8),
        ("tiny", 5, 8),
        ("tiny", 8, 8),
        ("tiny: checking", 8, 8),
        ("tiny", 8, 8),
    ]


def test_too_little_disk_is_said_before_the_first_byte(tmp_path: Path) -> None:
    file = ModelFile("model.gguf", bytes=10**18, sha256=sha256(b""))
    hub = FakeHub({("owner/repository", "model.gguf"): b""})

    with pytest.raises(ModelError, match=r"needs 1000000000\.0 GB of disk space, but only"):
        run(preset_of(HUB, files=[file]), tmp_path, hub=hub)

    assert hub.started_at == []


def test_a_disk_that_fills_up_is_one_sentence_and_keeps_what_arrived(tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    packages = replace(three_wheels(), stops_at="part3==1.0", stops_with=full)

    with pytest.raises(ModelError, match="The disk is full, tiny does not fit into"):
        run(in_parts(), tmp_path, packages=packages)

    assert (tmp_path / "tiny/model.gguf.partial").read_bytes() == PARTS[0] + PARTS[1]


def test_a_models_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "models").write_bytes(b"")

    with pytest.raises(ModelError, match="set NEWSDESK_MODELS to a folder that you may write to"):
        run(in_parts(), tmp_path / "models")


def test_a_second_program_waits_and_takes_what_the_first_fetched(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / ".tiny.lock")
    packages = three_wheels()
    reports: list[Reports] = []
    second = threading.Thread(
        target=lambda: reports.append(run(in_parts(), tmp_path, packages=packages))
    )
    with lock:
        second.start()
        time.sleep(0.1)
        (tmp_path / "tiny/model.gguf").write_bytes(WHOLE)
    second.join(timeout=10)

    assert reports == [[("tiny: another program is fetching it, waiting", 0, len(WHOLE))]]
    assert packages.requested == []
