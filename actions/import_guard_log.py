"""Takes in one guard log that was dropped into the inbox. Stored in one transaction, audited."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from access.principal import NotAllowed, Principal
from actions.import_cases.arrival import fingerprint, printable_name
from actions.sheets import MODE, SheetOutcome, quarantined_rows, refuse_sheet, save_sheet_batch, stated_at_of
from connectors.base import WorkbookRefused
from connectors.case_workbook.reference import reference_of
from connectors.security.guard_log import GuardLog, read_guard_log
from data_access.audit import record_audit
from data_access.import_batches import BatchState, applied_before, save_refused_rows
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
    principal.require(Permission.RECORD_SECURITY)
    if principal.unit is not None:
        raise NotAllowed("a guard log may speak of any unit, so somebody of one unit may not hand it in")
    file = (printable_name(path), fingerprint(path))
    with database.reading() as session:
        before = applied_before(session, file[1], file[0], MODE)
    if before is not None:
        return SheetOutcome(BatchState.DUPLICATE, before.public_id, before.id, "Tệp này đã được nhập.")
    try:
        log = read_guard_log(path, reference_of(organisation, local_day(now)).unit_codes, now)
        if log.newest_at is None and not log.refused:
            raise WorkbookRefused(EMPTY)
    except WorkbookRefused as refused:
        with database.writing() as session:
            return refuse_sheet(session, principal, SOURCE, file, refused.reason, now)
    with database.writing() as session:
        return _apply(session, principal, log, file, stated_at_of(path, now), now)


def _apply(
    session: Session, principal: Principal, log: GuardLog, file: tuple[str, str], stated_at: datetime, now: datetime
) -> SheetOutcome:
    changed = len(save_security_events(session, log.records, stated_at, now))
    message = (
        f"Sổ trực: {log.rows_read} dòng, {changed} sự kiện mới hoặc thay đổi, {log.quiet} ca bình thường, "
        f"{log.refused_count} không nhận."
    )
    values = {
        "as_of_at": stated_at,
        "rows_in": log.rows_read,
        "rows_refused": log.refused_count,
        "message": message,
    }
    public_id, batch = save_sheet_batch(session, principal, SOURCE, file, BatchState.APPLIED, values, now)
    save_refused_rows(session, batch, quarantined_rows(SOURCE, log.refused))
    if log.newest_at is not None:
        save_source_success(session, SOURCE, now, log.newest_at, changed, log.refused_count)
        bump_version(session, "security", now)
    bump_version(session, "sources", now)
    detail = {"rows": log.rows_read, "changed": changed, "refused": log.refused_count}
    record_audit(session, principal, "guard_log_imported", public_id, detail, now)
    return SheetOutcome(BatchState.APPLIED, public_id, batch, message, log.rows_read, log.refused_count)
