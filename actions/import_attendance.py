"""Takes in one sheet of attendance: terminals, staff, absences or punches. Stored in one transaction, audited."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from access.principal import Principal
from actions.sheets import SheetOutcome, Taken, take_in_sheet
from connectors.attendance_file import TITLES, ParsedSheet, SheetKind, read_attendance_sheet
from connectors.base import RefusedRecord
from connectors.case_workbook.reference import reference_of
from data_access.attendance import (
    save_absences,
    save_contact,
    save_punches,
    save_staff,
    save_terminals,
    terminal_units,
)
from data_access.session import Database
from data_access.sources import save_source_configured, save_source_success
from domain.local_time import local_day
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

    def read() -> ParsedSheet:
        sheet = read_attendance_sheet(path, reference_of(organisation, local_day(now)).unit_codes, now)
        if sheet.kind is SheetKind.TERMINALS:
            principal.require(Permission.ADMINISTER)
        return sheet

    def store(session: Session, sheet: ParsedSheet, stated_at: datetime) -> Taken:
        return _store(session, sheet, stated_at, now)

    return take_in_sheet(database, principal, SOURCE, path, read, store, now)


def _store(session: Session, sheet: ParsedSheet, stated_at: datetime, now: datetime) -> Taken:
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
    detail = {"kind": sheet.kind.value, "rows": sheet.rows_read, "changed": changed, "refused": sheet.refused_count}
    return Taken(message, sheet.rows_read, sheet.refused, sheet.refused_count, detail)


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
