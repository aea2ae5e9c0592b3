"""Takes in one sheet of the equipment register; it is all that the units in it have."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from access.principal import Principal
from actions.import_training import told_of_sheet
from actions.sheets import SheetOutcome, Taken, take_in_sheet
from connectors.case_workbook.reference import reference_of
from connectors.equipment_sheet import EquipmentSheet, read_equipment_sheet
from connectors.record_sheet import ParsedRecords
from data_access.equipment import save_registers
from data_access.session import Database
from domain.equipment import EquipmentItem
from domain.local_time import local_day
from domain.units import Organisation

SOURCE = "equipment"
Parsed = ParsedRecords[EquipmentSheet, EquipmentItem]


def import_equipment_sheet(
    database: Database, principal: Principal, organisation: Organisation, path: Path, now: datetime
) -> SheetOutcome:
    """Read and store one file; a file that was applied before changes nothing.

    Raises NotAllowed without IMPORT_CASES and for somebody of one unit; SourceUnavailable when the file cannot be
    opened.
    """

    def read() -> Parsed:
        return read_equipment_sheet(path, reference_of(organisation, local_day(now)).unit_codes, now)

    def store(session: Session, sheet: Parsed, stated_at: datetime) -> Taken:
        return told_of_sheet(session, SOURCE, sheet, save_registers(session, sheet.records, stated_at, now), stated_at)

    return take_in_sheet(database, principal, SOURCE, path, read, store, now)
