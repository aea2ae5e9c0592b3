"""Writes the workbook of the security events a person looks at; what left the house is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.security import desk_security_events
from data_access.session import Database
from data_access.sources import source_by_name
from domain.local_time import local_day, moment_words
from domain.security import KIND_NAMES, SecurityFilter, SecurityKind
from domain.units import Organisation
from reports.security import write_security


def save_security(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    wanted: SecurityFilter,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write the events of a filter within the principal's units; raises NotAllowed, OSError."""
    today = local_day(now)
    with database.reading() as session:
        found = desk_security_events(session, principal, organisation, wanted.since(today), now)
        sources = [source_by_name(session, name) for name in ("security", "guard_log")]
    events = [event for event in found if wanted.admits(event)]
    names = {unit.code: unit.name for unit in organisation.case_units_on(today)}
    kind = KIND_NAMES[SecurityKind(wanted.kind)] if wanted.kind else "mọi loại"
    told = [
        f"{source.title}: {moment_words(source.as_of_at) if source.as_of_at else 'chưa có nguồn'}" for source in sources
    ]
    notes = [
        f"Sự kiện an ninh: {len(events)} sự kiện, {names.get(wanted.unit, 'mọi đơn vị')}, {kind}",
        f"Từ {moment_words(wanted.since(today))}; xuất lúc {moment_words(now)}, giờ Việt Nam; {', '.join(told)}",
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_security(path, events, names, notes)
    with database.writing() as session:
        detail = {"rows": str(len(events)), "filter": wanted.address()}
        record_audit(session, principal, "security_exported", wanted.unit, detail, now)
