import fcntl
import io
import os
import re
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

sys.path.insert(0, str(Path(__file__).parents[1]))  # scripts are no part of what is installed

from scripts import machine
from scripts.environment import (
    STAMP,
    Plan,
    Stamp,
    choose_plan,
    has_package,
    read_stamp,
    wanted_stamp,
    write_stamp,
)
from scripts.install import alone_in, refuse_cuda, take_step
from scripts.machine import GIGABYTE, SetupError
from scripts.progress import clock, files_compiled, run_quietly, show_time_until_done
from scripts.steps import (
    TORCH_CPU_INDEX,
    Step,
    cuda_packages,
    explain_failure,
    installation_steps,
    pinned_version,
    pip_environment,
    telling_lines,
    torch_step,
)

ROOT = Path(__file__).parents[1]
CONSTRAINTS = "llama_cpp_python==0.3.36\nnumpy==2.4.6\ntorch==2.13.0\n"
FINISHED = Stamp("Python 3.11 in /news", "digest", ("dev",), finished=True)


def project(folder: Path, *, pyproject: str = "[project]", constraints: str = CONSTRAINTS) -> Path:
    (folder / "pyproject.toml").write_text(pyproject)
    (folder / "constraints.txt").write_text(constraints)
    return folder


class TestMachine:
    def test_python_3_10_is_refused_with_the_version_to_get(self) -> None:
        with pytest.raises(
            SetupError, match=r"needs Python 3\.11 or newer and this is 3\.10: inst"
        ):
            machine.check_python((3, 10))

    def test_python_3_11_is_accepted(self) -> None:
        machine.check_python((3, 11))

    def test_missing_compiler_is_told_with_the_package_to_install(self) -> None:
        with pytest.raises(SetupError, match=r"no working C compiler: .*apt-get install g\+\+"):
            machine.check_compilers({}, compiles=lambda command, language: False)

    def test_missing_cplusplus_compiler_is_told_where_c_alone_works(self) -> None:
        with pytest.raises(SetupError, match=r"no working C\+\+ compiler: "):
            machine.check_compilers({}, compiles=lambda command, language: language == "c")

    def test_any_of_the_usual_compilers_will_do(self) -> None:
        machine.check_compilers({}, compiles=lambda command, _: command[0].startswith("clang"))

    def test_chosen_compiler_is_tried_with_its_arguments_and_no_other(self) -> None:
        tried: list[list[str]] = []

        def compiles(command: Sequence[str], language: str) -> bool:
            tried.append([*command])
            return True

        machine.check_compilers({"CC": "cc", "CXX": "ccache g++ -m64"}, compiles=compiles)
        assert tried == [["cc"], ["ccache", "g++", "-m64"]]

    def test_chosen_compiler_that_does_not_work_is_named(self) -> None:
        with pytest.raises(SetupError, match=r"compiler \(CC=lost does not work\)"):
            machine.check_compilers({"CC": "lost"}, compiles=lambda command, language: False)

    def test_compiler_that_is_not_there_does_not_compile(self) -> None:
        assert not machine.compiles(["no-such-compiler"], "c++")

    def test_small_disk_is_told_with_what_is_needed_and_what_to_free(self) -> None:
        with pytest.raises(
            SetupError, match=r"takes 4\.0 GB .* /news has 1\.5 GB left: free 2\.5 GB"
        ):
            machine.check_disk("/news", needed=4 * GIGABYTE, free=3 * GIGABYTE // 2)

    def test_disk_with_just_enough_room_is_accepted(self) -> None:
        machine.check_disk("/news", needed=4 * GIGABYTE, free=4 * GIGABYTE)

    def test_python_without_ensurepip_is_told_with_the_debian_package(self) -> None:
        with pytest.raises(SetupError, match=r"apt-get install python3\.12-venv"):
            machine.check_virtual_environments((3, 12), has_module=lambda name: name == "venv")

    def test_folder_without_write_permission_is_named(self) -> None:
        with pytest.raises(SetupError, match=r"You may not write to /news: "):
            machine.check_writable("/news", is_writable=lambda folder: False)


class TestPlan:
    def test_same_stamp_leaves_nothing_to_do(self) -> None:
        plan = choose_plan(FINISHED, FINISHED, venv_exists=True, python_runs=True)
        assert plan is Plan.NOTHING

    def test_fewer_extras_than_installed_leave_nothing_to_do(self) -> None:
        wanted = FINISHED._replace(extras=())
        plan = choose_plan(FINISHED, wanted, venv_exists=True, python_runs=True)
        assert plan is Plan.NOTHING

    @pytest.mark.parametrize(
        "wanted",
        [
            pytest.param(FINISHED._replace(files="another digest"), id="requirements-changed"),
            pytest.param(FINISHED._replace(extras=("dev", "more")), id="another-extra"),
        ],
    )
    def test_changed_requirements_are_added_to_what_is_there(self, wanted: Stamp) -> None:
        plan = choose_plan(FINISHED, wanted, venv_exists=True, python_runs=True)
        assert plan is Plan.UPDATE

    def test_environment_that_somebody_else_made_is_kept_and_completed(self) -> None:
        assert choose_plan(None, FINISHED, venv_exists=True, python_runs=True) is Plan.UPDATE

    def test_no_environment_is_created(self) -> None:
        assert choose_plan(None, FINISHED, venv_exists=False, python_runs=False) is Plan.CREATE

    def test_unfinished_environment_is_not_trusted(self) -> None:
        found = FINISHED._replace(finished=False)
        plan = choose_plan(found, FINISHED, venv_exists=True, python_runs=True)
        assert plan is Plan.REBUILD

    def test_environment_of_a_moved_folder_is_made_anew(self) -> None:
        wanted = FINISHED._replace(interpreter="Python 3.11 in /elsewhere")
        plan = choose_plan(FINISHED, wanted, venv_exists=True, python_runs=True)
        assert plan is Plan.REBUILD

    def test_environment_whose_python_is_gone_is_made_anew(self) -> None:
        plan = choose_plan(FINISHED, FINISHED, venv_exists=True, python_runs=False)
        assert plan is Plan.REBUILD


class TestStamp:
    def test_stamp_is_read_as_it_was_written(self, tmp_path: Path) -> None:
        write_stamp(tmp_path, FINISHED)
        assert read_stamp(tmp_path) == FINISHED

    def test_no_stamp_is_none(self, tmp_path: Path) -> None:
        assert read_stamp(tmp_path) is None

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="empty"),
            pytest.param('{"extras": []}', id="fields-missing"),
            pytest.param("[1]", id="not-an-object"),
        ],
    )
    def test_damaged_stamp_counts_as_unfinished(self, tmp_path: Path, text: str) -> None:
        (tmp_path / STAMP).write_text(text)
        assert read_stamp(tmp_path) == Stamp("", "", (), finished=False)

    @pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
    def test_stamp_changes_with_every_file_that_pip_reads(self, tmp_path: Path, name: str) -> None:
        before = wanted_stamp(project(tmp_path), python=(3, 11), extras=[])
        (tmp_path / name).write_text("changed")
        assert wanted_stamp(tmp_path, python=(3, 11), extras=[]).files != before.files

    def test_stamp_names_python_folder_and_sorted_extras(self, tmp_path: Path) -> None:
        stamp = wanted_stamp(project(tmp_path), python=(3, 12), extras={"b", "a"})
        assert (stamp.interpreter, stamp.extras) == (f"Python 3.12 in {tmp_path}", ("a", "b"))

    def test_package_is_found_by_name_and_build(self, tmp_path: Path) -> None:
        (tmp_path / "lib/python3.11/site-packages/torch-2.13.0+cpu.dist-info").mkdir(parents=True)
        found = [has_package(tmp_path, name) for name in ("torch-2.13.0+cpu", "torch-2.13.0")]
        assert found == [True, False]


