"""The agency's working calendar: data/holidays.csv (kind `holiday`, or `worked` for a day off that is worked instead)
and the windows of data/shifts.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, time
from functools import lru_cache
from pathlib import Path

from domain.working_days import WorkingCalendar

DATA = Path(__file__).resolve().parent.parent / "data"
HOLIDAY, WORKED = "holiday", "worked"


@lru_cache(maxsize=4)
def load_working_calendar(folder: Path = DATA) -> WorkingCalendar:
    """The calendar in force; raises OSError, KeyError or ValueError when a file is unusable."""
    days = [(row["kind"], date.fromisoformat(row["day"])) for row in _rows(folder / "holidays.csv")]
    unknown = {kind for kind, _ in days} - {HOLIDAY, WORKED}
    if unknown:
        raise ValueError(f"holidays.csv: unknown kind {sorted(unknown)[0]!r}")
    windows = [(time.fromisoformat(row["from"]), time.fromisoformat(row["to"])) for row in _rows(folder / "shifts.csv")]
    if not windows or any(begins >= ends for begins, ends in windows) or windows != sorted(windows):
        raise ValueError("shifts.csv: windows must be in order, each ending after it begins")
    return WorkingCalendar(
        holidays=frozenset(day for kind, day in days if kind == HOLIDAY),
        windows=tuple(windows),
        extra_working_days=frozenset(day for kind, day in days if kind == WORKED),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
