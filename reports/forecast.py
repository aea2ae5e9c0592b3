"""The workbook of the year's end: a unit a row; what is not known stays empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from domain.indicators import CountedIn
from domain.year_path import Outlook
from reports.table import Cell, Table, write_table

WHOLE_NAME = "Cộng"


def write_outlooks(
    path: Path,
    outlooks: Sequence[Outlook],
    names: Mapping[str, str],
    counted_in: CountedIn,
    notes: Sequence[str],
) -> None:
    """Rates in per cent; what is counted in việc or in đồng. `names` by unit, '' is the whole. Raises OSError."""
    unit = "việc" if counted_in is CountedIn.CASES else "đồng"
    columns = (
        ("Đơn vị", 34),
        ("Đến nay, %", 12),
        ("Dự báo cuối năm, %", 18),
        ("Thấp nhất, %", 13),
        ("Cao nhất, %", 13),
        ("Chỉ tiêu, %", 12),
        (f"Đã xong, {unit}", 20),
        (f"Còn phải xong, {unit}", 20),
        ("Tuần làm việc còn lại", 20),
        (f"Cần mỗi tuần, {unit}", 20),
        (f"Mỗi tuần 8 tuần qua, {unit}", 24),
    )
    write_table(path, Table("Dự báo cuối năm", columns, [_row(each, names) for each in outlooks], notes))


def _row(each: Outlook, names: Mapping[str, str]) -> tuple[Cell, ...]:
    forecast, path = each.forecast, each.path
    bounds = forecast.bounds if forecast else None
    return (
        names.get(each.code, each.code),
        _number(each.rate),
        _number(forecast.rate if forecast else None),
        _number(bounds[0] if bounds else None),
        _number(bounds[1] if bounds else None),
        _number(each.target),
        path.completed if path else None,
        path.needed if path else None,
        _number(path.weeks_left if path else None),
        _number(path.per_week if path else None),
        _number(path.pace if path else None),
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
