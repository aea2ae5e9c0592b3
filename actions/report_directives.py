"""Writes the workbook of the directives a person looks at; what left the house is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.directives import directives
from data_access.session import Database
from domain.directives import STATE_NAMES, DirectiveFilter, DirectiveState
from domain.local_time import local_day, moment_words
from domain.units import Organisation
from reports.directives import write_directives


def save_directives(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    wanted: DirectiveFilter,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write the directives of a filter within the principal's units; raises NotAllowed, OSError."""
    today = local_day(now)
    with database.reading() as session:
        found = [each for each in directives(session, principal, organisation, now) if wanted.admits(each, today)]
    names = {unit.code: unit.name for unit in organisation.case_units_on(today)}
    state = STATE_NAMES[DirectiveState(wanted.state)] if wanted.state else "mọi trạng thái"
    overdue = ", quá hạn" if wanted.overdue else ""
    notes = [
        f"Chỉ đạo: {len(found)} chỉ đạo, {names.get(wanted.unit, 'mọi đơn vị')}, {state}{overdue}",
        f"Xuất lúc {moment_words(now)}, giờ Việt Nam",
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_directives(path, found, names, notes, today)
    with database.writing() as session:
        detail = {"rows": str(len(found)), "filter": wanted.address()}
        record_audit(session, principal, "directives_exported", wanted.unit, detail, now)
