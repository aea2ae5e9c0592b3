"""Sheets of public services (Excel, CSV): requests, and the catalogue of services that an agency keeps itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from connectors.base import RefusedRecord
from connectors.entries import EntryRefused, Texts, Units, clean, code_of
from connectors.public_services import NO_SERVICE, request_of
from connectors.sheet_rows import LIMITS, Column, Row, column, headed_rows, sheet_rows
from domain.public_services import PublicService, ServiceRequest
from domain.vietnamese import normalised

LONGEST_TITLE = 200
_WITHDRAWN = frozenset({"khong", "0", "false", "bai bo", "het hieu luc"})


class ServiceSheet(StrEnum):
    """What a sheet lists."""

    REQUESTS = "service_requests"
    CATALOGUE = "service_catalogue"


TITLES = {ServiceSheet.REQUESTS: "Hồ sơ dịch vụ công", ServiceSheet.CATALOGUE: "Danh mục dịch vụ công"}
COLUMNS: Mapping[ServiceSheet, Mapping[str, Column]] = {
    ServiceSheet.REQUESTS: {
        "unit": column("Đơn vị|Cơ quan"),
        "code": column("Mã hồ sơ|Số hồ sơ"),
        "service": column("Mã dịch vụ|Mã thủ tục|Mã TTHC"),
        "received_at": column("Tiếp nhận|Ngày tiếp nhận|Thời điểm tiếp nhận"),
        "due_at": column("Hạn trả kết quả|Ngày hẹn trả|Hẹn trả"),
        "done_at": column("Trả kết quả|Ngày trả kết quả|Ngày trả"),
        "channel": column("Kênh|Hình thức nộp|Kênh tiếp nhận", False),
        "origin": column("Ngoài tỉnh|Nơi ở", False),
        "returned_at": column("Trả lại hồ sơ|Ngày trả lại", False),
        "satisfaction": column("Đánh giá|Mức độ hài lòng|Hài lòng", False),
        "updated_at": column("Cập nhật", False),
    },
    ServiceSheet.CATALOGUE: {
        "code": column("Mã dịch vụ|Mã thủ tục|Mã TTHC"),
        "title": column("Tên dịch vụ|Tên thủ tục"),
        "is_used": column("Đang áp dụng|Hiệu lực", False),
    },
}


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """A service as a sheet of the agency lists it; `is_used` is False for one that it withdrew."""

    service: PublicService
    is_used: bool = True


@dataclass(slots=True)
class ParsedServices:
    """What a sheet said, all of one kind; `refused` are the first rejected rows, `refused_count` counts all."""

    kind: ServiceSheet
    requests: list[ServiceRequest] = field(default_factory=list)
    catalogue: list[CatalogueLine] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)
    rows_read: int = 0
    refused_count: int = 0


def read_services_sheet(path: Path, units: Units, now: datetime) -> ParsedServices:
    """Read a file in a child process; raises WorkbookRefused (its content) or SourceUnavailable (it is not there)."""
    with sheet_rows(path) as rows:
        return parse_services_rows(rows, units, now)


def parse_services_rows(rows: Iterable[Row], units: Units, now: datetime) -> ParsedServices:
    """The records of rows with content; raises WorkbookRefused when none of the first ones is a header."""
    kind, texts_by_row = headed_rows(iter(rows), COLUMNS, TITLES)
    sheet = ParsedServices(kind)
    for number, texts in texts_by_row:
        sheet.rows_read += 1
        _file(sheet, clean(_READERS[kind], texts, f"dòng {number}", units, now))
    return sheet


def _line_of(texts: Texts, _units: Units, _now: datetime) -> CatalogueLine:
    title = " ".join(texts.get("title", "").split())
    code = code_of(texts, "code", NO_SERVICE)
    if not title or len(title) > LONGEST_TITLE:
        raise EntryRefused("title", f"Ghi tên dịch vụ, không quá {LONGEST_TITLE} chữ.")
    return CatalogueLine(PublicService(code, title), normalised(texts.get("is_used", "")) not in _WITHDRAWN)


_READERS: Mapping[ServiceSheet, Callable[[Texts, Units, datetime], ServiceRequest | CatalogueLine]] = {
    ServiceSheet.REQUESTS: request_of,
    ServiceSheet.CATALOGUE: _line_of,
}


def _file(sheet: ParsedServices, record: ServiceRequest | CatalogueLine | RefusedRecord) -> None:
    match record:
        case ServiceRequest():
            sheet.requests.append(record)
        case CatalogueLine():
            sheet.catalogue.append(record)
        case RefusedRecord():
            sheet.refused_count += 1
            if len(sheet.refused) < LIMITS.rejected_kept:
                named = COLUMNS[sheet.kind][record.field].headers[0]
                sheet.refused.append(RefusedRecord(record.reference, named, record.value, record.reason))
