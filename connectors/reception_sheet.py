"""Sheets of citizen reception (Excel, CSV): the day's visits, the register of complaints and denunciations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from connectors.base import RefusedRecord
from connectors.entries import Texts, Units, clean
from connectors.reception import Record, petition_of, visit_of
from connectors.sheet_rows import LIMITS, Column, Row, column, headed_rows, sheet_rows
from domain.reception import PetitionRecord, VisitRecord


class ReceptionSheet(StrEnum):
    """What a sheet lists."""

    VISITS = "visits"
    PETITIONS = "petitions"


TITLES = {ReceptionSheet.VISITS: "Lượt tiếp công dân", ReceptionSheet.PETITIONS: "Sổ khiếu nại, tố cáo"}
COLUMNS: Mapping[ReceptionSheet, Mapping[str, Column]] = {
    ReceptionSheet.VISITS: {
        "unit": column("Đơn vị|Cơ quan"),
        "ticket": column("Số thứ tự|Số phiếu|Mã lượt"),
        "ticketed_at": column("Giờ lấy số|Thời điểm lấy số|Giờ đến"),
        "called_at": column("Giờ gọi|Giờ tiếp|Bắt đầu tiếp"),
        "ended_at": column("Giờ kết thúc|Kết thúc tiếp"),
        "counter": column("Quầy|Bàn tiếp", False),
        "purpose": column("Nội dung|Mục đích", False),
        "outcome": column("Kết quả", False),
        "people": column("Số người", False),
        "matters": column("Số vụ việc", False),
        "leader": column("Lãnh đạo tiếp", False),
        "updated_at": column("Cập nhật", False),
    },
    ReceptionSheet.PETITIONS: {
        "unit": column("Đơn vị|Cơ quan"),
        "number": column("Số thụ lý|Số đơn"),
        "kind": column("Loại đơn|Loại"),
        "accepted_on": column("Ngày thụ lý"),
        "subject": column("Đối tượng khiếu nại|Về việc", False),
        "instance": column("Lần giải quyết|Lần", False),
        "due_on": column("Hạn giải quyết", False),
        "resolved_on": column("Ngày giải quyết|Ngày giải quyết xong"),
    },
}
_READERS: Mapping[ReceptionSheet, Callable[[Texts, Units, datetime], Record]] = {
    ReceptionSheet.VISITS: visit_of,
    ReceptionSheet.PETITIONS: petition_of,
}


@dataclass(slots=True)
class ParsedReception:
    """What a sheet said, all of one kind; `refused` are the first rejected rows, `refused_count` counts all."""

    kind: ReceptionSheet
    visits: list[VisitRecord] = field(default_factory=list)
    petitions: list[PetitionRecord] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)
    rows_read: int = 0
    refused_count: int = 0


def read_reception_sheet(path: Path, units: Mapping[str, str], now: datetime) -> ParsedReception:
    """Read a file in a child process; raises WorkbookRefused (its content) or SourceUnavailable (it is not there)."""
    with sheet_rows(path) as rows:
        return parse_reception_rows(rows, units, now)


def parse_reception_rows(rows: Iterable[Row], units: Mapping[str, str], now: datetime) -> ParsedReception:
    """The records of rows with content; raises WorkbookRefused when none of the first ones is a header."""
    kind, texts_by_row = headed_rows(iter(rows), COLUMNS, TITLES)
    sheet = ParsedReception(kind)
    for number, texts in texts_by_row:
        sheet.rows_read += 1
        _file(sheet, clean(_READERS[kind], texts, f"dòng {number}", units, now))
    return sheet


def _file(sheet: ParsedReception, record: Record | RefusedRecord) -> None:
    match record:
        case VisitRecord():
            sheet.visits.append(record)
        case PetitionRecord():
            sheet.petitions.append(record)
        case RefusedRecord():
            sheet.refused_count += 1
            if len(sheet.refused) < LIMITS.rejected_kept:
                named = COLUMNS[sheet.kind][record.field].headers[0]
                sheet.refused.append(RefusedRecord(record.reference, named, record.value, record.reason))
