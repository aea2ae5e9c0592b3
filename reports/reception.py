"""The month of citizen reception as a workbook: one row per unit, as the report to the leaders asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.reception import PetitionCounts, ReceptionCounts
from reports.table import Cell, Table, write_table

COLUMNS = (
    ("Đơn vị", 30.0),
    ("Lượt", 8.0),
    ("Người", 8.0),
    ("Vụ việc", 8.0),
    ("Đoàn đông người", 12.0),
    ("Lãnh đạo tiếp", 12.0),
    ("Chờ trung vị (phút)", 14.0),
    ("Có giám sát", 12.0),
    ("Không giám sát", 12.0),
    ("Chưa rõ giám sát", 14.0),
    ("Đơn đang giải quyết", 14.0),
    ("Đơn quá hạn", 12.0),
    ("Đơn đã giải quyết trong năm", 20.0),
)
LEGEND = "Ô trống: đơn vị chưa gửi dữ liệu, không phải bằng không."


@dataclass(frozen=True, slots=True)
class ReceptionLine:
    """One unit of the report; None where it has sent nothing."""

    unit_name: str
    counts: ReceptionCounts | None
    delegations: int
    petitions: PetitionCounts | None


def write_reception(path: Path, lines: Sequence[ReceptionLine], notes: Sequence[str]) -> None:
    """The table below its notes; raises OSError."""
    write_table(path, Table("Tiếp công dân", COLUMNS, [_row(line) for line in lines], notes, [LEGEND]))


def _row(line: ReceptionLine) -> list[Cell]:
    return [line.unit_name, *_counts(line), *_petitions(line.petitions)]


def _counts(line: ReceptionLine) -> list[Cell]:
    counts = line.counts
    if counts is None:
        return [None] * 9
    wait = None if counts.median_wait is None else counts.median_wait.total_seconds() / 60
    numbers: list[Cell] = [counts.received, counts.people, counts.matters, line.delegations, counts.by_leader, wait]
    return [*numbers, counts.watched, counts.unwatched, counts.unknown]


def _petitions(counts: PetitionCounts | None) -> list[Cell]:
    return [None] * 3 if counts is None else [counts.open, counts.overdue, counts.resolved]
