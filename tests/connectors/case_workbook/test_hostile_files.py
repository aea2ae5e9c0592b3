"""Hostile files: each is refused with a reason in Vietnamese, quickly, and the parent process does not grow."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
import pytest
from payloads.hostile_files import HOSTILE_FILES, HostileFile
from payloads.workbooks import REFERENCE, TODAY

from connectors.base import SourceUnavailable, WorkbookRefused
from connectors.case_workbook import Limits, Reference, parse_workbook, read_workbook
from connectors.case_workbook.child import _forbid

GROWTH_ALLOWED = 50 * 1024 * 1024
SECONDS_ALLOWED = 20.0


def test_the_corpus_has_at_least_sixty_files() -> None:
    assert len({hostile.name for hostile in HOSTILE_FILES}) == len(HOSTILE_FILES) >= 60


@pytest.mark.slow
@pytest.mark.parametrize("hostile", HOSTILE_FILES, ids=lambda hostile: hostile.name)
def test_a_hostile_file_is_refused_and_hurts_nobody(hostile: HostileFile, tmp_path: Path) -> None:
    path = tmp_path / f"viec{hostile.suffix}"
    path.write_bytes(hostile.build(tmp_path))
    before = psutil.Process().memory_info().rss
    began = time.monotonic()
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(path, REFERENCE)
    assert hostile.reason in refused.value.reason, refused.value.detail
    assert time.monotonic() - began < SECONDS_ALLOWED
    assert psutil.Process().memory_info().rss - before < GROWTH_ALLOWED


def test_a_child_that_runs_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "viec.csv"
    path.write_bytes(b"a,b,c\n" * 100_000)
    with pytest.raises(WorkbookRefused, match="quá lâu") as refused:
        read_workbook(path, REFERENCE, Limits(wall_seconds=0.01))
    assert refused.value.detail == "wall clock"


def test_a_child_that_asks_for_too_much_memory_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "viec.csv"
    path.write_bytes(b"a,b,c\n" * 5_000_000)
    with pytest.raises(WorkbookRefused, match="bộ nhớ"):
        read_workbook(path, REFERENCE, Limits(memory_bytes=40_000_000))


def test_a_file_that_is_not_there_is_an_unavailable_source(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable):
        read_workbook(tmp_path / "viec.xlsx", REFERENCE)


def test_the_reading_process_may_not_use_the_network() -> None:
    for event in ("socket.connect", "socket.__new__", "subprocess.Popen", "os.exec", "os.fork", "os.system"):
        with pytest.raises(PermissionError):
            _forbid(event, ())
    _forbid("open", ())


def test_a_name_that_looks_like_a_path_only_lends_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "upload-1"
    path.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(WorkbookRefused, match="Không nhận"):
        parse_workbook(path, Reference({}, {}, TODAY), name="../../x.exe")
