"""Security events that tests talk about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from data_access.security import save_security_events
from data_access.session import Database
from data_access.sources import save_source_success
from domain.security import (
    EventOrigin,
    EventOutcome,
    SecurityEvent,
    SecurityKind,
    SecurityLimits,
    SecurityRecord,
    event_key,
)

# 09:45 in Huế on a Tuesday.
NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
LIMITS = SecurityLimits(
    repeat_within=timedelta(minutes=15),
    ahead_for=timedelta(minutes=5),
    behind_for=timedelta(minutes=30),
    alarm_for=timedelta(hours=24),
)


def a_record(
    unit: str = "PHUVANG",
    kind: SecurityKind = SecurityKind.TAMPER,
    at: datetime = NOW,
    camera: str = "PHUVANG-01",
    origin: EventOrigin = EventOrigin.CAMERA,
    outcome: EventOutcome = EventOutcome.OPEN,
) -> SecurityRecord:
    key = event_key(origin, unit, camera, kind, at.isoformat())
    return SecurityRecord(key, kind, origin, unit, at, camera=camera, outcome=outcome)


def an_event(
    name: str,
    at: datetime = NOW,
    kind: SecurityKind = SecurityKind.MOTION,
    camera: str = "C1",
    origin: EventOrigin = EventOrigin.CAMERA,
    outcome: EventOutcome = EventOutcome.OPEN,
) -> SecurityEvent:
    return SecurityEvent(name, kind, origin, "PHUVANG", at, at, at, outcome, camera)


def store(database: Database, *records: SecurityRecord, now: datetime = NOW, stated_at: datetime | None = None) -> int:
    with database.writing() as session:
        return len(save_security_events(session, records, stated_at or now, now))


def heard(database: Database, *sources: str, now: datetime = NOW) -> None:
    """Say that these sources answered."""
    with database.writing() as session:
        for source in sources:
            save_source_success(session, source, now, now)
