"""Whole workbooks: what is accepted, what is set aside, what refuses the file, in every format."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from payloads.workbooks import (
    CASE_HEADERS,
    DECIDED_ON,
    DECISION_HEADERS,
    MONEY_HEADERS,
    REFERENCE,
    case_row,
    csv_bytes,
    decision_row,
    money_row,
    write_xls,
    write_xlsx,
)

from connectors.base import WorkbookRefused
from connectors.case_workbook import Limits, ParsedWorkbook, RowRef, SheetKind, parse_workbook, read_workbook, row_cells
from domain.cases import (
    CaseGroup,
    CaseKey,
    CaseKind,
    CaseRecord,
    CaseType,
    DecisionKind,
    DecisionRecord,
    MoneyKind,
    MoneyRecord,
)

KEY = CaseKey("PHUVANG", "46", 2027)
THE_CASE = CaseRecord(
    key=KEY,
    decided_on=DECIDED_ON,
    docketed_on=date(2026, 10, 13),
    handling_unit="HUONGTRA",
    kind=CaseKind.ON_REQUEST,
    case_type=CaseType.CIVIL,
    officer="CHV-07",
    area="19804",
    amount_due=150_000_000,
    groups=frozenset({CaseGroup.CREDIT, CaseGroup.BUDGET}),
)
THE_DECISION = DecisionRecord(KEY, DECIDED_ON, DecisionKind.NOT_ENFORCEABLE, date(2026, 11, 2), None, False)
THE_MONEY = MoneyRecord(KEY, DECIDED_ON, MoneyKind.COLLECTED, date(2026, 11, 3), 5_000_000)
THREE_SHEETS = {
    "Việc": [CASE_HEADERS, case_row()],
    "Quyết định": [DECISION_HEADERS, decision_row()],
    "Thu chi": [MONEY_HEADERS, money_row()],
}


def parsed(
    tmp_path: Path, sheets: dict[str, list[list[Any]]], name: str = "viec.xlsx", **options: Any
) -> ParsedWorkbook:
    return parse_workbook(write_xlsx(tmp_path / name, sheets, **options), REFERENCE)


def parsed_cases(tmp_path: Path, *rows: list[Any]) -> ParsedWorkbook:
    return parsed(tmp_path, {"Việc": [CASE_HEADERS, *rows]})


@pytest.mark.parametrize("write", [write_xlsx, write_xls], ids=["xlsx", "xls"])
def test_three_sheets_give_three_kinds_of_records(write: Callable[..., Path], tmp_path: Path) -> None:
    path = write(tmp_path / f"viec.{write.__name__[-4:].strip('_')}", THREE_SHEETS)
    workbook = parse_workbook(path, REFERENCE)
    assert (workbook.cases, workbook.decisions, workbook.money) == ([THE_CASE], [THE_DECISION], [THE_MONEY])
    assert workbook.rejected == []
    assert workbook.rows_read == 3
    assert workbook.case_ref(0) == RowRef("Việc", 2)
    assert workbook.decision_ref(0) == RowRef("Quyết định", 2)
    assert workbook.money_ref(0) == RowRef("Thu chi", 2)


def test_the_child_process_reads_exactly_what_this_process_reads(tmp_path: Path) -> None:
    bad = case_row(**{"Hình thức": "Gì đó", "Chấp hành viên": "Nguyễn Văn A"})
    sheets = {
        **THREE_SHEETS,
        "Việc": [["Số liệu đến ngày", "23/11/2026 09:40"], [*CASE_HEADERS, "Ghi chú"], case_row(), bad],
    }
    path = write_xlsx(tmp_path / "viec.xlsx", sheets)
    here, there = parse_workbook(path, REFERENCE), read_workbook(path, REFERENCE)
    assert here == there
    assert there.ignored_columns["Việc"] == ["Ghi chú"]
    assert there.as_of_at == datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
    assert len(there.rejected) == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_file_is_known_by_its_headers(delimiter: str, encoding: str, tmp_path: Path) -> None:
    for headers, row, expected in (
        (CASE_HEADERS, case_row(), ([THE_CASE], [], [])),
        (DECISION_HEADERS, decision_row(), ([], [THE_DECISION], [])),
        (MONEY_HEADERS, money_row(), ([], [], [THE_MONEY])),
    ):
        path = tmp_path / "xuat.csv"
        path.write_bytes(csv_bytes([["SỔ"], headers, row], delimiter=delimiter, encoding=encoding))
        workbook = parse_workbook(path, REFERENCE)
        assert (workbook.cases, workbook.decisions, workbook.money) == expected


def test_a_csv_file_of_the_old_vietnamese_code_page_is_read(tmp_path: Path) -> None:
    rows = [["Đơn vị ban hành", "Số QĐ", "Ngày QĐ", "Hình thức", "Loại án", "Số tiền phải THA"]]
    rows.append(["Phú Vang", "46", "12/10/2026", "Chủ động", "Hôn nhân và gia đình", "150.000đ"])
    # The page keeps some vowels whole and writes tone marks as letters of their own.
    text = csv_bytes(rows, encoding="utf-8").decode()
    path = tmp_path / "xuat.csv"
    path.write_bytes(b"".join(_cp1258(letter) for letter in text))
    workbook = parse_workbook(path, REFERENCE)
    assert [case.case_type for case in workbook.cases] == [CaseType.FAMILY]


def _cp1258(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", letter)
        kept = unicodedata.normalize(
            "NFC", "".join(mark for mark in marks if mark not in "\u0300\u0301\u0303\u0309\u0323")
        )
        tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        return (kept + tones).encode("cp1258")


def test_broken_bytes_reject_their_row_and_no_other(tmp_path: Path) -> None:
    content = csv_bytes(
        [CASE_HEADERS, case_row(), case_row(**{"Số quyết định": "47/XX"}), case_row()], encoding="utf-8"
    )
    path = tmp_path / "xuat.csv"
    path.write_bytes(content.replace(b"47/XX", b"47/\xff\xfe"))
    workbook = parse_workbook(path, REFERENCE)
    assert len(workbook.cases) == 2
    assert [(row.row_number, row.column) for row in workbook.rejected] == [(3, "Số quyết định")]
    assert "ký tự hỏng" in workbook.rejected[0].reason
    workbook.rejected[0].value.encode()


def test_a_csv_file_may_name_its_separator_first(tmp_path: Path) -> None:
    path = tmp_path / "xuat.csv"
    path.write_bytes(b"sep=;\r\n" + csv_bytes([CASE_HEADERS, case_row()], delimiter=";", encoding="utf-8"))
    assert parse_workbook(path, REFERENCE).cases == [THE_CASE]


def test_changes_may_hold_decisions_or_money_alone(tmp_path: Path) -> None:
    assert parsed(tmp_path, {"Quyết định": [DECISION_HEADERS, decision_row()]}).decisions == [THE_DECISION]
    assert parsed(tmp_path, {"Thu chi": [MONEY_HEADERS, money_row()]}).money == [THE_MONEY]


def test_a_single_sheet_of_any_name_is_known_by_its_headers(tmp_path: Path) -> None:
    assert parsed(tmp_path, {"Sheet1": [CASE_HEADERS, case_row()]}).cases == [THE_CASE]
    assert parsed(tmp_path, {"Sheet1": [DECISION_HEADERS[:6], decision_row()[:6]]}).decisions == [THE_DECISION]
    assert parsed(tmp_path, {"Sheet1": [MONEY_HEADERS, money_row()]}).money == [THE_MONEY]
    several = {"Sheet1": [MONEY_HEADERS, money_row()], "Sheet2": [[]], "Sheet3": [["ghi chú"]]}
    assert parsed(tmp_path, several).money == [THE_MONEY]


def test_a_misnamed_sheet_is_known_by_its_headers(tmp_path: Path) -> None:
    assert parsed(tmp_path, {"Quyết định": [CASE_HEADERS, case_row()]}).cases == [THE_CASE]


def test_a_register_split_over_two_sheets_is_one(tmp_path: Path) -> None:
    sheets = {"Việc": [CASE_HEADERS, case_row()], "Việc (2)": [CASE_HEADERS, case_row(**{"Số quyết định": 47})]}
    workbook = parsed(tmp_path, sheets)
    assert [case.key.number for case in workbook.cases] == ["46", "47"]
    assert [workbook.case_ref(index) for index in (0, 1)] == [RowRef("Việc", 2), RowRef("Việc (2)", 2)]


def test_unknown_columns_and_sheets_are_reported_and_ignored(tmp_path: Path) -> None:
    sheets = {"Việc": [["STT", *CASE_HEADERS, "Họ tên đương sự"], [1, *case_row(), "Nguyễn Văn A"]], "Ghi chú": [["x"]]}
    workbook = parsed(tmp_path, sheets)
    assert workbook.cases == [THE_CASE]
    assert workbook.ignored_columns == {"Việc": ["STT", "Họ tên đương sự"]}
    assert workbook.ignored_sheets == ["Ghi chú"]


def test_a_missing_required_column_refuses_the_file_by_name(tmp_path: Path) -> None:
    headers = [header for header in CASE_HEADERS if header not in ("Loại án", "Hình thức")]
    with pytest.raises(WorkbookRefused) as refused:
        parsed(tmp_path, {"Việc": [headers, case_row()[:9]]})
    assert refused.value.reason == "Trang “Việc” thiếu cột bắt buộc: “Hình thức”, “Loại án”."


def test_a_file_without_any_known_header_says_so(tmp_path: Path) -> None:
    with pytest.raises(WorkbookRefused, match="không thấy dòng tiêu đề trong 15 dòng đầu"):
        parsed(tmp_path, {"Việc": [["a", "b"], [1, 2]]})
    with pytest.raises(WorkbookRefused, match="không thấy dòng tiêu đề"):
        parsed(tmp_path, {"Sheet1": [["a", "b"], [1, 2]]})
    with pytest.raises(WorkbookRefused, match="không có dòng nào"):
        parsed(tmp_path, {"Sheet1": []})
    with pytest.raises(WorkbookRefused, match="trống"):
        parsed(tmp_path, {"Việc": []})


def test_an_empty_register_is_a_file_without_rows(tmp_path: Path) -> None:
    workbook = parsed(tmp_path, {"Việc": [CASE_HEADERS], "Quyết định": []})
    assert workbook.rows_read == 0


def test_blank_cells_take_the_stated_defaults(tmp_path: Path) -> None:
    blank = {"Ngày thụ lý": "", "Đơn vị đang thi hành": "-", "Chấp hành viên": "", "Xã, phường": " ", "Nhóm": ""}
    (case,) = parsed_cases(tmp_path, case_row(**blank)).cases
    assert (case.docketed_on, case.handling_unit, case.officer, case.area) == (DECIDED_ON, "PHUVANG", None, None)
    assert case.groups == frozenset()


def test_missing_optional_columns_take_the_same_defaults(tmp_path: Path) -> None:
    keep = [0, 1, 2, 5, 6, 9]
    rows = [[row[at] for at in keep] for row in (CASE_HEADERS, case_row())]
    (case,) = parsed(tmp_path, {"Việc": rows}).cases
    assert (case.docketed_on, case.handling_unit, case.officer, case.area) == (DECIDED_ON, "PHUVANG", None, None)


def test_the_statistical_year_of_the_key_is_that_of_the_decision(tmp_path: Path) -> None:
    days = [date(2025, 9, 30), date(2025, 10, 1), date(2026, 9, 30), date(2026, 10, 1)]
    rows = [case_row(**{"Ngày quyết định": day, "Ngày thụ lý": date(2026, 11, 1)}) for day in days]
    assert [case.key.year for case in parsed_cases(tmp_path, *rows).cases] == [2025, 2026, 2026, 2027]


def test_total_blank_and_signature_rows_are_no_data(tmp_path: Path) -> None:
    rows = [
        [*CASE_HEADERS, "STT"],
        case_row(),
        [],
        ["Tổng cộng", "", "", "", "", "", "", "", "", 150_000_000],
        ["", "", "", "", "", "", "", "", "", 150_000_000, "", "Cộng:"],
        ["TỔNG SỐ", 12, "", "", "", "", "", "", "", 150_000_000],
        ["", "", "", "", "", "", "", "", "", 0],
        ["Người lập biểu", "", "", "", "", "", "", "Chi cục trưởng"],
        ["", "Trần Thị Mẫu", "", "", "", "", "", "Lê Văn Mẫu"],
    ]
    workbook = parsed(tmp_path, {"Việc": rows})
    assert workbook.cases == [THE_CASE]
    assert workbook.rejected == []
    assert (workbook.rows_read, workbook.total_rows, workbook.note_rows) == (1, 3, 2)


def test_a_row_of_only_money_is_a_note_but_a_row_with_content_is_rejected(tmp_path: Path) -> None:
    workbook = parsed_cases(tmp_path, ["", "", "", "", "", "Chủ động", "Dân sự", "", "", 5_000])
    assert workbook.note_rows == 0
    assert [row.column for row in workbook.rejected] == ["Đơn vị ban hành"]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Đơn vị ban hành", "Đơn vị lạ", "không có đơn vị này"),
        ("Đơn vị ban hành", "", "trống"),
        ("Số quyết định", "QĐ-THADS", "không đọc được số quyết định"),
        ("Ngày quyết định", "31/02/2026", "không có trong lịch"),
        ("Ngày quyết định", date(1989, 1, 1), "trước năm 1990"),
        ("Ngày quyết định", date(2027, 1, 1), "tương lai"),
        ("Ngày thụ lý", "hôm qua", "không đọc được ngày"),
        ("Đơn vị đang thi hành", "Đơn vị lạ", "không có đơn vị này"),
        ("Hình thức", "Tự nguyện", "chỉ nhận: Chủ động, Theo yêu cầu"),
        ("Loại án", "Án lạ", "chỉ nhận: Dân sự"),
        ("Xã, phường", "Xã lạ", "không có xã, phường này"),
        ("Số tiền phải thi hành", "", "trống"),
        ("Số tiền phải thi hành", -5, "âm"),
        ("Số tiền phải thi hành", 1000.5, "lẻ dưới 1 đồng"),
        ("Số tiền phải thi hành", "20 m2 đất", "không đọc được số tiền"),
        ("Nhóm", "TD;XX", "chỉ nhận TD, TN, NS, DN"),
    ],
)
def test_a_bad_cell_rejects_its_row_with_column_value_and_reason(
    column: str, value: Any, reason: str, tmp_path: Path
) -> None:
    workbook = parsed_cases(tmp_path, case_row(), case_row(**{column: value}), case_row())
    assert len(workbook.cases) == 2
    (row,) = workbook.rejected
    assert (row.kind, row.sheet, row.row_number, row.column) == (SheetKind.CASES, "Việc", 3, column)
    assert reason in row.reason
    assert row.cells[CASE_HEADERS.index(column)] == row.value
    assert len(row.cells) == len(CASE_HEADERS)


def test_every_bad_cell_of_a_row_is_told_at_once(tmp_path: Path) -> None:
    (row,) = parsed_cases(tmp_path, case_row(**{"Loại án": "Lạ", "Nhóm": "XX"})).rejected
    assert row.column == "Loại án"
    assert "Nhóm: chỉ nhận TD" in row.reason


def test_a_person_named_instead_of_coded_is_refused_and_forgotten(tmp_path: Path) -> None:
    name = "Nguyễn Thị Hồng Mẫu"
    workbook = parsed_cases(
        tmp_path, case_row(**{"Chấp hành viên": name}), case_row(**{"Chấp hành viên": name, "Nhóm": "?"})
    )
    assert workbook.cases == []
    assert [row.reason for row in workbook.rejected][0] == "chỉ nhận mã chấp hành viên, không nhận họ tên"
    assert "Hồng" not in repr(workbook)


def test_money_may_be_reversed_but_a_decisions_money_may_not(tmp_path: Path) -> None:
    sheets = {
        "Thu chi": [MONEY_HEADERS, money_row(**{"Số tiền": -1000}), money_row(**{"Số tiền": "(2.000)"})],
        "Quyết định": [DECISION_HEADERS, decision_row(**{"Số tiền": -1000}), decision_row(**{"Số tiền": "5.000đ"})],
    }
    workbook = parsed(tmp_path, sheets)
    assert [money.amount for money in workbook.money] == [-1000, -2000]
    assert [decision.amount for decision in workbook.decisions] == [5000]
    assert [row.sheet for row in workbook.rejected] == ["Quyết định"]


def test_a_withdrawn_decision_is_marked(tmp_path: Path) -> None:
    rows = [DECISION_HEADERS, decision_row(**{"Hủy": "x"}), decision_row(**{"Hủy": ""}), decision_row(**{"Hủy": "?"})]
    workbook = parsed(tmp_path, {"Quyết định": rows})
    assert [decision.withdrawn for decision in workbook.decisions] == [True, False]
    assert [row.column for row in workbook.rejected] == ["Hủy"]


def test_a_packed_column_fills_number_day_and_money(tmp_path: Path) -> None:
    rows = [
        ["Đơn vị ban hành", "QĐ THA (số; ngày; số tiền)", "Hình thức", "Loại án"],
        ["Phú Vang", "Số: 46/QĐ-CCTHADS ngày 12/10/2026, số tiền 150.000đ", "Chủ động", "Dân sự"],
        ["Phú Vang", "Số: 47/QĐ-CCTHADS ngày 12/10/2026, giao con", "Chủ động", "Dân sự"],
    ]
    workbook = parsed(tmp_path, {"Việc": rows})
    assert [(case.key, case.decided_on, case.amount_due) for case in workbook.cases] == [(KEY, DECIDED_ON, 150_000)]
    assert [(row.column, row.row_number) for row in workbook.rejected] == [("Số tiền phải thi hành", 3)]


def test_merged_two_row_headers_are_read_from_a_real_file(tmp_path: Path) -> None:
    rows = [
        ["SỔ THỤ LÝ THI HÀNH ÁN"],
        ["Số liệu đến ngày", date(2026, 11, 20)],
        ["Đơn vị", "Quyết định thi hành án", "", "", "Hình thức", "Loại án"],
        ["", "Số", "Ngày", "Số tiền", "", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["Phú Vang", "46/QĐ-CCTHADS", "12.10.2026", "150.000.000", "Theo yêu cầu", "DS"],
    ]
    workbook = parsed(tmp_path, {"Sheet1": rows}, merges=["B3:D3"])
    assert [(case.key, case.amount_due) for case in workbook.cases] == [(KEY, 150_000_000)]
    assert workbook.as_of_on == date(2026, 11, 20)
    assert workbook.case_ref(0) == RowRef("Sheet1", 6)


def test_a_sheet_that_begins_in_the_middle_keeps_excels_row_numbers(tmp_path: Path) -> None:
    shifted = [["", "", *row] for row in (CASE_HEADERS, case_row(), case_row(**{"Nhóm": "?"}))]
    workbook = parsed(tmp_path, {"Việc": [[], [], [], *shifted]})
    assert workbook.case_ref(0) == RowRef("Việc", 5)
    assert workbook.rejected[0].row_number == 6


def test_the_name_a_file_was_sent_under_counts(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "upload.tmp", THREE_SHEETS)
    workbook = read_workbook(path, REFERENCE, name="viec_den-ngay-2026-11-23T0942.xlsx")
    assert workbook.as_of_on == date(2026, 11, 23)
    assert workbook.as_of_at == datetime(2026, 11, 23, 2, 42, tzinfo=UTC)


def test_rejected_rows_beyond_the_limit_are_only_counted(tmp_path: Path) -> None:
    rows = [case_row(**{"Nhóm": "?"}) for _ in range(50)]
    path = write_xlsx(tmp_path / "viec.xlsx", {"Việc": [CASE_HEADERS, *rows, case_row()]})
    workbook = parse_workbook(path, REFERENCE, Limits(rejected_kept=20))
    assert len(workbook.rejected) == 20
    assert (workbook.rejected_beyond, workbook.rejected_count, workbook.rows_read) == (30, 50, 51)


def test_rows_rejected_later_can_be_shown_again(tmp_path: Path) -> None:
    rows = [CASE_HEADERS, case_row(), case_row(**{"Số quyết định": 47, "Nhóm": "TN"})]
    path = write_xlsx(tmp_path / "viec.xlsx", {**THREE_SHEETS, "Việc": rows})
    workbook = read_workbook(path, REFERENCE)
    refs = [workbook.case_ref(1), workbook.money_ref(0)]
    cells = row_cells(path, REFERENCE, refs)
    assert cells[refs[0]][:3] == ("PHUVANG", "47", "12/10/2026")
    assert cells[refs[0]][-1] == "TN"
    assert cells[refs[1]] == ("PHUVANG", "46/QĐ-CCTHADS", "12/10/2026", "03/11/2026", "Thu", "5000000")
    assert row_cells(path, REFERENCE, []) == {}


def test_equal_keys_and_days_are_one_object_in_memory(tmp_path: Path) -> None:
    rows = [decision_row(**{"Loại": kind}) for kind in ("Xác minh", "Cưỡng chế", "Thi hành xong")]
    workbook = parsed(tmp_path, {"Quyết định": [DECISION_HEADERS, *rows]})
    assert len({id(decision.key) for decision in workbook.decisions}) == 1
