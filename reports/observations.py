"""Figures by indicator, unit and period as a workbook: one row a statement, with when it was made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from domain.observations import Observation, ObservedIndicator
from reports.table import Cell, Table, write_table

COLUMNS = (
    ("Mã chỉ tiêu", 24.0),
    ("Chỉ tiêu", 44.0),
    ("Đơn vị", 26.0),
    ("Kỳ", 14.0),
    ("Tử số", 14.0),
    ("Mẫu số", 14.0),
    ("Giá trị", 20.0),
    ("Đơn vị tính", 16.0),
    ("Thời điểm số liệu", 18.0),
)
LEGEND = "Đơn vị, kỳ không có dòng là chưa có số liệu, không phải bằng không."


def write_observations(
    path: Path, lines: Iterable[tuple[ObservedIndicator, str, Observation]], notes: Sequence[str]
) -> None:
    """`lines` are indicator, the unit's name, what is stated; raises OSError."""
    rows = [_row(*line) for line in lines]
    write_table(path, Table("Số liệu theo kỳ", COLUMNS, rows, notes, [LEGEND]))


def _row(indicator: ObservedIndicator, unit: str, stated: Observation) -> list[Cell]:
    figures = stated.figures
    is_amount = figures.denominator is None
    return [
        indicator.code,
        indicator.name,
        unit,
        stated.period.code,
        None if is_amount else _number(figures.numerator),
        _number(figures.denominator),
        _number(figures.numerator) if is_amount else None,
        indicator.unit_word,
        stated.as_of_at,
    ]


def _number(number: Decimal | None) -> Cell:
    """A number a sheet can add up; a whole one is written whole."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
