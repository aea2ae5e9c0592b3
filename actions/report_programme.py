"""Writes the scoreboard of pledges as a workbook; what left the house is in the audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.pledge_evidence import EvidenceQuestions
from data_access.programme import standings
from data_access.session import Database
from data_access.working_days import load_working_calendar
from domain.local_time import local_day, moment_words
from domain.permissions import Permission
from domain.units import Organisation
from reports.programme import write_programme


def save_programme(
    database: Database, principal: Principal, organisation: Organisation, is_sample: bool, now: datetime, path: Path
) -> None:
    """Write every pledge in the principal's scope; raises NotAllowed, OSError."""
    principal.require(Permission.SEE_PROGRAMME)
    with database.reading() as session:
        questions = EvidenceQuestions(session, principal, organisation, load_working_calendar(), now)
        found = standings(questions)
    names = {each.code: each.name for each in organisation.case_units_on(local_day(now))}
    notes = [
        "Cam kết của Đề án",
        f"Mỗi dòng có nguồn và thời điểm riêng; xuất lúc {moment_words(now)}",
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_programme(path, found, names, notes)
    with database.writing() as session:
        record_audit(session, principal, "programme_exported", "programme", {"pledges": len(found)}, now)
