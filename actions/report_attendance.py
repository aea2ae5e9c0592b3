"""Writes the month table of one unit; what left the house is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.attendance import staff_month
from data_access.audit import record_audit
from data_access.session import Database
from domain.attendance import days_of, month_of
from domain.local_time import local_day, moment_words
from domain.units import Organisation
from reports.attendance import write_month


def save_month(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    wanted: tuple[str, str],
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write (unit, month 'YYYY-MM'); a unit outside the principal's has nobody in it. Raises NotAllowed, OSError."""
    unit, first = wanted[0], month_of(wanted[1], local_day(now))
    with database.reading() as session:
        people = staff_month(session, principal, organisation, unit, first, now)
    known = organisation.unit_on(unit, local_day(now))
    notes = [
        f"Bảng chấm công tháng {first:%m/%Y}, {known.name if known else unit}: {len(people)} người, theo mã",
        f"Suy ra từ lượt chấm lúc {moment_words(now)}, giờ Việt Nam; máy mất liên lạc là «?», không phải vắng",
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_month(path, people, days_of(first, local_day(now)), notes)
    with database.writing() as session:
        record_audit(session, principal, "attendance_exported", unit, {"month": f"{first:%Y-%m}"}, now)
