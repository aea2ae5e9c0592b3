"""Takes in one sheet of training and outreach: sessions with attendance by unit, or results of tests."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from access.principal import Principal
from actions.sheets import SheetOutcome, Taken, take_in_sheet
from connectors.case_workbook.reference import reference_of
from connectors.record_sheet import ParsedRecords
from connectors.training_sheet import TrainingSheet, read_training_sheet
from data_access.session import Database
from data_access.sources import save_source_success, source_by_name
from data_access.training import save_sessions, save_tests
from domain.local_time import local_day
from domain.training import ProficiencyRecord, SessionRecord
from domain.units import Organisation

SOURCE = "training"
Kind = TypeVar("Kind", bound=StrEnum)
R = TypeVar("R")
Parsed = ParsedRecords[TrainingSheet, SessionRecord | ProficiencyRecord]


def import_training_sheet(
    database: Database, principal: Principal, organisation: Organisation, path: Path, now: datetime
) -> SheetOutcome:
    """Read and store one file; a file that was applied before changes nothing.

    Raises NotAllowed without IMPORT_CASES and for somebody of one unit; SourceUnavailable when the file cannot be
    opened.
    """

    def read() -> Parsed:
        return read_training_sheet(path, reference_of(organisation, local_day(now)).unit_codes, now)

    def store(session: Session, sheet: Parsed, stated_at: datetime) -> Taken:
        sessions = [record for record in sheet.records if isinstance(record, SessionRecord)]
        tests = [record for record in sheet.records if isinstance(record, ProficiencyRecord)]
        changed = save_sessions(session, sessions, stated_at, now) + save_tests(session, tests, stated_at, now)
        return told_of_sheet(session, SOURCE, sheet, changed, stated_at)

    return take_in_sheet(database, principal, SOURCE, path, read, store, now)


def told_of_sheet(
    session: Session, source: str, sheet: ParsedRecords[Kind, R], changed: int, stated_at: datetime
) -> Taken:
    """Let the source be as old as what its sheet speaks of, and say what was stored."""
    if sheet.records:
        answered_at = max(stated_at, source_by_name(session, source).last_success_at or stated_at)
        save_source_success(session, source, answered_at, stated_at, changed, sheet.refused_count)
    detail = {"kind": sheet.kind.value, "rows": sheet.rows_read, "changed": changed, "refused": sheet.refused_count}
    return Taken(sheet.message(changed), sheet.rows_read, sheet.refused, sheet.refused_count, detail)
