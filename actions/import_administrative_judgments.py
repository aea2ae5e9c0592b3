"""Takes in one register of administrative judgments that was dropped into the inbox: one transaction, audited."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from access.principal import Principal
from actions.sheets import SheetOutcome, Taken, take_in_sheet
from connectors.administrative_judgments import TITLE, JudgmentRegister, read_judgment_register
from connectors.base import WorkbookRefused
from connectors.case_workbook.reference import reference_of
from data_access.administrative_judgments import judged_days, save_judgments
from data_access.session import Database
from data_access.sources import save_source_configured, save_source_success
from domain.local_time import local_day
from domain.units import Organisation

SOURCE = "administrative_judgments"
EMPTY = f"{TITLE}: không có dòng nào."


def import_judgment_register(
    database: Database, principal: Principal, organisation: Organisation, path: Path, now: datetime
) -> SheetOutcome:
    """Read and store one file; one that was applied before changes nothing, one without a row is refused. No file takes
    a judgment away: whatever it does not name stays as it was.

    Raises NotAllowed without IMPORT_CASES and for somebody of one unit; SourceUnavailable when it cannot be opened.
    """

    def read() -> JudgmentRegister:
        register = read_judgment_register(path, reference_of(organisation, local_day(now)).unit_codes, now)
        if not register.rows_read:
            raise WorkbookRefused(EMPTY)
        return register

    def store(session: Session, register: JudgmentRegister, stated_at: datetime) -> Taken:
        return _store(session, register, stated_at, now)

    return take_in_sheet(database, principal, SOURCE, path, read, store, now)


def _store(session: Session, register: JudgmentRegister, stated_at: datetime, now: datetime) -> Taken:
    known = judged_days(session, [line.judgment for line in register.lines])
    taken = []
    for line in register.lines:
        judgment = line.judgment
        stored_on = known.get((judgment.unit, judgment.reference), judgment.judged_on)
        if stored_on == judgment.judged_on:
            taken.append(judgment)
            continue
        reason = f"Số bản án này của đơn vị đã có với ngày bản án {stored_on:%d/%m/%Y}: sửa ngày hoặc ghi thêm tòa án."
        register.refuse(line.reference, "judged_on", f"{judgment.judged_on:%d/%m/%Y}", reason)
    changed = save_judgments(session, taken, stated_at, now)
    save_source_configured(session, SOURCE, True, now)
    if taken:
        save_source_success(session, SOURCE, now, stated_at, changed, register.refused_count)
    rows, refused = register.rows_read, register.refused_count
    message = f"{TITLE}: {rows} dòng, {changed} mới hoặc thay đổi, {refused} không nhận."
    detail = {"rows": rows, "changed": changed, "refused": refused}
    return Taken(message, rows, register.refused, refused, detail)
