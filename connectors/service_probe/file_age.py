"""How old the newest file of a folder is: nothing is opened, nothing outside of the watched folder is looked at."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.local_time import moment_words
from domain.software_systems import HealthState, ProbeResult

MOST_FILES = 10_000
AHEAD = timedelta(minutes=10)


def newest_file(watched: Path, name: str, oldest: timedelta, now: datetime) -> ProbeResult:
    """Whether a file of the folder `name` below `watched` is younger than `oldest`; links and subfolders are left out.

    A folder that is not there, or that leads out of the watched one, says nothing of the system: unknown.
    """
    try:
        root = watched.resolve(strict=True)
        folder = (root / name).resolve(strict=True)
        if not folder.is_relative_to(root) or not folder.is_dir():
            return ProbeResult(HealthState.UNKNOWN, "Thư mục không nằm dưới thư mục theo dõi.")
        newest_at = _newest(folder)
    except OSError:
        return ProbeResult(HealthState.UNKNOWN, "Không đọc được thư mục theo dõi này trên máy chủ.")
    if newest_at is None:
        return ProbeResult(HealthState.SILENT, "Thư mục không có tệp nào.")
    if newest_at > now + AHEAD:
        return ProbeResult(HealthState.UNKNOWN, f"Giờ của tệp ở tương lai: {moment_words(newest_at)}.")
    if now - newest_at > oldest:
        hours = int(oldest / timedelta(hours=1))
        return ProbeResult(HealthState.SILENT, f"Tệp mới nhất lúc {moment_words(newest_at)}, quá {hours} giờ.")
    return ProbeResult(HealthState.ANSWERING)


def _newest(folder: Path) -> datetime | None:
    newest = None
    with os.scandir(folder) as entries:
        for count, entry in enumerate(entries):
            if count >= MOST_FILES:
                break
            seen = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(seen.st_mode):
                newest = max(newest or seen.st_mtime, seen.st_mtime)
    return None if newest is None else datetime.fromtimestamp(newest, UTC)
