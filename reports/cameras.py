"""The workbook of cameras a desk takes to a meeting: how each stands, and how available it was for thirty days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.cameras import (
    PRIVACY_NAMES,
    PURPOSE_NAMES,
    STATE_NAMES,
    Availability,
    Camera,
    CameraHealth,
    CameraState,
)
from reports.table import Cell, Table, write_table

COLUMNS = (
    ("Camera", 16), ("Đơn vị", 30), ("Vị trí", 26), ("Mục đích", 22), ("Mức riêng tư", 22), ("QCVN 11:2026", 16),
    ("Trạng thái", 24), ("Từ lúc", 18), ("Hình xác nhận lúc", 18), ("Lỗi đầu tiên", 44),
    ("Sẵn sàng 30 ngày, %", 18), ("Số lần gián đoạn", 16),
)  # fmt: skip
COMPLIANCE = {True: "đạt", False: "không đạt", None: None}


@dataclass(frozen=True, slots=True)
class CameraReport:
    """One camera as the workbook tells of it."""

    camera: Camera
    unit_name: str
    state: CameraState
    since: datetime | None
    health: CameraHealth
    month: Availability


def write_cameras(path: Path, cameras: Sequence[CameraReport], notes: Sequence[str]) -> None:
    """`notes` say of which units, how old it is, whether it is a sample. Raises OSError."""
    write_table(path, Table("Camera", COLUMNS, [_row(item) for item in cameras], notes))


def _row(item: CameraReport) -> tuple[Cell, ...]:
    camera, failing = item.camera, item.health.first_failing
    return (
        camera.code,
        item.unit_name,
        camera.place,
        PURPOSE_NAMES[camera.purpose],
        PRIVACY_NAMES[camera.privacy],
        COMPLIANCE[camera.is_compliant],
        STATE_NAMES[item.state],
        item.since,
        item.health.frame_at,
        failing.reason if failing else None,
        item.month.percent,
        # Never looked at: that nothing was interrupted is not known either.
        len(item.month.interruptions) if item.month.up or item.month.down else None,
    )
