"""Training and outreach: storing sessions and tests, and what may be asked about them within a principal's units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.training import ProficiencyRow, TrainingRow
from data_access.scope import case_units_seen, heirs_seen
from data_access.versions import bump_version, lock_writers
from domain.counted_share import CountedShare
from domain.local_time import local_day
from domain.training import (
    ProficiencyRecord,
    SessionKind,
    SessionRecord,
    TrainingCounts,
    proficient_staff,
    training_counts,
)
from domain.units import Organisation

TOPIC = "training"
_SESSION_FIELDS = ("title", "kind", "held_on", "invited", "attended", "material", "reference")
_TEST_FIELDS = ("tested_on", "staff", "tested", "passed")
Record = TypeVar("Record", SessionRecord, ProficiencyRecord)


def save_sessions(session: Session, records: Sequence[SessionRecord], stated_at: datetime, now: datetime) -> int:
    """Insert or update by unit and code, as a sheet stated them at `stated_at`; returns how many changed."""
    return _save(session, TrainingRow, _SESSION_FIELDS, records, stated_at, now)


def save_tests(session: Session, records: Sequence[ProficiencyRecord], stated_at: datetime, now: datetime) -> int:
    """The same for the results of tests."""
    return _save(session, ProficiencyRow, _TEST_FIELDS, records, stated_at, now)


def training_sessions(
    session: Session, principal: Principal, organisation: Organisation, year: int, now: datetime
) -> list[SessionRecord]:
    """The parts of the principal's units in the sessions of a calendar year, in the order of units; those of a unit
    that has ended stand with the one that took its work over."""
    units = case_units_seen(principal, organisation, local_day(now))
    heirs = heirs_seen(principal, organisation, local_day(now))
    row = TrainingRow
    question = select(row).where(
        row.held_on >= date(year, 1, 1), row.held_on <= date(year, 12, 31), row.unit.in_(sorted(heirs))
    )
    found = [
        replace(_session_record(one), unit=heirs[one.unit])
        for one in session.scalars(question.order_by(row.held_on, row.code))
    ]
    return sorted(found, key=lambda record: units.index(record.unit) if record.unit in units else len(units))


def newest_tests(
    session: Session, principal: Principal, organisation: Organisation, now: datetime
) -> dict[str, ProficiencyRecord | None]:
    """The newest test of each of the principal's units, in display order; None where none was ever told."""
    units = case_units_seen(principal, organisation, local_day(now))
    row = ProficiencyRow
    question = select(row).where(row.unit.in_(units), row.tested_on <= local_day(now))
    found: dict[str, ProficiencyRecord | None] = dict.fromkeys(units)
    for one in session.scalars(question.order_by(row.tested_on, row.code)):
        found[one.unit] = ProficiencyRecord(one.unit, one.code, one.tested_on, one.staff, one.tested, one.passed)
    return found


def training_by_unit(
    session: Session, principal: Principal, organisation: Organisation, year: int, now: datetime
) -> dict[str, TrainingCounts | None]:
    """Every unit in display order; None for one of which neither a session of the year nor a test is known."""
    parts = training_sessions(session, principal, organisation, year, now)
    tests = newest_tests(session, principal, organisation, now)
    by_unit: dict[str, TrainingCounts | None] = {}
    for unit, test in tests.items():
        own = [part for part in parts if part.unit == unit]
        is_known = bool(own) or test is not None
        by_unit[unit] = training_counts(own, [] if test is None else [test], local_day(now)) if is_known else None
    return by_unit


def staff_proficient(
    session: Session, principal: Principal, organisation: Organisation, now: datetime
) -> tuple[CountedShare, int]:
    """Of the staff of units that told of a test, how many passed the newest one; and how many units told of none."""
    return proficient_staff(newest_tests(session, principal, organisation, now))


def _save(
    session: Session,
    table: Any,
    fields: Iterable[str],
    records: Sequence[Record],
    stated_at: datetime,
    now: datetime,
) -> int:
    if not records:
        return 0
    lock_writers(session, TOPIC)
    question = select(table).where(table.unit.in_(sorted({record.unit for record in records})))
    stored = {(row.unit, row.code): row for row in session.scalars(question)}
    changed = 0
    for record in records:
        row = stored.get((record.unit, record.code))
        said = {name: getattr(record, name) for name in fields}
        if row is None:
            row = stored[record.unit, record.code] = table(unit=record.unit, code=record.code, stated_at=stated_at)
            session.add(row)
        elif row.stated_at > stated_at:
            continue
        elif all(getattr(row, name) == value for name, value in said.items()):
            row.stated_at = stated_at
            continue
        for name, value in said.items():
            setattr(row, name, value)
        row.stated_at, row.recorded_at = stated_at, now
        changed += 1
    session.flush()
    if changed:
        bump_version(session, TOPIC, now)
    return changed


def _session_record(row: TrainingRow) -> SessionRecord:
    return SessionRecord(
        unit=row.unit,
        code=row.code,
        title=row.title,
        kind=SessionKind(row.kind),
        held_on=row.held_on,
        invited=row.invited,
        attended=row.attended,
        material=row.material,
        reference=row.reference,
    )
