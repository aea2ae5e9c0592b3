"""Files we hand out: the template reads back empty, an error report can be corrected and sent again, no formulas."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from payloads.workbooks import CASE_HEADERS, REFERENCE, case_row, csv_bytes, money_row, write_xlsx

from connectors.case_workbook import SHEET_TITLES, RejectedRow, SheetKind, headers_of, parse_workbook
from connectors.case_workbook.error_report import ERROR_HEADER, write_error_report
from connectors.case_workbook.template import write_template

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "{=1}",
    "http://example.org",
    "'=1",
]


def a_rejected_row(**changes: object) -> RejectedRow:
    values: dict[str, object] = {
        "kind": SheetKind.CASES,
        "sheet": "Việc",
        "row_number": 7,
        "column": "Nhóm",
        "value": "?",
        "reason": "chỉ nhận TD, TN, NS, DN",
        "cells": tuple(f"ô {at}" for at in range(len(CASE_HEADERS))),
    }
    return RejectedRow(**{**values, **changes})  # type: ignore[arg-type]


def test_the_template_has_the_three_sheets_and_reads_back_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    write_template(path, ["Phú Vang"], ["Phường Thuận An"])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Việc", "Quyết định", "Thu chi", "Danh mục", "Hướng dẫn"]
    for kind, title in SHEET_TITLES.items():
        assert tuple(cell.value for cell in book[title][3]) == headers_of(kind)
        assert book[title].data_validations.dataValidation
    workbook = parse_workbook(path, REFERENCE)
    assert (workbook.rows_read, workbook.rejected, workbook.as_of_on) == (0, [], None)
    assert all(columns == [] for columns in workbook.ignored_columns.values())
    assert workbook.ignored_sheets == ["Danh mục", "Hướng dẫn"]


def test_a_filled_template_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    book["Việc"]["B1"] = "23/11/2026"
    book["Việc"].append(case_row())
    book["Thu chi"].append(money_row())
    book.save(path)
    workbook = parse_workbook(path, REFERENCE)
    assert (len(workbook.cases), len(workbook.money), workbook.rejected) == (1, 1, [])
    assert workbook.as_of_on is not None


def test_a_template_without_names_offers_no_empty_lists(tmp_path: Path) -> None:
    write_template(tmp_path / "mau.xlsx")
    rules = openpyxl.load_workbook(tmp_path / "mau.xlsx")["Việc"].data_validations.dataValidation
    assert len(rules) == 2


def test_an_error_report_repeats_the_row_and_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "loi.xlsx"
    rows = [
        a_rejected_row(),
        a_rejected_row(sheet="Thu chi", kind=SheetKind.MONEY, cells=("a", "b", "c", "d", "e", "f")),
    ]
    write_error_report(path, rows, beyond=3)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Việc", "Thu chi", "Ghi chú"]
    header, row = (list(line) for line in book["Việc"].iter_rows(values_only=True))
    assert header[:-1] == [*CASE_HEADERS, ERROR_HEADER]
    assert row == [*rows[0].cells, "Nhóm: chỉ nhận TD, TN, NS, DN", 7]
    assert "3 dòng" in book["Ghi chú"]["A1"].value


def test_a_corrected_error_report_can_be_sent_back(tmp_path: Path) -> None:
    source = write_xlsx(tmp_path / "viec.xlsx", {"Việc": [CASE_HEADERS, case_row(**{"Nhóm": "?"}), case_row()]})
    first = parse_workbook(source, REFERENCE)
    report = tmp_path / "loi.xlsx"
    write_error_report(report, first.rejected)
    assert parse_workbook(report, REFERENCE).cases == []
    book = openpyxl.load_workbook(report)
    book["Việc"]["K2"] = "TD;NS"
    book.save(report)
    assert parse_workbook(report, REFERENCE).cases == first.cases


def test_sheets_with_names_excel_refuses_are_renamed_and_kept_apart(tmp_path: Path) -> None:
    names = ["a/b:c*?[d]\\", "x" * 60, "x" * 59 + "y", "", "'quote'", "VIỆC", "việc"]
    write_error_report(tmp_path / "loi.xlsx", [a_rejected_row(sheet=name) for name in names])
    assert len(openpyxl.load_workbook(tmp_path / "loi.xlsx").sheetnames) == len(names)


def test_a_report_of_nothing_says_so(tmp_path: Path) -> None:
    write_error_report(tmp_path / "loi.xlsx", [])
    assert "Không có dòng nào" in openpyxl.load_workbook(tmp_path / "loi.xlsx")["Ghi chú"]["A1"].value


def test_no_text_of_a_report_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "loi.xlsx"
    texts = (FORMULAS * 2)[: len(CASE_HEADERS)]
    write_error_report(path, [a_rejected_row(cells=tuple(texts), column="=1+1", reason="=2+2")])
    sheet = openpyxl.load_workbook(path)["Việc"]
    cells = [cell for cell in sheet[2] if isinstance(cell.value, str)]
    assert [cell.value for cell in cells[:-1]] == texts
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)
    with zipfile.ZipFile(path) as package:
        xml = b"".join(package.read(name) for name in package.namelist() if "worksheets/" in name)
    assert b"<f>" not in xml and b"hyperlink" not in xml


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=20), min_size=11, max_size=11))
def test_any_text_can_be_reported(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "viec.csv"
        path.write_bytes(csv_bytes([CASE_HEADERS, texts]))
        write_error_report(Path(folder) / "loi.xlsx", parse_workbook(path, REFERENCE).rejected)
        openpyxl.load_workbook(Path(folder) / "loi.xlsx")
