"""The workbook of security events a desk takes to a meeting: coded, without a person's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.security import KIND_NAMES, ORIGIN_NAMES, OUTCOME_NAMES, SHIFT_NAMES, SecurityEvent
from reports.table import Cell, Table, write_table

COLUMNS = (
    ("Lúc", 18), ("Lần cuối", 18), ("Đơn vị", 30), ("Loại", 28), ("Số lần báo", 12), ("Nguồn ghi nhận", 18),
    ("Camera", 16), ("Ca trực", 12), ("Kết quả", 20), ("Giờ do hệ thống nhận", 22), ("Ghi chú", 44),
)  # fmt: skip


def write_security(path: Path, events: Sequence[SecurityEvent], names: Mapping[str, str], notes: Sequence[str]) -> None:
    """`names` are units by code, `notes` say of which units and days. Raises OSError."""
    write_table(path, Table("An ninh", COLUMNS, [_row(event, names) for event in events], notes))


def _row(event: SecurityEvent, names: Mapping[str, str]) -> tuple[Cell, ...]:
    return (
        event.happened_at,
        event.last_at,
        names.get(event.unit, event.unit),
        KIND_NAMES[event.kind],
        event.count,
        ORIGIN_NAMES[event.origin],
        event.camera or None,
        SHIFT_NAMES[event.shift] if event.shift else None,
        OUTCOME_NAMES[event.outcome],
        "có" if event.is_time_ours else None,
        event.note or None,
    )
