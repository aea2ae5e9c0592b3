"""The equipment register as a workbook: every line of every unit, and below what a modern office needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.equipment import EQUIPMENT_NAMES, EquipmentItem
from reports.table import Cell, Table, write_table

COLUMNS = (
    ("Đơn vị", 30), ("Loại thiết bị", 24), ("Số lượng", 10), ("Năm sử dụng", 12), ("Còn dùng được", 14),
    ("Nối mạng", 10), ("Mã tài sản", 18),
)  # fmt: skip
LEGEND = "Ô trống: sổ không ghi, không phải là không."


def write_equipment(path: Path, items: Sequence[EquipmentItem], names: Mapping[str, str], notes: Sequence[str]) -> None:
    """`names` are units by code, `notes` say as of when, and which offices have all they need. Raises OSError."""
    write_table(path, Table("Trang thiết bị", COLUMNS, [_row(item, names) for item in items], notes, [LEGEND]))


def _row(item: EquipmentItem, names: Mapping[str, str]) -> tuple[Cell, ...]:
    return (
        names.get(item.unit, item.unit),
        EQUIPMENT_NAMES[item.kind],
        item.quantity,
        item.year,
        _said(item.is_working),
        _said(item.is_networked),
        item.asset or None,
    )


def _said(known: bool | None) -> str | None:
    return None if known is None else "có" if known else "không"