class TestSteps:
    def test_torch_comes_from_the_publisher_where_pip_knows_no_cpu_build(self) -> None:
        ran: list[Sequence[str]] = []

        def run(command: Sequence[str]) -> bool:
            ran.append(command)
            return TORCH_CPU_INDEX in command

        take_step(torch_step(Path("/news"), "2.13.0", platform="linux"), run=run)
        assert [command[-2:] for command in ran] == [
            ("--no-deps", "torch==2.13.0+cpu"),
            ("--index-url", TORCH_CPU_INDEX),
        ]

    def test_torch_comes_from_pip_alone_where_pip_knows_the_cpu_build(self) -> None:
        ran: list[Sequence[str]] = []

        def run(command: Sequence[str]) -> bool:
            ran.append(command)
            return True

        take_step(torch_step(Path("/news"), "2.13.0", platform="linux"), run=run)
        assert [command[-1] for command in ran] == ["torch==2.13.0+cpu"]

    def test_torch_for_macos_has_no_cuda_and_comes_from_the_usual_index(self) -> None:
        step = torch_step(Path("/news"), "2.13.0", platform="darwin")
        assert [command[-1] for command in step.commands] == ["torch==2.13.0"]

    def test_steps_install_the_pinned_versions_and_the_project_with_its_extras(self) -> None:
        steps = installation_steps(
            Path("/news"), CONSTRAINTS, platform="linux", extras=["dev"], cores=2
        )
        assert [step.commands[0][-1] for step in steps] == [
            "torch==2.13.0+cpu",
            "llama-cpp-python==0.3.36",
            "/news[dev]",
        ]

    def test_everything_but_torch_which_is_named_exactly_obeys_the_constraints(self) -> None:
        steps = installation_steps(Path("/n"), CONSTRAINTS, platform="linux", extras=[], cores=2)
        commands = [command for step in steps[1:] for command in step.commands]
        assert {command[command.index("--constraint") + 1] for command in commands} == {
            "/n/constraints.txt"
        }

    def test_project_without_extras_is_named_plainly(self) -> None:
        steps = installation_steps(Path("/n"), CONSTRAINTS, platform="linux", extras=[], cores=2)
        assert steps[-1].commands[0][-1] == "/n"

    @pytest.mark.parametrize(
        ("cores", "said"),
        [
            pytest.param(2, "about 5 minutes with 2 cores", id="two-cores"),
            pytest.param(64, "about 1 minute with 64 cores", id="many-cores"),
        ],
    )
    def test_compiling_says_how_long_it_takes_here(self, cores: int, said: str) -> None:
        steps = installation_steps(
            Path("/n"), CONSTRAINTS, platform="linux", extras=[], cores=cores
        )
        assert said in steps[1].title

    def test_compiler_options_of_the_person_are_kept_and_multimodal_is_left_out(self) -> None:
        given = {"CMAKE_ARGS": "-DGGML_BLAS=ON", "HOME": "/home/ana"}
        assert pip_environment(given, temporary_folder="/tmp/news") == {
            "CMAKE_ARGS": "-DGGML_BLAS=ON -DLLAVA_BUILD=OFF",
            "HOME": "/home/ana",
            "TMPDIR": "/tmp/news",
        }

    def test_multimodal_is_built_where_the_person_asks_for_it(self) -> None:
        given = {"CMAKE_ARGS": "-DLLAVA_BUILD=ON"}
        assert pip_environment(given, temporary_folder="/t")["CMAKE_ARGS"] == "-DLLAVA_BUILD=ON"

    def test_version_that_is_not_pinned_is_a_mistake_in_the_constraints(self) -> None:
        with pytest.raises(ValueError, match="expected a line `torch==…`"):
            pinned_version("torch", "torchvision==1.0\n")

    def test_cuda_packages_are_told_from_others(self) -> None:
        names = ["numpy", "nvidia-cublas", "CUDA-bindings", "torch"]
        assert cuda_packages(names) == ["CUDA-bindings", "nvidia-cublas"]

    def test_environment_without_cuda_is_accepted(self) -> None:
        refuse_cuda(None, ["numpy", "torch"])

    @pytest.mark.parametrize(
        ("cuda", "names", "said"),
        [
            pytest.param("13.0", ["torch"], "PyTorch for CUDA 13.0", id="build-for-cuda"),
            pytest.param(None, ["nvidia-nccl", "torch"], "nvidia-nccl", id="package-left-over"),
        ],
    )
    def test_cuda_in_the_environment_is_refused(
        self, cuda: str | None, names: list[str], said: str
    ) -> None:
        with pytest.raises(SetupError, match=rf"holds CUDA \({said}\), .*make clean"):
            refuse_cuda(cuda, names)

    def test_second_set_up_of_the_same_folder_is_kept_out(self, tmp_path: Path) -> None:
        descriptor = os.open(tmp_path, os.O_RDONLY)
        with alone_in(tmp_path), pytest.raises(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(descriptor)


class TestFailure:
    STEP = Step("Installing", (("pip",),), "Read the lines above.")

    @pytest.mark.parametrize(
        ("log", "said"),
        [
            pytest.param("[Errno 28] No space left on device", "The disk is full: ", id="disk"),
            pytest.param("WARNING: Retrying (Retry(total=4", "could not reach", id="network"),
            pytest.param("g++: fatal error: Killed signal", "The memory ran out: ", id="memory"),
            pytest.param("python: No module named pip", "make clean", id="foreign-venv"),
            pytest.param("error: expected ';'", "Read the lines above.", id="anything-else"),
        ],
    )
    def test_log_is_turned_into_one_sentence(self, log: str, said: str) -> None:
        assert said in explain_failure(self.STEP, log)

    def test_unreachable_publisher_of_torch_is_named(self) -> None:
        step = torch_step(Path("/n"), "2.13.0", platform="linux")
        said = explain_failure(step, "Retrying (Retry(total=4")
        assert said.startswith(f"pip could not reach {TORCH_CPU_INDEX}: ")

    def test_failed_step_shows_the_end_of_the_log(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        log = tmp_path / "setup.log"
        log.write_text("\n$ pip install a\nearlier\n\n$ pip install b\nno\nnowhere\n")
        with pytest.raises(SetupError, match="Read the lines above"):
            take_step(self.STEP, run=lambda command: False, log=log)
        shown = ["  | pip install b", "  | no", "  | nowhere"]
        assert capsys.readouterr().out.splitlines() == shown

    def test_compiler_error_is_shown_though_much_follows_it(self) -> None:
        log = "[1/2] g++ a.cpp\na.cpp:1:2: error: no such type\nnote\n" + "after\n" * 50
        assert telling_lines(log) == ["a.cpp:1:2: error: no such type", *["after"] * 6]


class TestProgress:
    def test_command_writes_to_the_log_and_not_to_the_person(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        log = tmp_path / "setup.log"
        assert run_quietly([sys.executable, "-c", "print(6 * 7)"], log=log, environment={})
        assert log.read_text().endswith("print(6 * 7)\n42\n")
        assert capsys.readouterr().out == ""

    def test_failing_command_is_told_from_a_succeeding_one(self, tmp_path: Path) -> None:
        command = [sys.executable, "-c", "raise SystemExit(3)"]
        assert not run_quietly(command, log=tmp_path / "log", environment={})

    def test_passing_time_is_a_line_each_where_there_is_no_terminal(self, tmp_path: Path) -> None:
        output, log = io.StringIO(), tmp_path / "log"
        log.write_text("  [56/210] a\n  [57/210] b\n")
        waits = iter([False, False, True])
        show_time_until_done(lambda seconds: next(waits), log=log, output=output)
        assert output.getvalue() == "      0:00, 57 of 210 files compiled\n" * 2

    @pytest.mark.parametrize(("seconds", "shown"), [(5.9, "0:05"), (60, "1:00"), (3725, "62:05")])
    def test_clock_shows_minutes_and_seconds(self, seconds: float, shown: str) -> None:
        assert clock(seconds) == shown

    def test_log_without_a_compilation_says_nothing_of_files(self) -> None:
        assert files_compiled("Collecting numpy [metadata]") == ""


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    found = [re.fullmatch(r"([\w.-]+)==(\S+)", line) for line in lines if line[:1] != "#"]
    return {canonicalize_name(each[1]): each[2] for each in found if each}


def direct_requirements() -> list[Requirement]:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [line for lines in declared["optional-dependencies"].values() for line in lines]
    return [Requirement(line) for line in (*declared["dependencies"], *extras)]


class TestConstraints:
    def test_every_line_is_a_comment_or_a_pin(self) -> None:
        lines = (ROOT / "constraints.txt").read_text().splitlines()
        assert [line for line in lines if not re.fullmatch(r"#.*|[\w.-]+==[\w.]+", line)] == []

    def test_every_direct_dependency_is_pinned_within_its_range(self) -> None:
        pinned = pins()
        assert [
            str(wanted)
            for wanted in direct_requirements()
            if not wanted.specifier.contains(pinned.get(canonicalize_name(wanted.name), "0"))
        ] == []

    def test_no_cuda_package_is_pinned(self) -> None:
        assert cuda_packages(pins()) == []

    def test_torch_is_pinned_without_the_build_of_one_machine(self) -> None:
        assert "+" not in pins()["torch"]
