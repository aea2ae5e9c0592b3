"""Security events: what every origin stated, once each, and what may be asked about them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.security import SecurityEventRow
from data_access.scope import NotFound, visible_units
from data_access.security_limits import load_security_limits
from data_access.versions import bump_version, lock_writers
from domain.local_time import local_day
from domain.permissions import Permission
from domain.security import (
    SETTLED,
    EventOrigin,
    EventOutcome,
    GuardShift,
    SecurityEvent,
    SecurityKind,
    SecurityRecord,
    gathered,
)
from domain.units import Organisation

TOPIC = "security"
CHUNK = 500
# More than a desk can use, and than a day of all cameras brings.
MOST = 10_000


def save_security_events(
    session: Session, records: Sequence[SecurityRecord], stated_at: datetime, now: datetime
) -> list[str]:
    """Store what is new and how known ones ended, inside the caller's writing transaction; the public ids of those that
    are new or changed.

    `stated_at` is when the origin spoke: of two statements the later one says the outcome, in whatever order they
    arrive, and neither overrules what a person said.
    """
    if not records:
        return []
    lock_writers(session, TOPIC)
    stored = _stored(session, {record.key for record in records})
    changed: list[str] = []
    for record in records:
        row = stored.get(record.key)
        if row is None:
            row = stored[record.key] = _new_row(record, stated_at, now)
            session.add(row)
            changed.append(row.public_id)
        elif _is_restated(row, record, stated_at):
            _end(row, record.outcome, stated_at)
            row.note = record.note
            changed.append(row.public_id)
    session.flush()
    if changed:
        bump_version(session, TOPIC, now)
    return changed


def save_outcome(session: Session, event: SecurityEvent, outcome: EventOutcome, by: str, now: datetime) -> None:
    """Say how an event ended, of every report it is made of; no source changes it afterwards."""
    lock_writers(session, TOPIC)
    rows = session.scalars(select(SecurityEventRow).where(SecurityEventRow.public_id.in_(event.reports)))
    for row in rows:
        _end(row, outcome, now)
        row.outcome_by = by
    session.flush()
    bump_version(session, TOPIC, now)


def security_events(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> list[SecurityEvent]:
    """The events of the principal's units since an instant, newest first, repeated ones as one; at most MOST reports.

    One that repeats over the instant counts from its first report after it.
    """
    row = SecurityEventRow
    units = visible_units(principal, organisation, local_day(now))
    question = select(row).where(row.happened_at >= since).order_by(row.happened_at.desc(), row.id.desc()).limit(MOST)
    if units is not None:
        question = question.where(row.unit.in_(sorted(units)))
    return gathered([_event(found) for found in session.scalars(question)], load_security_limits(local_day(now)))


def desk_security_events(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> list[SecurityEvent]:
    """The same for a desk; needs SEE_SECURITY, raises NotAllowed."""
    principal.require(Permission.SEE_SECURITY)
    return security_events(session, principal, organisation, since, now)


def security_event(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    public_id: str,
    since: datetime,
    now: datetime,
) -> SecurityEvent:
    """The event a report belongs to; raises NotAllowed, and NotFound also for what is another unit's or older."""
    for event in desk_security_events(session, principal, organisation, since, now):
        if public_id in event.reports:
            return event
    raise NotFound(public_id)


def _stored(session: Session, keys: Iterable[str]) -> dict[str, SecurityEventRow]:
    found: dict[str, SecurityEventRow] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), CHUNK):
        question = select(SecurityEventRow).where(SecurityEventRow.key.in_(wanted[start : start + CHUNK]))
        found.update((row.key, row) for row in session.scalars(question))
    return found


def _new_row(record: SecurityRecord, stated_at: datetime, now: datetime) -> SecurityEventRow:
    return SecurityEventRow(
        public_id=secrets.token_urlsafe(9),
        key=record.key,
        kind=record.kind.value,
        origin=record.origin.value,
        unit=record.unit,
        camera=record.camera,
        shift=record.shift.value if record.shift else "",
        guard=record.guard,
        happened_at=record.happened_at,
        is_time_ours=record.is_time_ours,
        received_at=now,
        stated_at=stated_at,
        outcome=record.outcome.value,
        outcome_at=stated_at if record.outcome in SETTLED else None,
        outcome_by="",
        note=record.note,
    )


def _is_restated(row: SecurityEventRow, record: SecurityRecord, stated_at: datetime) -> bool:
    """Whether a later log says something else about how it ended; a camera never does, a person does elsewhere."""
    if row.outcome_by or record.origin is not EventOrigin.GUARD_LOG or stated_at <= row.stated_at:
        return False
    return (row.outcome, row.note) != (record.outcome.value, record.note)


def _end(row: SecurityEventRow, outcome: EventOutcome, at: datetime) -> None:
    row.outcome, row.stated_at = outcome.value, at
    row.outcome_at = at if outcome in SETTLED else None


def _event(row: SecurityEventRow) -> SecurityEvent:
    return SecurityEvent(
        public_id=row.public_id,
        kind=SecurityKind(row.kind),
        origin=EventOrigin(row.origin),
        unit=row.unit,
        happened_at=row.happened_at,
        last_at=row.happened_at,
        received_at=row.received_at,
        outcome=EventOutcome(row.outcome),
        camera=row.camera,
        shift=GuardShift(row.shift) if row.shift else None,
        is_time_ours=row.is_time_ours,
        note=row.note,
    )
