"""Reads one sheet of attendance: what kind it is, its rows as records, the rows that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from connectors.attendance_file.rows import Record, record_of, refused_row
from connectors.attendance_file.sheets import COLUMNS, TITLES, SheetKind
from connectors.base import RefusedRecord
from connectors.sheet_rows import LIMITS, Row, headed_rows, sheet_rows
from domain.attendance import AbsenceRecord, PunchRecord, StaffRecord, TerminalRecord

TAKEN = "số người dùng này đã thuộc một mã khác trong cùng đơn vị"


@dataclass(slots=True)
class ParsedSheet:
    """What a sheet said, all of one kind; `refused` are the first rejected rows, `refused_count` counts all."""

    kind: SheetKind
    terminals: list[TerminalRecord] = field(default_factory=list)
    staff: list[StaffRecord] = field(default_factory=list)
    absences: list[AbsenceRecord] = field(default_factory=list)
    punches: list[PunchRecord] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)
    rows_read: int = 0
    refused_count: int = 0

    def refuse(self, record: RefusedRecord) -> None:
        """Count a row as refused, and keep it while there is room."""
        self.refused_count += 1
        if len(self.refused) < LIMITS.rejected_kept:
            self.refused.append(record)


def read_attendance_sheet(
    path: Path, units: Mapping[str, str], now: datetime, *, name: str | None = None
) -> ParsedSheet:
    """Read a file in a child process; raises WorkbookRefused (its content) or SourceUnavailable (it is not there)."""
    with sheet_rows(path, name) as rows:
        return parse_rows(rows, units, now)


def parse_rows(rows: Iterable[Row], units: Mapping[str, str], now: datetime) -> ParsedSheet:
    """The records of rows with content; raises WorkbookRefused when none of the first ones is a header."""
    kind, texts_by_row = headed_rows(iter(rows), COLUMNS, TITLES)
    sheet = ParsedSheet(kind)
    owners: dict[tuple[str, str], list[StaffRecord]] = {}
    for number, texts in texts_by_row:
        sheet.rows_read += 1
        record: Record | RefusedRecord = record_of(kind, texts, number, units, now)
        if isinstance(record, StaffRecord) and _is_taken(record, owners):
            record = refused_row(kind, texts, number, "pin", TAKEN)
        _file(sheet, record)
    return sheet


def _file(sheet: ParsedSheet, record: Record | RefusedRecord) -> None:
    match record:
        case RefusedRecord():
            sheet.refuse(record)
        case TerminalRecord():
            sheet.terminals.append(record)
        case StaffRecord():
            sheet.staff.append(record)
        case AbsenceRecord():
            sheet.absences.append(record)
        case PunchRecord():
            sheet.punches.append(record)


def _is_taken(person: StaffRecord, owners: dict[tuple[str, str], list[StaffRecord]]) -> bool:
    """Whether the number already belongs to another code of the unit at the same time; notes it when it does not."""
    others = owners.setdefault((person.unit, person.pin), [])
    if any(other.code != person.code and _overlap(other, person) for other in others):
        return True
    others.append(person)
    return False


def _overlap(one: StaffRecord, other: StaffRecord) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)
