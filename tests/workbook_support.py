"""Canonical workbooks written from records, as an agency's export would be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from domain.cases import (
    CASE_KIND_NAMES,
    CASE_TYPE_NAMES,
    DECISION_KIND_NAMES,
    MONEY_KIND_NAMES,
    CaseRecord,
    DecisionRecord,
    MoneyRecord,
)
from domain.local_time import local

CASE_HEADERS = (
    "Đơn vị ban hành",
    "Số quyết định",
    "Ngày quyết định",
    "Ngày thụ lý",
    "Đơn vị đang thi hành",
    "Hình thức",
    "Loại án",
    "Chấp hành viên",
    "Xã, phường",
    "Số tiền phải thi hành",
    "Nhóm",
)
KEY_HEADERS = CASE_HEADERS[:3]


def write_cases(
    path: Path,
    cases: Sequence[CaseRecord],
    decisions: Sequence[DecisionRecord],
    money: Sequence[MoneyRecord],
    as_of: datetime,
) -> Path:
    """The three sheets with their canonical headers; the export instant is in the file's name."""
    path = path.with_name(f"{path.stem}_den-ngay-{local(as_of):%Y-%m-%dT%H%M}{path.suffix}")
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        rows = [
            (
                *_key(item),
                item.docketed_on,
                item.handling_unit,
                CASE_KIND_NAMES[item.kind],
                CASE_TYPE_NAMES[item.case_type],
                item.officer,
                item.area,
                item.amount_due,
                "; ".join(sorted(item.groups)),
            )
            for item in cases
        ]
        _sheet(book, "Việc", CASE_HEADERS, rows)
        facts = [
            (*_key(item), DECISION_KIND_NAMES[item.kind], item.effective_on, item.amount, "x" if item.withdrawn else "")
            for item in decisions
        ]
        _sheet(book, "Quyết định", (*KEY_HEADERS, "Loại", "Ngày", "Số tiền", "Hủy"), facts)
        paid = [(*_key(item), item.effective_on, MONEY_KIND_NAMES[item.kind], item.amount) for item in money]
        _sheet(book, "Thu chi", (*KEY_HEADERS, "Ngày", "Loại", "Số tiền"), paid)
    return path


def _key(item: CaseRecord | DecisionRecord | MoneyRecord) -> tuple[object, ...]:
    return item.key.issuing_unit, item.key.number, item.decided_on


def _sheet(book: xlsxwriter.Workbook, title: str, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    sheet = book.add_worksheet(title)
    sheet.write_row(0, 0, headers)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
