"""Sheets of sessions, tests and equipment: read, or refused with a reason; nobody's name gets through."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

import pytest

from connectors.base import RefusedRecord, WorkbookRefused
from connectors.entries import clean
from connectors.equipment_sheet import FORM as EQUIPMENT
from connectors.equipment_sheet import item_of
from connectors.record_sheet import parse_records
from connectors.training_sheet import FORM as TRAINING
from connectors.training_sheet import TrainingSheet, proficiency_of, session_of
from domain.equipment import EquipmentItem, EquipmentKind
from domain.training import ProficiencyRecord, SessionKind, SessionRecord

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
UNITS = {"phuvang": "PHUVANG", "phu vang": "PHUVANG"}
SESSION = {
    "unit": "Phú Vang",
    "code": "DT-2611-01",
    "title": "Sử dụng  Hue-S",
    "held_on": "20/11/2026",
    "attended": "0",
    "kind": "Tuyên truyền",
    "invited": "",
    "material": "Sổ tay",
    "reference": "12/HD-THADS",
}
TEST = {"unit": "PHUVANG", "code": "KT-1", "tested_on": "10/11/2026", "staff": "12", "tested": "10", "passed": "9"}
ITEM = {"unit": "PHUVANG", "kind": "Máy vi tính", "quantity": "5", "year": "2022", "is_working": "tốt"}
READERS = {"session": (session_of, SESSION), "test": (proficiency_of, TEST), "item": (item_of, ITEM)}


def read(what: str, **texts: str) -> SessionRecord | ProficiencyRecord | EquipmentItem | RefusedRecord:
    reader, good = READERS[what]
    return clean(reader, {**good, **texts}, "dòng 2", UNITS, NOW)  # type: ignore[arg-type]


def test_good_rows_are_read_and_what_is_empty_is_unknown() -> None:
    session = read("session")
    assert session == SessionRecord(
        *("PHUVANG", "DT-2611-01", "Sử dụng Hue-S", SessionKind.OUTREACH, date(2026, 11, 20), None, 0),
        *("Sổ tay", "12/HD-THADS"),
    )
    assert read("session", attended="", held_on="24/12/2026") != session
    assert read("test") == ProficiencyRecord("PHUVANG", "KT-1", date(2026, 11, 10), 12, 10, 9)
    assert read("item") == EquipmentItem("PHUVANG", EquipmentKind.COMPUTER, 5, 2022, is_working=True)
    link = "https://hue.gov.vn/so-tay?ban=2"
    assert getattr(read("session", reference=link), "reference", "") == link


@pytest.mark.parametrize(
    ("what", "field", "text", "said"),
    [
        ("session", "unit", "Sở khác", "Không có đơn vị"),
        ("session", "held_on", "", "Ghi ngày"),
        ("session", "held_on", "20/11/1999", "từ năm 2015"),
        ("session", "held_on", "20/11/2036", "hai năm"),
        ("session", "attended", "-1", "số nguyên"),
        ("session", "attended", "nhiều", "số nguyên"),
        ("session", "title", "", "Ghi tên"),
        ("session", "kind", "Hội nghị", "Ghi một trong"),
        ("session", "reference", "javascript:alert(1)", "http://"),
        ("session", "reference", "https://ai:mat-khau@x.vn/", "http://"),
        ("test", "tested_on", "25/11/2026", "không sau hôm nay"),
        ("test", "staff", "0", "lớn hơn 0"),
        ("test", "tested", "13", "lớn hơn tổng số"),
        ("test", "passed", "11", "lớn hơn số dự"),
        ("test", "passed", "", "Thiếu số"),
        ("item", "kind", "Xe máy", "Ghi một trong"),
        ("item", "quantity", "", "ghi 0 nếu không có"),
        ("item", "year", "2027", "số nguyên"),
        ("item", "is_working", "cũ lắm", "tốt"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(what: str, field: str, text: str, said: str) -> None:
    refused = read(what, **{field: text})
    assert isinstance(refused, RefusedRecord) and refused.field == field and said in refused.reason


def test_people_at_a_session_to_come_are_refused() -> None:
    refused = read("session", held_on="01/12/2026")
    assert isinstance(refused, RefusedRecord) and refused.field == "attended"


@pytest.mark.parametrize(("what", "field"), [("session", "code"), ("test", "code"), ("item", "asset")])
def test_a_code_that_looks_like_a_person_is_kept_nowhere(what: str, field: str) -> None:
    for text in ("Nguyễn Văn Một", "0905123456", "046085000123"):
        refused = read(what, **{field: text})
        assert isinstance(refused, RefusedRecord) and refused.value == "" and text not in refused.reason


def test_a_title_with_a_number_of_a_person_is_refused_and_one_with_a_year_is_not() -> None:
    for text in ("Liên hệ 0905 123 456", "Số 046085000123", "Gọi +84905123456"):
        refused = read("session", title=text)
        assert isinstance(refused, RefusedRecord) and refused.value == "" and "định danh" in refused.reason
    assert isinstance(read("session", title="Luật số 106/2025/QH15, Nghị định 152/2026"), SessionRecord)


def test_a_sheet_is_known_by_its_head_and_its_bad_rows_leave_the_others() -> None:
    head = [column.headers[0] for column in TRAINING.columns[TrainingSheet.TESTS].values()]
    rows = [(1, [*head, "Họ tên"]), (2, [*TEST.values(), "Ai đó"]), (3, [*TEST.values()][:3] + ["1", "2", "3"])]
    sheet = parse_records(rows, TRAINING, UNITS, NOW)
    assert sheet.kind is TrainingSheet.TESTS and "Ai đó" not in repr(sheet)
    assert (len(sheet.records), sheet.rows_read, sheet.refused_count) == (1, 2, 1)
    assert sheet.refused[0].field == "Số dự kiểm tra" and "2 dòng, 1 mới" in sheet.message(1)
    with pytest.raises(WorkbookRefused, match="Kết quả kiểm tra kỹ năng"):
        parse_records([(1, ["Cột lạ"])], TRAINING, UNITS, NOW)
    with pytest.raises(WorkbookRefused, match="Sổ trang thiết bị"):
        parse_records([(1, ["Cột lạ"])], EQUIPMENT, UNITS, NOW)


def test_hostile_entries_give_records_or_a_reason() -> None:
    rng = Random(3)
    words = ["", "x" * 5000, "\x00", "１２", "NaN", "1e9", "31/02/2026", "😀", "http://[", "9" * 400]
    for _ in range(400):
        reader, good = READERS[rng.choice(list(READERS))]
        texts = {field: rng.choice([*words, value, value]) for field, value in good.items()}
        found = clean(reader, texts, "dòng", UNITS, NOW)  # type: ignore[arg-type]
        assert isinstance(found, RefusedRecord | SessionRecord | ProficiencyRecord | EquipmentItem)
