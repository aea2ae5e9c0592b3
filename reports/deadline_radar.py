"""The workbook of running statutory clocks, one row a clock of a việc. Officers by code, no party and no content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from domain.deadline_radar import RunningClock
from domain.deadlines import CLOCK_NAMES, Clock
from reports.table import Cell, Table, write_table

COLUMNS = (
    ("Số quyết định", 20), ("Đơn vị", 34), ("CHV", 12), ("Thời hạn", 28), ("Căn cứ", 34), ("Tính từ", 12),
    ("Hạn cuối", 12), ("Số ngày còn lại", 16), ("Quá hạn", 10),
)  # fmt: skip


def write_running_clocks(
    path: Path,
    rows: Sequence[RunningClock],
    names: Mapping[str, str],
    bases: Mapping[Clock, str],
    today: date,
    notes: Sequence[str],
) -> None:
    """`bases` is the legal basis by clock; `notes` say what was asked for and what is missing. Raises OSError."""
    write_table(path, Table("Thời hạn", COLUMNS, [_row(row, names, bases, today) for row in rows], notes))


def _row(row: RunningClock, names: Mapping[str, str], bases: Mapping[Clock, str], today: date) -> tuple[Cell, ...]:
    left = None if row.due_on is None else (row.due_on - today).days
    return (
        row.decision,
        names.get(row.unit, row.unit),
        row.officer,
        CLOCK_NAMES[row.clock],
        bases.get(row.clock),
        row.started_on,
        row.due_on,
        left,
        None if left is None else "có" if left < 0 else "không",
    )
