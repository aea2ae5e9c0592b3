"""Formulas: their last computed value counts, and a failed one is an error and not a blank."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt
from payloads.workbooks import CASE_HEADERS, REFERENCE, case_row, csv_bytes

from connectors.case_workbook import parse_workbook

OFFICER, DOCKETED, DUE = 7, 3, 9


def xlsx_with_formula(path: Path, column: int, value: Any, sheet_name: str = "Việc") -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        book.add_worksheet("Ghi chú").write(0, 0, "x")
        sheet = book.add_worksheet(sheet_name)
        for row_index, row in enumerate((CASE_HEADERS, case_row(), case_row())):
            for at, cell in enumerate(row, 2):
                sheet.write(row_index + 3, at, cell)
        sheet.write_formula(4, column + 2, "=A1", None, value)
    return path


def xls_with_formula(path: Path, column: int, formula: str) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    book.add_sheet("Ghi chú")
    sheet = book.add_sheet("Việc", cell_overwrite_ok=True)
    for row_index, row in enumerate((CASE_HEADERS, case_row(), case_row())):
        for at, cell in enumerate(row, 2):
            sheet.write(row_index + 3, at, cell, *([day] if hasattr(cell, "year") else []))
    sheet.write(4, column + 2, xlwt.Formula(formula))
    book.save(str(path))
    return path


def test_the_cached_value_of_a_formula_counts(tmp_path: Path) -> None:
    workbook = parse_workbook(xlsx_with_formula(tmp_path / "a.xlsx", DUE, 7000), REFERENCE)
    assert [case.amount_due for case in workbook.cases] == [7000, 150_000_000]


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#NAME?"])
@pytest.mark.parametrize("column", [DOCKETED, DUE])
def test_a_failed_formula_rejects_its_row_even_where_a_blank_would_do(column: int, error: str, tmp_path: Path) -> None:
    workbook = parse_workbook(xlsx_with_formula(tmp_path / "a.xlsx", column, error), REFERENCE)
    assert len(workbook.cases) == 1
    (row,) = workbook.rejected
    assert (row.column, row.row_number, row.reason) == (CASE_HEADERS[column], 5, "ô công thức bị lỗi")


def test_a_failed_formula_in_a_column_nobody_reads_is_nobodys_trouble(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Việc")
        for row_index, row in enumerate(([*CASE_HEADERS, "Ghi chú"], case_row())):
            sheet.write_row(row_index, 0, row)
        sheet.write_formula(1, len(CASE_HEADERS), "=1/0", None, "#DIV/0!")
    assert len(parse_workbook(path, REFERENCE).cases) == 1


def test_a_failed_formula_in_an_old_workbook_rejects_its_row(tmp_path: Path) -> None:
    path = xls_with_formula(tmp_path / "a.xls", DOCKETED, "1")
    # xlwt stores no results: make the stored one the error #DIV/0! of the file format.
    content = bytearray(path.read_bytes())
    at = content.find(b"\x06\x00", content.find(CASE_HEADERS[0].encode("utf-16-le")))
    while content[at + 4 : at + 8] != bytes((4, 0, DOCKETED + 2, 0)):
        at = content.find(b"\x06\x00", at + 1)
        assert at > 0
    content[at + 10 : at + 18] = b"\x02\x00\x07\x00\x00\x00\xff\xff"
    path.write_bytes(bytes(content))
    workbook = parse_workbook(path, REFERENCE)
    assert len(workbook.cases) == 1
    assert [(row.column, row.row_number, row.reason) for row in workbook.rejected] == [
        ("Ngày thụ lý", 5, "ô công thức bị lỗi")
    ]


def test_a_failed_formula_in_a_csv_file_rejects_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes([CASE_HEADERS, case_row(**{"Số tiền phải thi hành": "#REF!"})]))
    assert [row.reason for row in parse_workbook(path, REFERENCE).rejected] == ["ô công thức bị lỗi"]
