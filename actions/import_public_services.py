"""Takes in one sheet of public services: requests, or the agency's catalogue of services."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from access.principal import Principal
from actions.sheets import SheetOutcome, Taken, take_in_sheet
from connectors.case_workbook.reference import reference_of
from connectors.public_services_sheet import TITLES, ParsedServices, read_services_sheet
from data_access.public_services import ServiceEntry, save_public_services, save_requests
from data_access.session import Database
from data_access.sources import save_source_configured, save_source_success, source_by_name
from domain.local_time import local_day
from domain.units import Organisation

SOURCE = "public_services"


def import_services_sheet(
    database: Database, principal: Principal, organisation: Organisation, path: Path, now: datetime
) -> SheetOutcome:
    """Read and store one file; a file that was applied before changes nothing.

    Raises NotAllowed without IMPORT_CASES and for somebody of one unit; SourceUnavailable when the file cannot be
    opened.
    """

    def read() -> ParsedServices:
        return read_services_sheet(path, reference_of(organisation, local_day(now)).unit_codes, now)

    def store(session: Session, sheet: ParsedServices, stated_at: datetime) -> Taken:
        return _store(session, sheet, stated_at, now)

    return take_in_sheet(database, principal, SOURCE, path, read, store, now)


def _store(session: Session, sheet: ParsedServices, stated_at: datetime, now: datetime) -> Taken:
    entries = [ServiceEntry(line.service.code, line.service.title, line.is_used) for line in sheet.catalogue]
    # A sheet says how things stood when it was made; a rating that it adds later has no time of its own.
    requests = [replace(one, updated_at=max(one.updated_at, stated_at)) for one in sheet.requests]
    changed = save_requests(session, requests, now) + save_public_services(session, entries, stated_at, now)
    save_source_configured(session, SOURCE, True, now)
    if requests:
        newest = max(request.updated_at for request in requests)
        # Not as of now; an older one makes nothing older.
        answered_at = max(stated_at, source_by_name(session, SOURCE).last_success_at or stated_at)
        save_source_success(session, SOURCE, answered_at, newest, changed, sheet.refused_count)
    message = (
        f"{TITLES[sheet.kind]}: {sheet.rows_read} dòng, {changed} mới hoặc thay đổi, {sheet.refused_count} không nhận."
    )
    detail = {"kind": sheet.kind.value, "rows": sheet.rows_read, "changed": changed, "refused": sheet.refused_count}
    return Taken(message, sheet.rows_read, sheet.refused, sheet.refused_count, detail)
