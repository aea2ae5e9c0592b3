from __future__ import annotations

import collections
import errno
import subprocess
import sys
from pathlib import Path

import pytest

from manage_commands import environment, test_tools
from manage_commands.environment import Refused

Usage = collections.namedtuple("Usage", "total used free")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like the product's, with an environment that seems complete."""
    (tmp_path / "requirements.txt").write_text("a==1 \\\n    --hash=sha256:00\nb==2\n", encoding="utf-8")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    return tmp_path


def complete(version: str = "3.11") -> None:
    environment.stamp_file("requirements.txt").write_text(environment.stamp("requirements.txt", version), "utf-8")


def test_an_environment_is_used_again_while_the_requirements_are_the_same(place: Path) -> None:
    assert not environment.is_fresh("requirements.txt")
    complete()
    assert environment.is_fresh("requirements.txt")
    (place / "requirements.txt").write_text("a==2\n", encoding="utf-8")
    assert not environment.is_fresh("requirements.txt")


def test_an_environment_of_another_python_is_made_again(place: Path) -> None:
    complete("3.11")
    assert environment.is_fresh("requirements.txt", "3.11")
    assert not environment.is_fresh("requirements.txt", "3.12")


def test_an_environment_that_was_moved_is_made_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    complete()
    moved = place.with_name("moved")
    place.rename(moved)
    monkeypatch.setattr(environment, "ROOT", moved)
    monkeypatch.setattr(environment, "VENV", moved / ".venv")
    assert not environment.is_fresh("requirements.txt")


def test_an_installation_cut_short_leaves_no_finished_environment(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_short(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "is_usable", lambda: True)
    monkeypatch.setattr(environment, "install", cut_short)
    with pytest.raises(KeyboardInterrupt):
        environment.make_environment("requirements.txt")
    assert not environment.is_fresh("requirements.txt")


def test_a_nearly_full_disk_is_refused_before_anything_is_written(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 400_000_000))
    with pytest.raises(Refused, match=r"còn 0,4 GB, cần ít nhất 1 GB trống"):
        environment.make_environment("requirements.txt")


def test_pip_without_space_says_that_the_disk_is_full(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "echo 'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device'; exit 1"
    monkeypatch.setattr(environment, "venv_python", lambda: write_script(place, said))
    with environment.step("x") as progress, pytest.raises(Refused, match="cần ít nhất 1 GB trống"):
        environment.install("requirements.txt", progress)


def test_a_package_with_another_hash_is_refused_with_the_words_of_pip(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "echo 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES'; exit 1"
    monkeypatch.setattr(environment, "venv_python", lambda: write_script(place, said))
    with environment.step("x") as progress, pytest.raises(Refused, match="DO NOT MATCH THE HASHES"):
        environment.install("requirements.txt", progress)


def test_the_progress_counts_packages(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "venv_python", lambda: write_script(place, "echo 'Collecting a==1'"))
    with environment.step("x") as progress:
        environment.install("requirements.txt", progress)
        assert progress.detail == "1/2 gói"


def write_script(place: Path, body: str) -> str:
    script = place / "fake-python"
    script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    script.chmod(0o755)
    return str(script)


def test_a_disk_that_fills_up_during_a_command_is_one_sentence_and_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fill_up(_requirements: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(environment, "enter", fill_up)
    assert environment.leave_with(["statistics"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Không thực hiện được: đĩa chứa")
    assert "Traceback" not in said


def test_without_chromium_and_without_root_the_browser_tests_are_skipped_aloud(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(test_tools, "is_fresh", lambda _: True)
    monkeypatch.setattr(test_tools.shutil, "which", lambda _: None)
    monkeypatch.setattr(test_tools.os, "geteuid", lambda: 1000)
    test_tools.prepare()
    assert "SKIPPED" in capsys.readouterr().out


def test_an_old_python_is_told_which_one_is_needed(tmp_path: Path) -> None:
    """There is no old Python here, so one is feigned: the file asks `sys.version_info` and must say so plainly."""
    root = Path(__file__).resolve().parents[2]
    feigned = (
        "import sys, runpy, os\n"
        "sys.version_info = (3, 9, 2, 'final', 0)\n"
        "sys.argv = ['manage.py', 'run']\n"
        f"runpy.run_path({str(root / 'manage.py')!r}, run_name='__main__')\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", feigned], capture_output=True, text=True, cwd=tmp_path, env={"PATH": str(tmp_path)}
    )
    assert told.returncode == 1
    assert "Cần Python 3.11 trở lên; đang dùng Python 3.9" in told.stderr
    assert "Traceback" not in told.stderr
