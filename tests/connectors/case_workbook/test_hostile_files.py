"""Hostile files: each is refused with a reason in Vietnamese, quickly, and the parent process does not grow."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
import pytest
from payloads.hostile_files import HOSTILE_FILES, HostileFile
from payloads.workbooks import REFERENCE, TODAY

from connectors.base import WorkbookRefused
from connectors.case_workbook import Reference, parse_workbook, read_workbook

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


def test_a_name_that_looks_like_a_path_only_lends_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "upload-1"
    path.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(WorkbookRefused, match="Không nhận"):
        parse_workbook(path, Reference({}, {}, TODAY), name="../../x.exe")
