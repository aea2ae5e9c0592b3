"""The agency's shifts: data/shifts.csv, each window of a day with the minutes that are let pass."""

from __future__ import annotations

import csv
from datetime import time, timedelta
from functools import lru_cache
from pathlib import Path

from data_access.working_days import DATA
from domain.attendance import Shift


@lru_cache(maxsize=4)
def load_shifts(folder: Path = DATA) -> tuple[Shift, ...]:
    """The shifts in order of the day; raises OSError, KeyError or ValueError when the file is unusable."""
    with (folder / "shifts.csv").open(encoding="utf-8", newline="") as lines:
        shifts = [_shift(row) for row in csv.DictReader(lines)]
    return tuple(sorted(shifts, key=lambda shift: shift.begins))


def _shift(row: dict[str, str]) -> Shift:
    late, early = (timedelta(minutes=int(row[name])) for name in ("late_minutes", "early_minutes"))
    if late < timedelta(0) or early < timedelta(0):
        raise ValueError("shifts.csv: minutes must not be negative")
    return Shift(time.fromisoformat(row["from"]), time.fromisoformat(row["to"]), late, early, status=row["status"])
