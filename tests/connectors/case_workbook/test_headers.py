"""The header row: any order, any spelling, below titles, in two merged rows, or packed into one column."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payloads.workbooks import CASE_HEADERS, DECISION_HEADERS, MONEY_HEADERS, case_row, decision_row

from connectors.case_workbook.fields import FIELDS, SheetKind, header_key, kind_by_sheet_name
from connectors.case_workbook.headers import Header, find_header


def found(rows: list[list[object]], kind: SheetKind = SheetKind.CASES) -> Header:
    header = find_header(rows, kind)  # type: ignore[arg-type]
    assert header is not None
    return header


def without_marks(text: str) -> str:
    letters = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


SPELLINGS = (
    str,
    str.upper,
    str.lower,
    without_marks,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: f"  {text.replace(' ', '  ')} :",
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "\n"),
    lambda text: f"{text} (*)",
)


@given(st.permutations(CASE_HEADERS), st.lists(st.sampled_from(SPELLINGS), min_size=11, max_size=11))
def test_headers_are_found_in_any_order_and_spelling(headers: list[str], spellings: list[object]) -> None:
    written = [spell(header) for spell, header in zip(spellings, headers, strict=True)]  # type: ignore[operator]
    header = found([written, case_row()])
    assert {name: headers[column] for name, column in header.columns.items()} == {
        field.name: field.header for field in FIELDS[SheetKind.CASES]
    }
    assert header.missing == header.ignored == ()
    assert header.data_from == 1


def test_every_alias_leads_to_its_own_field_and_to_no_other() -> None:
    for kind in SheetKind:
        owners: dict[str, str] = {}
        for field in FIELDS[kind]:
            for alias in field.headers:
                assert owners.setdefault(header_key(alias), field.name) == field.name, (kind, alias)


def test_titles_above_the_header_are_passed_over() -> None:
    title: list[list[object]] = [["CỤC THI HÀNH ÁN DÂN SỰ"], [], ["DANH SÁCH VIỆC"], ["(Số liệu đến ngày 23/11/2026)"]]
    header = found([*title, list(CASE_HEADERS), case_row()])
    assert header.data_from == 5


def test_a_header_below_the_first_fifteen_rows_is_not_looked_for() -> None:
    blank: list[list[object]] = [[""]] * 15
    assert find_header([*blank, list(CASE_HEADERS)], SheetKind.CASES) is None  # type: ignore[list-item]
    assert found([*blank[:14], list(CASE_HEADERS)]).data_from == 15


def test_two_merged_rows_make_one_header() -> None:
    top = ["Đơn vị ban hành", "Quyết định thi hành án", "", "", "Hình thức", "Loại án", "Ghi chú", ""]
    below = ["", "Số", "Ngày", "Số tiền", "", "", "Riêng", "Chung"]
    header = found([["SỔ THỤ LÝ", "", "", "", "", "", "", ""], top, below, case_row()])
    assert header.columns == {"unit": 0, "number": 1, "decided_on": 2, "amount_due": 3, "kind": 4, "case_type": 5}
    assert header.missing == ()
    assert header.data_from == 3
    assert header.ignored == ("Ghi chú / Riêng", "Ghi chú / Chung")


def test_the_word_day_under_another_heading_is_not_the_day_of_the_decision() -> None:
    top = ["Đơn vị", "Bản án", "", "Quyết định thi hành án", "", "Loại", "Ngày"]
    below = ["", "Số", "Ngày", "Số", "Ngày", "", ""]
    header = found([top, below, decision_row()], SheetKind.DECISIONS)
    assert header.columns == {"unit": 0, "number": 3, "decided_on": 4, "kind": 5, "effective_on": 6}
    assert header.ignored == ("Bản án / Số", "Bản án / Ngày")


def test_generic_words_under_an_unknown_heading_count_when_nothing_else_does() -> None:
    top = ["Đơn vị ban hành", "Quyết định thi hành án", "", "Sự kiện", "", ""]
    below = ["", "Số", "Ngày", "Loại", "Ngày", "Số tiền"]
    header = found([top, below, decision_row()], SheetKind.DECISIONS)
    assert header.columns == {"unit": 0, "number": 1, "decided_on": 2, "kind": 3, "effective_on": 4, "amount": 5}


def test_one_packed_column_stands_for_number_day_and_money() -> None:
    headers = ["Đơn vị ban hành", "Quyết định THA (số; ngày; số tiền)", "Hình thức", "Loại án"]
    header = found([list(headers), ["PHUVANG", "46; 05/10/2025; 1.000", "Chủ động", "Dân sự"]])
    assert header.packed == {"number", "decided_on", "amount_due"}
    assert header.columns["number"] == header.columns["decided_on"] == header.columns["amount_due"] == 1
    assert header.missing == ()


def test_own_columns_win_over_a_packed_one() -> None:
    header = found([[*CASE_HEADERS, "Quyết định thi hành án"], case_row()])
    assert header.packed == frozenset()
    assert header.ignored == ("Quyết định thi hành án",)


def test_a_row_that_numbers_the_columns_is_no_data() -> None:
    numbers: list[object] = [f"({number})" for number in range(1, 12)]
    assert found([list(CASE_HEADERS), numbers, case_row()]).data_from == 2
    assert found([list(CASE_HEADERS), [float(number) for number in range(11)], case_row()]).data_from == 2
    assert found([list(CASE_HEADERS), case_row()]).data_from == 1


def test_missing_columns_are_named_as_people_know_them() -> None:
    header = found([["Đơn vị ban hành", "Số QĐ", "Loại án"]])
    assert header.missing == ("Ngày quyết định", "Hình thức", "Số tiền phải thi hành")


def test_a_doubled_column_is_read_once_and_the_other_is_reported() -> None:
    header = found([[*CASE_HEADERS, "Số QĐ"], case_row()])
    assert header.columns["number"] == 1
    assert header.ignored == ("Số QĐ",)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Việc", SheetKind.CASES),
        ("VIEC", SheetKind.CASES),
        ("Việc (2)", SheetKind.CASES),
        ("Danh sách việc", SheetKind.CASES),
        ("Quyết định", SheetKind.DECISIONS),
        ("quyet dinh", SheetKind.DECISIONS),
        ("Thu, chi", SheetKind.MONEY),
        ("Thu - Chi", SheetKind.MONEY),
        ("Sheet1", None),
        ("Danh mục", None),
        ("Hướng dẫn", None),
    ],
)
def test_sheets_are_known_by_name(name: str, kind: SheetKind | None) -> None:
    assert kind_by_sheet_name(name) is kind


def test_the_three_canonical_headers_are_those_of_the_contract() -> None:
    assert CASE_HEADERS[:3] == DECISION_HEADERS[:3] == MONEY_HEADERS[:3]
    assert DECISION_HEADERS[3:] == ["Loại", "Ngày", "Số tiền", "Hủy"]
    assert MONEY_HEADERS[3:] == ["Ngày", "Loại", "Số tiền"]


@given(st.lists(st.lists(st.one_of(st.text(max_size=20), st.floats(), st.booleans()), max_size=8), max_size=18))
def test_no_rows_make_the_search_for_a_header_fail(rows: list[list[object]]) -> None:
    for kind in SheetKind:
        find_header(rows, kind)  # type: ignore[arg-type]
