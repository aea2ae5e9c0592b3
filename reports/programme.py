"""The scoreboard of pledges as a workbook: one row a pledge and one a pledge and unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from domain.programme import EVIDENCE_NAMES, VERDICT_NAMES, PledgeStanding, Reached
from reports.table import Cell, Table, write_table

COLUMNS = (
    ("Cam kết", 48.0),
    ("Đơn vị", 30.0),
    ("Mức (%)", 10.0),
    ("Năm", 8.0),
    ("Đạt", 14.0),
    ("Trên", 14.0),
    ("Tỷ lệ (%)", 12.0),
    ("Tình trạng", 18.0),
    ("Từ ngày", 12.0),
    ("Căn cứ", 28.0),
    ("Số liệu lúc", 18.0),
    ("Ghi chú", 50.0),
)
WHOLE = "Cả phạm vi"
LEGEND = "Ô trống: chưa có số liệu, không phải bằng không."


def write_programme(
    path: Path, standings: Sequence[PledgeStanding], names: Mapping[str, str], notes: Sequence[str]
) -> None:
    """Every pledge, each followed by its units; raises OSError."""
    rows = [row for standing in standings for row in _rows(standing, names)]
    write_table(path, Table("Cam kết của Đề án", COLUMNS, rows, notes, [LEGEND]))


def _rows(standing: PledgeStanding, names: Mapping[str, str]) -> list[list[Cell]]:
    rule, evidence = standing.rule, standing.evidence
    said: list[Cell] = [VERDICT_NAMES[standing.verdict], standing.since_on]
    basis: list[Cell] = [f"{evidence.source.title}, {EVIDENCE_NAMES[rule.kind]}", evidence.source.as_of_at]
    promised: list[Cell] = [_number(rule.target), rule.due_year]
    rows: list[list[Cell]] = [[rule.name, WHOLE, *promised, *_reached(evidence.total), *said, *basis, evidence.note]]
    behind = set(standing.behind)
    for unit, reached in evidence.by_unit.items():
        told: Cell = "chưa có số liệu" if reached is None else "chưa đạt" if unit in behind else None
        rows.append([rule.name, names.get(unit, unit), *promised, *_reached(reached), told, None, *basis, None])
    return rows


def _reached(reached: Reached | None) -> list[Cell]:
    if reached is None:
        return [None, None, None]
    return [_number(reached.part), _number(reached.whole), _number(reached.percent)]


def _number(number: Decimal | None) -> Cell:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
