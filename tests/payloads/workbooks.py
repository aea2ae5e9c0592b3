"""Workbooks for tests, made in code: honest ones of any layout, in every format a unit may send."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from connectors.case_workbook import Reference, SheetKind, headers_of

TODAY = date(2026, 11, 23)
DECIDED_ON = date(2026, 10, 12)

CASE_HEADERS = list(headers_of(SheetKind.CASES))
DECISION_HEADERS = list(headers_of(SheetKind.DECISIONS))
MONEY_HEADERS = list(headers_of(SheetKind.MONEY))

REFERENCE = Reference(
    unit_codes={
        "phuvang": "PHUVANG",
        "phu vang": "PHUVANG",
        "chi cuc thads huyen phu vang": "PHUVANG",
        "huongtra": "HUONGTRA",
        "huong tra": "HUONGTRA",
        "cuc": "CUC",
    },
    area_codes={"19804": "19804", "thuan an": "19804", "00027": "00027"},
    today=TODAY,
)

_CASE = {
    "Đơn vị ban hành": "PHUVANG",
    "Số quyết định": "46/QĐ-CCTHADS",
    "Ngày quyết định": DECIDED_ON,
    "Ngày thụ lý": date(2026, 10, 13),
    "Đơn vị đang thi hành": "Hương Trà",
    "Hình thức": "Theo yêu cầu",
    "Loại án": "Dân sự",
    "Chấp hành viên": "CHV-07",
    "Xã, phường": "Thuận An",
    "Số tiền phải thi hành": 150_000_000,
    "Nhóm": "TD; NS",
}
_DECISION = {
    "Đơn vị ban hành": "PHUVANG",
    "Số quyết định": "46/QĐ-CCTHADS",
    "Ngày quyết định": DECIDED_ON,
    "Loại": "Chưa có điều kiện",
    "Ngày": date(2026, 11, 2),
    "Số tiền": "",
    "Hủy": "",
}
_MONEY = {
    "Đơn vị ban hành": "PHUVANG",
    "Số quyết định": "46/QĐ-CCTHADS",
    "Ngày quyết định": DECIDED_ON,
    "Ngày": date(2026, 11, 3),
    "Loại": "Thu",
    "Số tiền": 5_000_000,
}


def case_row(**changes: Any) -> list[Any]:
    """A whole row of sheet Việc in canonical order; keys of `changes` are headers with "_" for spaces, or exact."""
    return _row(_CASE, changes)


def decision_row(**changes: Any) -> list[Any]:
    """A whole row of sheet Quyết định."""
    return _row(_DECISION, changes)


def money_row(**changes: Any) -> list[Any]:
    """A whole row of sheet Thu chi."""
    return _row(_MONEY, changes)


def _row(values: Mapping[str, Any], changes: Mapping[str, Any]) -> list[Any]:
    unknown = changes.keys() - values.keys()
    assert not unknown, f"no such column: {unknown}"
    return [changes.get(header, value) for header, value in values.items()]


def write_xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], *, merges: Sequence[str] = ()) -> Path:
    """Rows by sheet name; dates become date cells, numbers numbers, texts shared strings. `merges` are A1 ranges."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(str(path), options) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row_index, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is None or cell == "":
                        continue
                    sheet.write(row_index, column, cell)
            for merge in merges:
                sheet.merge_range(merge, None)
    return path


def write_xls(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """The same as an Excel 97 file."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row_index, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write(row_index, column, cell, day)
                elif cell not in (None, ""):
                    sheet.write(row_index, column, cell)
    book.save(str(path))
    return path


def csv_bytes(rows: Sequence[Sequence[Any]], *, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """The rows as Excel saves them to CSV on a Vietnamese machine: days as dd/mm/yyyy."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([[_csv_cell(cell) for cell in row] for row in rows])
    return text.getvalue().encode(encoding)


def _csv_cell(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell
