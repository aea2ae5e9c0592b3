"""Writes the workbook of the field reports a person looks at; what left the house is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.field_reports import listed_reports
from data_access.session import Database
from data_access.sources import source_by_name
from domain.local_time import local_day, moment_words
from domain.report_filters import ReportFilter
from domain.units import Organisation
from reports.field_reports import write_field_reports


def save_field_reports(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    wanted: ReportFilter,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write what the filter asks for; raises NotAllowed, OSError."""
    with database.reading() as session:
        reports = listed_reports(session, principal, organisation, wanted, now)
        source = source_by_name(session, "field_reports")
    names = {unit.code: unit.name for unit in organisation.case_units_on(local_day(now))}
    as_of = moment_words(source.last_success_at) if source.last_success_at else "chưa có"
    notes = [
        f"Phản ánh hiện trường: {len(reports)} phản ánh, bộ lọc {wanted.address() or 'mặc định (đang mở)'}",
        f"Nguồn {source.title}, số liệu đến {as_of}; xuất lúc {moment_words(now)}, giờ Việt Nam",
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_field_reports(path, reports, names, notes)
    with database.writing() as session:
        detail = {"rows": str(len(reports)), "filter": wanted.address()}
        record_audit(session, principal, "field_reports_exported", principal.unit or "", detail, now)
