"""The month table of a unit as a workbook: one row per code, one letter per day, the sums. Nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from domain.attendance import LETTERS, STATUS_NAMES, DayStatus, PersonMonth
from reports.table import Cell, Table, write_table

SUMS = tuple(status for status in DayStatus if LETTERS[status])
LEGEND = "; ".join(f"{LETTERS[status]}: {STATUS_NAMES[status]}" for status in SUMS)


def write_month(path: Path, people: Sequence[PersonMonth], days: Sequence[date], notes: Sequence[str]) -> None:
    """The table below its notes, and what the letters mean; raises OSError."""
    columns = [("Mã", 10.0), *((str(day.day), 3.0) for day in days), *((STATUS_NAMES[status], 14.0) for status in SUMS)]
    legend = f"{LEGEND}. Ô trống: ngày nghỉ, hoặc không có trong danh sách."
    write_table(path, Table("Chấm công", columns, [_row(person) for person in people], notes, [legend]))


def _row(person: PersonMonth) -> list[Cell]:
    letters = ["" if status is None else LETTERS[status] for status in person.days]
    return [person.code, *letters, *(person.counts.get(status, 0) for status in SUMS)]
