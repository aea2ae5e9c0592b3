"""Writes the month of citizen reception; what left the house is in the audit."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.reception import petition_register, reception_month
from data_access.session import Database
from data_access.sources import source_by_name
from domain.attendance import month_of
from domain.local_time import local_day, moment_words
from domain.permissions import Permission
from domain.units import Organisation
from reports.reception import ReceptionLine, write_reception


def save_reception(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    month: str,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write the month 'YYYY-MM' of every unit the principal sees; raises NotAllowed, OSError."""
    principal.require(Permission.SEE_RECEPTION)
    today = local_day(now)
    first = month_of(month, today)
    with database.reading() as session:
        found = reception_month(session, principal, organisation, first, now)
        register = petition_register(session, principal, organisation, today, is_sample)
        source = source_by_name(session, "reception")
    names = {each.code: each.name for each in organisation.case_units_on(today)}
    crowds = Counter(one.unit for one in found.delegations)
    petitions = register.units if register else {}
    lines = [
        ReceptionLine(names.get(unit, unit), counts, crowds[unit], petitions.get(unit))
        for unit, counts in found.units.items()
    ]
    stated = f"{register.stated_on:%d/%m/%Y}" if register else "chưa có"
    as_of = moment_words(source.as_of_at) if source.as_of_at else "chưa có"
    is_sample_term = bool(register and register.total.is_sample)
    notes = [
        f"Tiếp công dân tháng {first:%m/%Y}",
        f"Nguồn trả lời lần cuối {as_of}; sổ khiếu nại, tố cáo đến ngày {stated}; xuất lúc {moment_words(now)}",
        "Có giám sát: camera phòng tiếp có hình dùng được suốt lượt tiếp, tính từ trạng thái camera.",
        *(["Đơn quá hạn tính theo thời hạn mẫu"] if is_sample_term else []),
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_reception(path, lines, notes)
    with database.writing() as session:
        record_audit(session, principal, "reception_exported", "reception", {"month": f"{first:%Y-%m}"}, now)
