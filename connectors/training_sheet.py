"""Sheets of training and outreach (Excel, CSV): sessions with how many of each unit came, results of tests. Counts
only: a column that could hold a person is not read.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from connectors.entries import (
    EntryRefused,
    Texts,
    Units,
    chosen_word,
    code_of,
    count_of,
    day_of,
    holds_person_number,
    unit_of,
)
from connectors.record_sheet import ParsedRecords, SheetForm, parse_records
from connectors.sheet_rows import column, sheet_rows
from domain.local_time import local_day
from domain.training import SESSION_KIND_NAMES, ProficiencyRecord, SessionKind, SessionRecord

EARLIEST_YEAR = 2015
FURTHEST = timedelta(days=730)
MOST_PEOPLE = 100_000
LONGEST_TITLE, LONGEST_REFERENCE = 200, 500
NO_CODE = "Mã chỉ gồm chữ không dấu, số và gạch; không ghi họ tên."
_KINDS = {"tap huan": SessionKind.TRAINING, "tuyen truyen": SessionKind.OUTREACH, "pho bien": SessionKind.OUTREACH}
_DOCUMENT = re.compile(r"[0-9A-Za-zĐđ][0-9A-Za-zĐđ./_ -]{0,79}")


class TrainingSheet(StrEnum):
    """What a sheet lists."""

    SESSIONS = "training_sessions"
    TESTS = "training_tests"


def session_of(texts: Texts, units: Units, now: datetime) -> SessionRecord:
    """One unit's part in a session; raises EntryRefused. A number that nobody wrote is unknown, no zero."""
    held_on, today = _day(texts, "held_on"), local_day(now)
    if held_on > today + FURTHEST:
        raise EntryRefused("held_on", "Ngày tổ chức quá xa: kế hoạch không quá hai năm.")
    attended = count_of(texts, "attended", 0, MOST_PEOPLE)
    if attended is not None and held_on > today:
        raise EntryRefused("attended", "Buổi chưa diễn ra thì chưa có số người dự.")
    return SessionRecord(
        unit=unit_of(texts, units),
        code=code_of(texts, "code", NO_CODE),
        title=_title(texts, "title", True),
        kind=chosen_word(texts, "kind", SESSION_KIND_NAMES, _KINDS) or SessionKind.TRAINING,
        held_on=held_on,
        invited=count_of(texts, "invited", 0, MOST_PEOPLE),
        attended=attended,
        material=_title(texts, "material", False),
        reference=_reference(texts),
    )


def proficiency_of(texts: Texts, units: Units, now: datetime) -> ProficiencyRecord:
    """One unit's result of a test; raises EntryRefused. Nobody passes who was not tested, nobody is tested who is not
    of the staff."""
    tested_on = _day(texts, "tested_on")
    if tested_on > local_day(now):
        raise EntryRefused("tested_on", "Ngày kiểm tra không sau hôm nay.")
    staff, tested, passed = (_number(texts, name) for name in ("staff", "tested", "passed"))
    if staff == 0:
        raise EntryRefused("staff", "Tổng số cán bộ phải lớn hơn 0.")
    if tested > staff:
        raise EntryRefused("tested", "Số dự kiểm tra lớn hơn tổng số cán bộ.")
    if passed > tested:
        raise EntryRefused("passed", "Số đạt lớn hơn số dự kiểm tra.")
    code = code_of(texts, "code", NO_CODE)
    return ProficiencyRecord(unit_of(texts, units), code, tested_on, staff, tested, passed)


FORM: SheetForm[TrainingSheet, SessionRecord | ProficiencyRecord] = SheetForm(
    titles={
        TrainingSheet.SESSIONS: "Buổi đào tạo, truyền thông",
        TrainingSheet.TESTS: "Kết quả kiểm tra kỹ năng",
    },
    columns={
        TrainingSheet.SESSIONS: {
            "unit": column("Đơn vị|Cơ quan"),
            "code": column("Mã buổi|Mã lớp"),
            "title": column("Nội dung|Chủ đề"),
            "held_on": column("Ngày tổ chức|Ngày"),
            "attended": column("Số người dự|Số dự"),
            "kind": column("Loại|Hình thức", False),
            "invited": column("Số người mời|Số dự kiến", False),
            "material": column("Tài liệu", False),
            "reference": column("Số văn bản, liên kết|Số văn bản|Liên kết", False),
        },
        TrainingSheet.TESTS: {
            "unit": column("Đơn vị|Cơ quan"),
            "code": column("Mã đợt kiểm tra|Mã đợt"),
            "tested_on": column("Ngày kiểm tra"),
            "staff": column("Tổng số cán bộ|Số cán bộ"),
            "tested": column("Số dự kiểm tra"),
            "passed": column("Số đạt"),
        },
    },
    readers={TrainingSheet.SESSIONS: session_of, TrainingSheet.TESTS: proficiency_of},
)


def read_training_sheet(
    path: Path, units: Units, now: datetime
) -> ParsedRecords[TrainingSheet, SessionRecord | ProficiencyRecord]:
    """Read a file in a child process; raises WorkbookRefused (its content) or SourceUnavailable (it is not there)."""
    with sheet_rows(path) as rows:
        return parse_records(rows, FORM, units, now)


def _day(texts: Texts, field: str) -> date:
    day = day_of(texts, field)
    if day is None or day.year < EARLIEST_YEAR:
        raise EntryRefused(field, f"Ghi ngày, từ năm {EARLIEST_YEAR}.")
    return day


def _number(texts: Texts, field: str) -> int:
    number = count_of(texts, field, 0, MOST_PEOPLE)
    if number is None:
        raise EntryRefused(field, "Thiếu số; để trống cả dòng nếu chưa kiểm tra.")
    return number


def _title(texts: Texts, field: str, is_needed: bool) -> str:
    text = " ".join(texts.get(field, "").split())
    if (is_needed and not text) or len(text) > LONGEST_TITLE:
        raise EntryRefused(field, f"Ghi tên, không quá {LONGEST_TITLE} chữ.", is_masked=True)
    if holds_person_number(text):
        raise EntryRefused(field, "Không ghi số điện thoại, số định danh.", is_masked=True)
    return text


def _reference(texts: Texts) -> str:
    """A document number, or an address of http(s) without a password in it."""
    text = texts.get("reference", "").strip()
    if not text or _DOCUMENT.fullmatch(text):
        return text
    try:
        address = urlsplit(text)
        is_usable = address.scheme in {"http", "https"} and bool(address.hostname) and not address.username
    except ValueError:
        is_usable = False
    if not is_usable or len(text) > LONGEST_REFERENCE:
        raise EntryRefused("reference", "Ghi số văn bản, hoặc địa chỉ http://, https://.", is_masked=True)
    return text
