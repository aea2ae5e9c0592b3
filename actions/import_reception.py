"""Takes in one sheet of citizen reception: the day's visits, or the register of complaints and denunciations."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from access.principal import Principal
from actions.sheets import SheetOutcome, Taken, take_in_sheet
from connectors.case_workbook.reference import reference_of
from connectors.reception_sheet import TITLES, ParsedReception, ReceptionSheet, read_reception_sheet
from data_access.reception import save_petitions, save_visits
from data_access.session import Database
from data_access.sources import save_source_configured, save_source_success, source_by_name
from domain.local_time import local_day
from domain.units import Organisation

SOURCE = "reception"


def import_reception_sheet(
    database: Database, principal: Principal, organisation: Organisation, path: Path, now: datetime
) -> SheetOutcome:
    """Read and store one file; a file that was applied before changes nothing.

    Raises NotAllowed without IMPORT_CASES and for somebody of one unit; SourceUnavailable when the file cannot be
    opened.
    """

    def read() -> ParsedReception:
        return read_reception_sheet(path, reference_of(organisation, local_day(now)).unit_codes, now)

    def store(session: Session, sheet: ParsedReception, stated_at: datetime) -> Taken:
        return _store(session, sheet, stated_at, now)

    return take_in_sheet(database, principal, SOURCE, path, read, store, now)


def _store(session: Session, sheet: ParsedReception, stated_at: datetime, now: datetime) -> Taken:
    changed = save_visits(session, sheet.visits, now)
    changed += save_petitions(session, sheet.petitions, stated_at, now)
    save_source_configured(session, SOURCE, True, now)
    if sheet.kind is ReceptionSheet.VISITS and sheet.visits:
        newest = max(visit.updated_at for visit in sheet.visits)
        # A sheet says how things stood when it was made, not now; an older one makes nothing older.
        answered_at = max(stated_at, source_by_name(session, SOURCE).last_success_at or stated_at)
        save_source_success(session, SOURCE, answered_at, newest, changed, sheet.refused_count)
    message = (
        f"{TITLES[sheet.kind]}: {sheet.rows_read} dòng, {changed} mới hoặc thay đổi, {sheet.refused_count} không nhận."
    )
    detail = {"kind": sheet.kind.value, "rows": sheet.rows_read, "changed": changed, "refused": sheet.refused_count}
    return Taken(message, sheet.rows_read, sheet.refused, sheet.refused_count, detail)
