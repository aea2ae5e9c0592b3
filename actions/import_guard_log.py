"""Takes in one guard log that was dropped into the inbox. Stored in one transaction, audited."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from access.principal import Principal
from actions.sheets import SheetOutcome, Taken, take_in_sheet
from connectors.base import WorkbookRefused
from connectors.case_workbook.reference import reference_of
from connectors.security.guard_log import GuardLog, read_guard_log
from data_access.security import save_security_events
from data_access.session import Database
from data_access.sources import save_source_success
from data_access.versions import bump_version
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

SOURCE = "guard_log"
EMPTY = "Sổ trực không có dòng nào đọc được."


def import_guard_log(
    database: Database, principal: Principal, organisation: Organisation, path: Path, now: datetime
) -> SheetOutcome:
    """Read and store one file; a file that was applied before changes nothing, one without a usable row is refused.

    Raises NotAllowed without RECORD_SECURITY and for somebody of one unit; SourceUnavailable when it cannot be opened.
    """

    def read() -> GuardLog:
        log = read_guard_log(path, reference_of(organisation, local_day(now)).unit_codes, now)
        if log.newest_at is None and not log.refused:
            raise WorkbookRefused(EMPTY)
        return log

    def store(session: Session, log: GuardLog, stated_at: datetime) -> Taken:
        return _store(session, log, stated_at, now)

    asked = (database, principal, SOURCE, path)
    return take_in_sheet(*asked, read, store, now, Permission.RECORD_SECURITY)


def _store(session: Session, log: GuardLog, stated_at: datetime, now: datetime) -> Taken:
    changed = len(save_security_events(session, log.records, stated_at, now))
    if log.newest_at is not None:
        save_source_success(session, SOURCE, now, log.newest_at, changed, log.refused_count)
        bump_version(session, "security", now)
    message = (
        f"Sổ trực: {log.rows_read} dòng, {changed} sự kiện mới hoặc thay đổi, {log.quiet} ca bình thường, "
        f"{log.refused_count} không nhận."
    )
    detail = {"rows": log.rows_read, "changed": changed, "refused": log.refused_count}
    return Taken(message, log.rows_read, log.refused, log.refused_count, detail)
