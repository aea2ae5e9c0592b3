"""The workbook of cameras a desk takes to a meeting: how each stands, and how available it was for thirty days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from domain.local_time import local

HEADERS = (
    "Camera", "Đơn vị", "Vị trí", "Mục đích", "Mức riêng tư", "QCVN 11:2026", "Trạng thái", "Từ lúc",
    "Hình xác nhận lúc", "Điều đầu tiên sai", "Sẵn sàng 30 ngày, %", "Số lần gián đoạn",
)  # fmt: skip
WIDTHS = (16, 30, 26, 22, 22, 16, 24, 18, 18, 44, 18, 16)
Cell = str | datetime | float | None


def write_cameras(path: Path, rows: Sequence[Sequence[Cell]], notes: Sequence[str]) -> None:
    """Rows in the order of HEADERS below the notes; a cell nobody knows is empty, never zero. Raises OSError."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), {**options, "default_date_format": "hh:mm dd/mm/yyyy"}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#D9E4F2"})
        share = book.add_format({"num_format": "0.0"})
        sheet = book.add_worksheet("Camera")
        for at, note in enumerate(notes):
            sheet.write_string(at, 0, note)
        top = len(notes) + 1
        for column, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
            sheet.write_string(top, column, header, bold)
            sheet.set_column(column, column, width)
        for line, row in enumerate(rows, top + 1):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(line, column, local(value).replace(tzinfo=None))
                elif isinstance(value, float | int):
                    sheet.write_number(line, column, value, share if isinstance(value, float) else None)
                elif value is not None:
                    sheet.write_string(line, column, value)
        sheet.freeze_panes(top + 1, 0)
