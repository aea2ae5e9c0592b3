"""Requests to the public services as a workbook: by code, without whoever made them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from domain.public_services import (
    CHANNEL_NAMES,
    SATISFACTION_NAMES,
    STATE_NAMES,
    PublicService,
    ServiceRequest,
)
from reports.table import Cell, Table, write_table

COLUMNS = (
    ("Mã hồ sơ", 24), ("Đơn vị", 30), ("Mã dịch vụ", 14), ("Dịch vụ", 44), ("Kênh", 22), ("Ngoài tỉnh", 12),
    ("Tiếp nhận", 18), ("Hạn trả kết quả", 18), ("Trả kết quả", 18), ("Trả lại hồ sơ", 18), ("Trạng thái", 30),
    ("Đánh giá", 16),
)  # fmt: skip
LEGEND = "Ô trống: nguồn không ghi, không phải là không. Không có tên, địa chỉ, số điện thoại người yêu cầu."


def write_public_services(
    path: Path,
    requests: Sequence[ServiceRequest],
    units: Mapping[str, str],
    services: Mapping[str, PublicService],
    notes: Sequence[str],
    now: datetime,
) -> None:
    """`units` are names by code, `notes` say of which filter and as of when. Raises OSError."""
    rows = [_row(request, units, services, now) for request in requests]
    write_table(path, Table("Dịch vụ công", COLUMNS, rows, notes, [LEGEND]))


def _row(
    one: ServiceRequest, units: Mapping[str, str], services: Mapping[str, PublicService], now: datetime
) -> tuple[Cell, ...]:
    title = services[one.service].title if one.service in services else None
    return (
        one.code,
        units.get(one.unit, one.unit),
        one.service,
        title,
        CHANNEL_NAMES[one.channel] if one.channel else None,
        None if one.is_outside is None else "có" if one.is_outside else "không",
        one.received_at,
        one.due_at,
        one.done_at,
        one.returned_at,
        STATE_NAMES[one.state(now)],
        SATISFACTION_NAMES[one.satisfaction] if one.satisfaction else None,
    )
