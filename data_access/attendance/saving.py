"""Stores what sheets state of terminals, staff and absences: the newest statement of each row wins, in any order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.models.attendance import AbsenceRow, CorrectionRow, StaffRow, TerminalRow
from data_access.versions import bump_version, lock_writers
from domain.attendance import AbsenceRecord, Correction, StaffRecord, TerminalRecord

TOPIC = "attendance"
Row = TypeVar("Row", TerminalRow, StaffRow, AbsenceRow)
Key = tuple[Any, ...]


def save_terminals(session: Session, terminals: Sequence[TerminalRecord], stated_at: datetime, now: datetime) -> int:
    """Store terminals by serial, as a sheet stated them at `stated_at`; returns how many are new or changed."""
    lock_writers(session, TOPIC)
    stored = {(row.serial,): row for row in session.scalars(select(TerminalRow))}
    stated = {
        (terminal.serial,): {
            "unit": terminal.unit,
            "name": terminal.name,
            "allowed_network": terminal.allowed_network,
            "is_allowed": terminal.is_allowed,
        }
        for terminal in terminals
    }
    return _save(session, stored, stated, lambda key: TerminalRow(serial=key[0]), stated_at, now)


def save_staff(session: Session, staff: Sequence[StaffRecord], stated_at: datetime, now: datetime) -> int:
    """Store staff by unit, code and user number; a row without a first day keeps the newest one that was stated."""
    lock_writers(session, TOPIC)
    units = sorted({person.unit for person in staff})
    question = select(StaffRow).where(StaffRow.unit.in_(units))
    stored = {(row.unit, row.code, row.pin): row for row in session.scalars(question)}
    stated = {
        (person.unit, person.code, person.pin): {"role": person.role.value, "valid_to": person.valid_to}
        for person in staff
    }

    def new(key: Key) -> StaffRow:
        return StaffRow(unit=key[0], code=key[1], pin=key[2])

    changed = _save(session, stored, stated, new, stated_at, now)
    moved = 0
    for person in staff:
        row = stored[person.unit, person.code, person.pin]
        if person.valid_from is not None and _first_day_wins(row, person, stated_at):
            moved += row.valid_from != person.valid_from
            row.valid_from, row.valid_from_stated_at = person.valid_from, stated_at
    session.flush()
    if moved and not changed:
        bump_version(session, TOPIC, now)
    return changed or moved


def save_absences(session: Session, absences: Sequence[AbsenceRecord], stated_at: datetime, now: datetime) -> int:
    """Store leave, trips and field duty by person, kind, days and reference; a withdrawn row stays, withdrawn."""
    if not absences:
        return 0
    lock_writers(session, TOPIC)
    first, last = min(item.overlay.from_on for item in absences), max(item.overlay.to_on for item in absences)
    question = select(AbsenceRow).where(AbsenceRow.from_on >= first, AbsenceRow.to_on <= last)
    stored = {
        (row.unit, row.code, row.kind, row.from_on, row.to_on, row.reference): row for row in session.scalars(question)
    }
    stated = {
        _absence_key(item): {
            "leave": item.overlay.leave.value if item.overlay.leave else "",
            "is_withdrawn": item.is_withdrawn,
        }
        for item in absences
    }

    def new(key: Key) -> AbsenceRow:
        names = ("unit", "code", "kind", "from_on", "to_on", "reference")
        return AbsenceRow(**dict(zip(names, key, strict=True)))

    return _save(session, stored, stated, new, stated_at, now)


def save_correction(session: Session, unit: str, code: str, day: date, said: Correction, by: str) -> None:
    """Keep what a person said a day was, beside whatever was said before."""
    lock_writers(session, TOPIC)
    session.add(
        CorrectionRow(
            unit=unit,
            code=code,
            day=day,
            status=said.status.value,
            reason=said.reason,
            corrected_by=by,
            corrected_at=said.at,
        )
    )
    session.flush()
    bump_version(session, TOPIC, said.at)


def _save(
    session: Session,
    stored: dict[Key, Row],
    stated: Mapping[Key, Mapping[str, Any]],
    new: Callable[[Key], Row],
    stated_at: datetime,
    now: datetime,
) -> int:
    """Insert, or update where the statement is newer; of two at one instant the larger hash wins, in any order."""
    changed = 0
    for key, values in stated.items():
        digest = _digest(values)
        row = stored.get(key)
        if row is None:
            row = stored[key] = new(key)
            session.add(row)
        elif (stated_at, digest) <= (row.stated_at, row.row_hash):
            continue
        changed += row.row_hash != digest
        for name, value in values.items():
            setattr(row, name, value)
        row.stated_at, row.row_hash, row.recorded_at = stated_at, digest, now
    session.flush()
    if changed:
        bump_version(session, TOPIC, now)
    return changed


def _first_day_wins(row: StaffRow, person: StaffRecord, stated_at: datetime) -> bool:
    if row.valid_from is None or row.valid_from_stated_at is None or person.valid_from is None:
        return True
    return (stated_at, person.valid_from) > (row.valid_from_stated_at, row.valid_from)


def _absence_key(item: AbsenceRecord) -> Key:
    overlay = item.overlay
    return item.unit, item.code, overlay.kind.value, overlay.from_on, overlay.to_on, item.reference


def _digest(values: Mapping[str, Any]) -> str:
    text = json.dumps(values, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
