"""The workbook of field reports a desk takes to a meeting, one row per report. Coded subjects only: a citizen's text is
not in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.field_reports import STATE_NAMES
from domain.report_filters import DeskReport
from reports.table import Cell, Table, write_table

COLUMNS = (
    ("Mã tại nguồn", 20), ("Nội dung", 30), ("Đơn vị", 34), ("Trạng thái", 20), ("Tiếp nhận", 18), ("Hạn xử lý", 18),
    ("Đóng", 18), ("Đúng hạn", 10), ("Hài lòng", 10),
)  # fmt: skip


def write_field_reports(
    path: Path, reports: Sequence[DeskReport], names: Mapping[str, str], notes: Sequence[str]
) -> None:
    """`notes` say what was asked for, how old it is, whether it is a sample. Raises OSError."""
    write_table(path, Table("Phản ánh", COLUMNS, [_row(item, names) for item in reports], notes))


def _row(item: DeskReport, names: Mapping[str, str]) -> tuple[Cell, ...]:
    report = item.report
    in_time = None
    if report.due_at is not None and report.closed_at is not None:
        in_time = "có" if report.closed_at <= report.due_at else "không"
    return (
        item.external_id,
        report.title,
        names.get(report.unit, report.unit) if report.unit else "ngoài địa bàn",
        STATE_NAMES[report.state],
        report.requested_at,
        report.due_at,
        report.closed_at,
        in_time,
        item.satisfaction,
    )
