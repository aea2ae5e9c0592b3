"""Sheets of attendance as agencies keep them: four kinds told by their headers, bad rows refused, no name kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payloads.hostile_files import HOSTILE_FILES, HostileFile
from payloads.workbooks import write_xlsx

from connectors.attendance_file import SheetKind, read_attendance_sheet
from connectors.attendance_file.reading import LIMITS, parse_rows
from connectors.base import SourceUnavailable, WorkbookRefused
from domain.attendance import LeaveKind, OverlayKind, PunchKind, StaffRole, VerifyMethod

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
UNITS = {"phuvang": "PHUVANG", "phu vang": "PHUVANG", "aluoi": "ALUOI", "a luoi": "ALUOI"}
STAFF = "Mã cán bộ,Đơn vị,Số người dùng,Chức danh,Từ ngày,Đến ngày\n"
ABSENCES = "Mã cán bộ;Đơn vị;Loại;Từ ngày;Đến ngày;Số văn bản;Hủy\n"


def read(tmp_path: Path, text: str, name: str = "bang.csv"):  # type: ignore[no-untyped-def]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_attendance_sheet(path, UNITS, NOW)


def test_staff_are_codes_with_their_numbers(tmp_path: Path) -> None:
    sheet = read(
        tmp_path,
        "Danh sách cán bộ\n\n" + STAFF + "CHV-07,Phú Vang,0007,Chấp hành viên,01/02/2026,\nTK-01,PHUVANG,8,,,\n",
    )
    assert (sheet.kind, sheet.rows_read, sheet.refused_count) == (SheetKind.STAFF, 2, 0)
    officer, secretary = sheet.staff
    assert (officer.code, officer.unit, officer.pin, officer.role) == ("CHV-07", "PHUVANG", "7", StaffRole.ENFORCER)
    assert (officer.valid_from, officer.valid_to) == (date(2026, 2, 1), None)
    assert (secretary.role, secretary.valid_from) == (StaffRole.OTHER, None)


def test_a_name_in_place_of_a_code_is_refused_and_repeated_nowhere(tmp_path: Path) -> None:
    sheet = read(tmp_path, STAFF + "Nguyễn Văn Mẫu,Phú Vang,7,,,\nTrần Thị Mẫu,Nơi khác,8,,,\n")
    assert sheet.refused_count == 2 and not sheet.staff
    assert "Mẫu" not in repr(sheet)


def test_a_number_belongs_to_one_person_of_a_unit_at_a_time(tmp_path: Path) -> None:
    rows = (
        "CHV-01,Phú Vang,7,,,31/12/2025\n"
        "CHV-02,Phú Vang,7,,01/01/2026,\n"
        "CHV-03,Phú Vang,7,,01/06/2026,\n"
        "CHV-04,A Lưới,7,,,\n"
    )
    sheet = read(tmp_path, STAFF + rows)
    assert [person.code for person in sheet.staff] == ["CHV-01", "CHV-02", "CHV-04"]
    assert "đã thuộc một mã khác" in sheet.refused[0].reason


@pytest.mark.parametrize(
    ("word", "kind", "leave"),
    [
        ("Nghỉ phép", OverlayKind.LEAVE, LeaveKind.ANNUAL),
        ("NGHỈ ỐM", OverlayKind.LEAVE, LeaveKind.SICK),
        ("thai sản", OverlayKind.LEAVE, LeaveKind.MATERNITY),
        ("Công tác", OverlayKind.BUSINESS_TRIP, None),
        ("Xác minh", OverlayKind.FIELD_DUTY, None),
        ("Đi ngoài trụ sở", OverlayKind.FIELD_DUTY, None),
    ],
)
def test_leave_trips_and_field_duty(tmp_path: Path, word: str, kind: OverlayKind, leave: LeaveKind | None) -> None:
    sheet = read(tmp_path, ABSENCES + f"CHV-07;Phú Vang;{word};23/11/2026;24/11/2026;12/QĐ;\n")
    [absence] = sheet.absences
    assert (absence.overlay.kind, absence.overlay.leave, absence.reference) == (kind, leave, "12/QĐ")
    assert absence.overlay.covers(date(2026, 11, 24)) and not absence.is_withdrawn


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("CHV-07;Phú Vang;Nghỉ phép;24/11/2026;23/11/2026;;", "Đến ngày"),
        ("CHV-07;Phú Vang;Nghỉ phép;23/11/2026;23/11/2029;;", "Đến ngày"),
        ("CHV-07;Phú Vang;Nghỉ phép;31/12/9999;01/01/1900;;", "Đến ngày"),
        ("CHV-07;Phú Vang;Nghỉ phép;31/02/2026;23/11/2026;;", "Từ ngày"),
        ("CHV-07;Phú Vang;Đi chơi;23/11/2026;23/11/2026;;", "Loại"),
        ("CHV-07;Nơi khác;Nghỉ phép;23/11/2026;23/11/2026;;", "Đơn vị"),
        ("CHV-07;Phú Vang;Nghỉ phép;23/11/2026;23/11/2026;;có lẽ", "Hủy"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_with_its_column(tmp_path: Path, row: str, column: str) -> None:
    sheet = read(tmp_path, ABSENCES + row + "\n")
    assert [refused.field for refused in sheet.refused] == [column]
    assert sheet.refused[0].reference == "dòng 2"


def test_terminals_say_from_where_they_may_speak(tmp_path: Path) -> None:
    rows = (
        "Serial,Đơn vị,Tên máy,Mạng được phép,Được phép\n"
        "TA1,Phú Vang,Cổng chính,10.1.2.9/24; 10.9.9.9,\n"
        "TA2,Phú Vang,Cổng phụ,,x\n"
        "TA3,Phú Vang,Cổng phụ,mọi nơi,x\n"
        "TA4,Phú Vang,Cổng phụ,10.1.2.3,không\n"
    )
    sheet = read(tmp_path, rows)
    assert sheet.kind is SheetKind.TERMINALS
    assert [(each.serial, each.allowed_network, each.is_allowed) for each in sheet.terminals] == [
        ("TA1", "10.1.2.0/24 10.9.9.9/32", True),
        ("TA4", "10.1.2.3/32", False),
    ]
    assert sheet.refused_count == 2


def test_punches_from_a_workbook_with_real_times(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "cham.xlsx",
        {
            "Log": [
                ["AC-No", "Serial", "DateTime", "Trạng thái", "Verify"],
                [7, "TA1", "23/11/2026 07:20", "Vào", "Vân tay"],
                ["8", "TA1", "2026-11-23 09:35:12", 1, 15],
                [9, "TA1", "2063-01-01 07:00:00", 0, 1],
            ]
        },
    )
    sheet = read_attendance_sheet(path, UNITS, NOW)
    assert [each.punch.pin for each in sheet.punches] == ["7", "8"]
    assert sheet.punches[0].punch.punched_at == datetime(2026, 11, 23, 0, 20, tzinfo=UTC)
    assert (sheet.punches[0].kind, sheet.punches[0].method) == (PunchKind.IN, VerifyMethod.FINGER)
    assert (sheet.punches[1].kind, sheet.punches[1].method) == (PunchKind.OUT, VerifyMethod.FACE)
    assert "đồng hồ" in sheet.refused[0].reason


def test_a_file_without_a_known_header_says_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(WorkbookRefused, match="Danh sách cán bộ"):
        read(tmp_path, "Họ tên,Ngày sinh\nA,B\n")
    with pytest.raises(SourceUnavailable):
        read_attendance_sheet(tmp_path / "nothing.csv", UNITS, NOW)


def test_rows_are_bounded(tmp_path: Path) -> None:
    with pytest.raises(WorkbookRefused, match="quá"):
        read(tmp_path, STAFF + "CHV-07,Phú Vang,7,,,\n" * (LIMITS.rows + 1))


@pytest.mark.slow
@pytest.mark.parametrize("hostile", HOSTILE_FILES[::6], ids=lambda hostile: hostile.name)
def test_a_hostile_file_is_refused(hostile: HostileFile, tmp_path: Path) -> None:
    path = tmp_path / f"bang{hostile.suffix}"
    path.write_bytes(hostile.build(tmp_path))
    with pytest.raises(WorkbookRefused):
        read_attendance_sheet(path, UNITS, NOW)


@given(st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=12), st.sampled_from(["staff", "absences"]))
def test_whatever_the_cells_every_row_is_a_record_or_refused(rows: list[list[str]], kind: str) -> None:
    head = STAFF.strip().split(",") if kind == "staff" else ABSENCES.strip().split(";")
    sheet = parse_rows(enumerate([head, *rows], start=1), UNITS, NOW)
    assert sheet.rows_read == len(sheet.staff) + len(sheet.absences) + sheet.refused_count
