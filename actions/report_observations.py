"""Writes figures by period as a workbook; what left the house is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.observations import observed_indicators
from data_access.observed_boards import observed_boards
from data_access.session import Database
from data_access.statistical_form import unit_name_on
from domain.local_time import moment_words
from domain.permissions import Permission
from domain.units import Organisation
from reports.observations import write_observations


def save_observations_workbook(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    indicator: str,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write one indicator, or all of them ('' or unknown), of the principal's units; raises NotAllowed, OSError."""
    principal.require(Permission.SEE_PROGRAMME)
    with database.reading() as session:
        catalogue = observed_indicators(session)
        codes = [indicator] if indicator in catalogue else list(catalogue)
        boards = observed_boards(session, principal, organisation, codes, now)
    lines = [
        (board.indicator, unit_name_on(organisation, stated.unit, stated.period.last_on), stated)
        for board in boards
        for stated in board.known.values()
    ]
    notes = [
        "Số liệu theo kỳ do phần mềm của ngành, khảo sát hoặc đơn vị báo",
        f"Mỗi dòng là số liệu mới nhất của một chỉ tiêu, đơn vị, kỳ; xuất lúc {moment_words(now)}",
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_observations(path, lines, notes)
    with database.writing() as session:
        record_audit(session, principal, "observations_exported", indicator or "all", {"rows": len(lines)}, now)
