"""The workbook of field reports a desk takes to a meeting: what was asked for, as of when, one row per report.

Coded subjects only: a citizen's text is not in it. Everything but times is written as text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from domain.field_reports import STATE_NAMES
from domain.local_time import local
from domain.report_filters import DeskReport

HEADERS = ("Mã tại nguồn", "Nội dung", "Đơn vị", "Trạng thái", "Tiếp nhận", "Hạn xử lý", "Đóng", "Đúng hạn", "Hài lòng")
WIDTHS = (20, 30, 34, 20, 18, 18, 18, 10, 10)


def write_field_reports(
    path: Path, reports: Sequence[DeskReport], names: Mapping[str, str], notes: Sequence[str]
) -> None:
    """`notes` are lines above the table: what was asked for, how old it is, whether it is a sample. Raises OSError."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), {**options, "default_date_format": "hh:mm dd/mm/yyyy"}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#D9E4F2"})
        sheet = book.add_worksheet("Phản ánh")
        for at, note in enumerate(notes):
            sheet.write_string(at, 0, note)
        top = len(notes) + 1
        for column, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
            sheet.write_string(top, column, header, bold)
            sheet.set_column(column, column, width)
        for line, item in enumerate(reports, top + 1):
            for column, value in enumerate(_row(item, names)):
                if isinstance(value, datetime):
                    sheet.write_datetime(line, column, local(value).replace(tzinfo=None))
                elif value is not None:
                    sheet.write_string(line, column, value)
        sheet.freeze_panes(top + 1, 0)


def _row(item: DeskReport, names: Mapping[str, str]) -> tuple[str | datetime | None, ...]:
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
        str(item.satisfaction) if item.satisfaction else None,
    )
