"""A register of administrative judgments as a sheet: cleaned, or refused by its cell; nobody's name gets through."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from judgments_support import HEAD, a_row

from connectors.administrative_judgments import (
    JudgmentRegister,
    parse_judgment_register,
    read_judgment_register,
)
from connectors.base import WorkbookRefused
from domain.administrative_judgments import DebtorKind, JudgmentEvent

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
UNITS = {"phuvang": "PHUVANG", "phu vang": "PHUVANG", "aluoi": "ALUOI"}


def parsed(*rows: list[str]) -> JudgmentRegister:
    return parse_judgment_register(enumerate([HEAD, *rows], start=1), UNITS, NOW)


def test_a_row_is_read_with_all_its_days() -> None:
    row = a_row(
        number="15 / 2026/hc-st",
        received="10/10/2026",
        noticed="14/10/2026",
        worked="20/10/2026; 02/11/2026, 20/10/2026",
        compelled="15/11/2026",
    )
    (line,) = parsed(row).lines
    judgment = line.judgment
    assert (judgment.unit, judgment.reference, judgment.debtor) == ("PHUVANG", "15/2026/HC-ST", DebtorKind.COMMUNE)
    assert (judgment.judged_on, judgment.registered_on) == (date(2026, 10, 5), date(2026, 10, 12))
    worked = [event.on for event in judgment.events if event.kind is JudgmentEvent.WORKED]
    assert worked == [date(2026, 10, 20), date(2026, 11, 2)] and len(judgment.events) == 5
    assert line.reference == "dòng 2"


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("unit", "Sở khác", "Không có đơn vị"),
        ("number", "", "không ghi họ tên"),
        ("number", "Nguyễn Văn A", "không ghi họ tên"),
        ("judged_on", "", "Ghi một ngày"),
        ("judged_on", "32/13/2026", "không đọc được"),
        ("judged_on", "05/10/1926", "trước năm 1990"),
        ("registered_on", "25/11/2026", "tương lai"),
        ("registered_on", "01/10/2026", "trước ngày bản án"),
        ("registered_on", "12/10/2026; 13/10/2026", "Ghi một ngày"),
        ("noticed", "11/10/2026", "trước ngày vào sổ"),
        ("received", "01/10/2026", "trước ngày bản án"),
        ("noticed", "13/10/2026; 14/10/2026", "Chỉ ghi một ngày"),
        ("completed", "11/10/2026", "trước ngày vào sổ"),
        ("completed", "01/12/2026", "tương lai"),
        ("resumed", "20/10/2026", "khi chưa hoãn"),
        ("debtor", "Ông Nguyễn Văn A", "Ghi một trong"),
        ("debtor", "", "Ghi một trong"),
    ],
)
def test_what_means_nothing_is_refused_by_its_cell(column: str, text: str, said: str) -> None:
    register = parsed(a_row(**{column: text}))
    (refused,) = register.refused
    assert said in refused.reason and refused.reference == "dòng 2" and not register.lines
    assert "Nguyễn" not in f"{refused.value}{refused.reason}{refused.raw}"


def test_what_ended_does_not_go_on_and_ends_once() -> None:
    both = a_row(cancelled="20/10/2026", completed="21/10/2026")
    later = a_row(completed="20/10/2026", postponed="21/10/2026")
    assert [one.reason for one in parsed(both).refused] == ["Vừa hủy vừa xong: giữ một trong hai."]
    assert [one.reason for one in parsed(later).refused] == ["Sau ngày xong hoặc hủy."]
    good = a_row(postponed="13/10/2026; 01/11/2026", resumed="20/10/2026; 10/11/2026", completed="15/11/2026")
    assert len(parsed(good).lines) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Chủ tịch UBND phường Thuận Hóa", DebtorKind.COMMUNE),
        ("Ủy ban nhân dân xã Vinh Mỹ", DebtorKind.COMMUNE),
        ("UBND huyện Phú Lộc", DebtorKind.DISTRICT),
        ("UBND tỉnh", DebtorKind.PROVINCE),
        ("Sở Xây dựng", DebtorKind.DEPARTMENT),
        ("cơ quan khác", DebtorKind.OTHER),
    ],
)
def test_a_body_is_kept_as_a_kind_of_body(text: str, kind: DebtorKind) -> None:
    (line,) = parsed(a_row(debtor=text)).lines
    assert line.judgment.debtor is kind


def test_a_number_twice_counts_once_and_is_refused_where_the_two_differ() -> None:
    register = parsed(a_row(), a_row(), a_row(completed="20/10/2026"), a_row(unit="ALUOI"))
    assert [line.judgment.unit for line in register.lines] == ["PHUVANG", "ALUOI"]
    (refused,) = register.refused
    assert refused.reference == "dòng 4" and "đã có ở dòng 2" in refused.reason


def test_a_sheet_without_one_of_the_columns_is_refused_whole() -> None:
    place = HEAD.index("Ngày xong")
    with pytest.raises(WorkbookRefused, match="Ngày xong"):
        parse_judgment_register([(1, HEAD[:place]), (2, a_row()[:place])], UNITS, NOW)


def test_a_file_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text("\n".join(";".join(row) for row in (HEAD, a_row(worked=""))), encoding="utf-8")
    assert len(read_judgment_register(path, UNITS, NOW).lines) == 1
