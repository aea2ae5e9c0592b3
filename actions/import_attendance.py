"""Takes in one sheet of attendance: terminals, staff, absences or punches. Stored in one transaction, audited."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

from sqlalchemy.orm import Session

from access.principal import NotAllowed, Principal
from actions.import_cases.arrival import fingerprint, printable_name
from actions.sheets import MODE, SheetOutcome, quarantined_rows, refuse_sheet, save_sheet_batch
from connectors.attendance_file import TITLES, ParsedSheet, SheetKind, read_attendance_sheet
from connectors.base import RefusedRecord, WorkbookRefused
from connectors.case_workbook.as_of import stated_in_name
from connectors.case_workbook.reference import reference_of
from data_access.attendance import (
    save_absences,
    save_contact,
    save_punches,
    save_staff,
    save_terminals,
    terminal_units,
)
from data_access.audit import record_audit
from data_access.import_batches import BatchState, applied_before, save_refused_rows
from data_access.session import Database
from data_access.sources import save_source_configured, save_source_success
from data_access.versions import bump_version
from domain.local_time import LOCAL, local_day
from domain.permissions import Permission
from domain.units import Organisation

SOURCE = "attendance"
NO_TERMINAL = "máy này không có trong danh mục máy chấm công"


def import_attendance_sheet(
    database: Database, principal: Principal, organisation: Organisation, path: Path, now: datetime
) -> SheetOutcome:
    """Read and store one file; a file that was applied before changes nothing.

    Raises NotAllowed without IMPORT_CASES, for somebody of one unit, and for a list of terminals without ADMINISTER;
    SourceUnavailable when the file cannot be opened.
    """
    principal.require(Permission.IMPORT_CASES)
    if principal.unit is not None:
        raise NotAllowed("a sheet may speak of any unit, so somebody of one unit may not hand it in")
    digest, name = fingerprint(path), printable_name(path)
    with database.reading() as session:
        before = applied_before(session, digest, name, MODE)
        if before is not None:
            return SheetOutcome(BatchState.DUPLICATE, before.public_id, before.id, "Tệp này đã được nhập.")
    try:
        sheet = read_attendance_sheet(path, reference_of(organisation, local_day(now)).unit_codes, now)
    except WorkbookRefused as refused:
        with database.writing() as session:
            return refuse_sheet(session, principal, SOURCE, (name, digest), refused.reason, now)
    if sheet.kind is SheetKind.TERMINALS:
        principal.require(Permission.ADMINISTER)
    with database.writing() as session:
        return _apply(session, principal, sheet, (name, digest), stated_at_of(path, now), now)


def stated_at_of(path: Path, now: datetime) -> datetime:
    """The instant a file speaks of: stated in its name, else its own time; never after `now`."""
    stated = stated_in_name(printable_name(path))
    if stated is None:
        return min(datetime.fromtimestamp(path.stat().st_mtime, UTC), now)
    return min(stated.at or datetime.combine(stated.on, time(23, 59, 59), LOCAL).astimezone(UTC), now)


def _apply(
    session: Session,
    principal: Principal,
    sheet: ParsedSheet,
    file: tuple[str, str],
    stated_at: datetime,
    now: datetime,
) -> SheetOutcome:
    if sheet.kind is SheetKind.PUNCHES:
        changed = _save_punches(session, sheet, now)
    else:
        changed = save_terminals(session, sheet.terminals, stated_at, now) if sheet.terminals else 0
        changed += save_staff(session, sheet.staff, stated_at, now) if sheet.staff else 0
        changed += save_absences(session, sheet.absences, stated_at, now)
        save_source_configured(session, SOURCE, True, now)
    message = (
        f"{TITLES[sheet.kind]}: {sheet.rows_read} dòng, {changed} mới hoặc thay đổi, {sheet.refused_count} không nhận."
    )
    values = {
        "as_of_at": stated_at,
        "rows_in": sheet.rows_read,
        "rows_refused": sheet.refused_count,
        "message": message,
    }
    public_id, batch = save_sheet_batch(session, principal, SOURCE, file, BatchState.APPLIED, values, now)
    save_refused_rows(session, batch, quarantined_rows(SOURCE, sheet.refused))
    detail = {"kind": sheet.kind.value, "rows": sheet.rows_read, "changed": changed, "refused": sheet.refused_count}
    bump_version(session, "sources", now)
    record_audit(session, principal, "attendance_sheet_imported", public_id, detail, now)
    return SheetOutcome(BatchState.APPLIED, public_id, batch, message, sheet.rows_read, sheet.refused_count)


def _save_punches(session: Session, sheet: ParsedSheet, now: datetime) -> int:
    """Punches of known terminals; the newest of each is also a time at which that terminal was heard."""
    known = terminal_units(session)
    for number, item in enumerate(sheet.punches, start=1):
        if item.punch.serial not in known:
            row = RefusedRecord(f"lượt {number}", "Số máy", item.punch.serial[:32], NO_TERMINAL, item.punch.pin)
            sheet.refuse(row)
    kept = [item for item in sheet.punches if item.punch.serial in known]
    new = save_punches(session, kept, now)
    newest: dict[str, datetime] = {}
    for item in kept:
        at = min(item.punch.punched_at, now)
        newest[item.punch.serial] = max(at, newest.get(item.punch.serial, at))
    for serial, at in newest.items():
        save_contact(session, serial, at, now)
    if kept:
        save_source_success(session, SOURCE, now, max(newest.values()), new, sheet.refused_count)
    return new
