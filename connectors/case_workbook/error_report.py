"""The workbook that goes back to the sender: every refused row as it was sent, and a column saying what is wrong.

Everything is written as text, so nothing in it can act as a formula on the receiver's side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from connectors.case_workbook.fields import SheetKind, headers_of
from connectors.case_workbook.parsed import RejectedRow

ERROR_HEADER = "Lỗi"
ROW_HEADER = "Dòng trong tệp gửi"
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_SHEET_NAME = 31


def write_error_report(path: Path, rejected: Sequence[RejectedRow], beyond: int = 0) -> None:
    """One sheet per sheet of the file; `beyond` rows were refused too but not kept. Raises OSError."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        # quotePrefix keeps a text a text even when somebody edits the cell.
        plain = book.add_format({"num_format": "@", "quote_prefix": True})
        bold = book.add_format({"bold": True, "bg_color": "#D9E4F2"})
        wrong = book.add_format({"num_format": "@", "quote_prefix": True, "text_wrap": True, "bg_color": "#FBE3E0"})
        for title, (kind, rows) in _by_sheet(rejected).items():
            sheet = book.add_worksheet(title)
            headers = (*headers_of(kind), ERROR_HEADER, ROW_HEADER)
            for column, header in enumerate(headers):
                sheet.write_string(0, column, header, bold)
            sheet.set_column(0, len(headers), 18)
            sheet.set_column(len(headers) - 2, len(headers) - 2, 60)
            for at, row in enumerate(rows, 1):
                for column, text in enumerate(row.cells):
                    sheet.write_string(at, column, text, plain)
                sheet.write_string(
                    at, len(headers) - 2, f"{row.column}: {row.reason}" if row.column else row.reason, wrong
                )
                sheet.write_number(at, len(headers) - 1, row.row_number)
            sheet.freeze_panes(1, 0)
        if beyond or not rejected:
            sheet = book.add_worksheet("Ghi chú")
            note = f"Còn {beyond} dòng sai nữa không liệt kê ở đây." if beyond else "Không có dòng nào bị từ chối."
            sheet.write_string(0, 0, note)


def _by_sheet(rejected: Sequence[RejectedRow]) -> dict[str, tuple[SheetKind, list[RejectedRow]]]:
    """Rows by the title of the report's sheet: the source sheet's name, made fit and kept apart from equal ones."""
    by_source: dict[tuple[str, SheetKind], list[RejectedRow]] = {}
    for row in rejected:
        by_source.setdefault((row.sheet, row.kind), []).append(row)
    titled: dict[str, tuple[SheetKind, list[RejectedRow]]] = {}
    taken: set[str] = set()
    for (sheet, kind), rows in by_source.items():
        title = base = _NOT_IN_SHEET_NAMES.sub(" ", sheet).strip("' ")[: _LONGEST_SHEET_NAME - 3] or "Trang"
        number = 2
        while title.lower() in taken:
            title, number = f"{base} {number}", number + 1
        taken.add(title.lower())
        titled[title] = (kind, rows)
    return titled
