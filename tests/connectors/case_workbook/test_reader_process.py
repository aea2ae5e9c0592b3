"""The limited child process: what it inherits, what it may use, what it leaves behind."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psutil
import pytest
from payloads.hostile_files import HOSTILE_FILES
from payloads.workbooks import CASE_HEADERS, REFERENCE, case_row, csv_bytes, write_xlsx

from connectors.base import SourceUnavailable, WorkbookRefused
from connectors.case_workbook import Limits, read_workbook
from connectors.case_workbook.child import _forbid

ROOT = Path(__file__).resolve().parents[3]

GROWTH_OF_A_FRESH_PARENT = """
import json, sys
from datetime import date
from pathlib import Path
from connectors.base import WorkbookRefused
from connectors.case_workbook import Reference, read_workbook

def peak():
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024

before = peak()
reasons = []
for path in sys.argv[1:]:
    try:
        read_workbook(Path(path), Reference({}, {}, date(2026, 11, 23)))
    except WorkbookRefused as refused:
        reasons.append(refused.reason)
print(json.dumps({"growth": peak() - before, "reasons": reasons}))
"""


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder temporary files go to."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peaks are read from /proc")
def test_the_worst_bombs_together_cost_a_fresh_parent_less_than_fifty_megabytes(tmp_path: Path) -> None:
    worst = ["cell bomb", "far cells", "one far cell", "lying size", "overlapping parts", "seventy thousand parts"]
    paths = []
    for number, hostile in enumerate(file for file in HOSTILE_FILES if file.name in worst):
        paths.append(tmp_path / f"{number}{hostile.suffix}")
        paths[-1].write_bytes(hostile.build(tmp_path))
    command = [sys.executable, "-c", GROWTH_OF_A_FRESH_PARENT, *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    assert len(said["reasons"]) == len(worst)
    assert said["growth"] < 50


def test_a_file_that_takes_too_much_processor_time_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "viec.csv"
    row = ["PHUVANG", "46", "12/10/2026", "CĐ", "DS", "1.000"]
    headers = [CASE_HEADERS[at] for at in (0, 1, 2, 5, 6, 9)]
    path.write_bytes(csv_bytes([headers, *([row] * 550_000)]))
    with pytest.raises(WorkbookRefused, match="quá lâu") as refused:
        read_workbook(path, REFERENCE, Limits(cpu_seconds=1))
    assert refused.value.detail.startswith("signal")


def test_a_child_that_hangs_is_stopped_and_gone(tmp_path: Path, scratch: Path) -> None:
    path = write_xlsx(tmp_path / "viec.xlsx", {"Việc": [CASE_HEADERS, case_row()]})
    before = {child.pid for child in psutil.Process().children()}
    with pytest.raises(WorkbookRefused, match="quá lâu") as refused:
        read_workbook(path, REFERENCE, Limits(wall_seconds=0.01))
    assert refused.value.detail == "wall clock"
    assert {child.pid for child in psutil.Process().children()} <= before
    assert list(scratch.iterdir()) == []


def test_a_child_that_asks_for_too_much_memory_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "viec.csv"
    path.write_bytes(b"a,b,c\n" * 5_000_000)
    with pytest.raises(WorkbookRefused, match="bộ nhớ"):
        read_workbook(path, REFERENCE, Limits(memory_bytes=40_000_000))


def test_nothing_is_left_behind_by_a_good_or_a_refused_file(tmp_path: Path, scratch: Path) -> None:
    read_workbook(write_xlsx(tmp_path / "viec.xlsx", {"Việc": [CASE_HEADERS, case_row()]}), REFERENCE)
    with pytest.raises(WorkbookRefused):
        read_workbook(write_xlsx(tmp_path / "sai.xlsx", {"Việc": [["a"]]}), REFERENCE)
    assert list(scratch.iterdir()) == []


def test_the_child_inherits_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    given: dict[str, Any] = {}
    real = subprocess.Popen

    def watched(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        given.update(options)
        return real(*arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", watched)
    path = write_xlsx(tmp_path / "viec.xlsx", {"Việc": [CASE_HEADERS, case_row()]})
    assert len(read_workbook(path, REFERENCE).cases) == 1
    assert set(given["env"]) == {"LANG", "PYTHONUTF8"}


def test_the_child_may_not_use_the_network_or_start_programs() -> None:
    for event in ("socket.connect", "socket.__new__", "subprocess.Popen", "os.exec", "os.fork", "os.system"):
        with pytest.raises(PermissionError):
            _forbid(event, ())
    _forbid("open", ())


def test_the_child_does_not_load_the_product(tmp_path: Path) -> None:
    code = "import sys, connectors.case_workbook.child; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"pandas", "sqlalchemy", "dash", "flask", "settings", "xlsxwriter"} & set(done.stdout.split())


def test_a_file_that_is_not_there_is_an_unavailable_source(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable):
        read_workbook(tmp_path / "viec.xlsx", REFERENCE)
