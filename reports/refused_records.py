"""The workbook of records a source sent that could not be used: which, which field, its value, and why.

Everything is written as text, so nothing in it can act as a formula on the reader's side.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

HEADERS = ("Mã tại nguồn", "Trường", "Giá trị", "Lỗi", "Bản ghi")
WIDTHS = (24, 20, 30, 60, 60)


def write_refused_records(path: Path, records: Iterable[tuple[str, str, str, str, str]]) -> None:
    """One row per record, in the order of HEADERS; raises OSError."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        # quotePrefix keeps a text a text even when somebody edits the cell.
        plain = book.add_format({"num_format": "@", "quote_prefix": True, "text_wrap": True})
        bold = book.add_format({"bold": True, "bg_color": "#D9E4F2"})
        sheet = book.add_worksheet("Bản ghi bị từ chối")
        for column, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
            sheet.write_string(0, column, header, bold)
            sheet.set_column(column, column, width)
        for at, record in enumerate(records, 1):
            for column, words in enumerate(record):
                sheet.write_string(at, column, words, plain)
        sheet.freeze_panes(1, 0)
