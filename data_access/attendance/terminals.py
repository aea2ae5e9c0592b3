"""What terminals say: that they live, and who touched them when. A punch, once stored, is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data_access.models.attendance import PunchRow, StaffRow, TerminalContact, TerminalRow
from data_access.versions import bump_version, lock_writers
from domain.attendance import SILENT_AFTER, PunchRecord
from domain.units import covers

TOPIC = "attendance"
CHUNK = 500


@dataclass(frozen=True, slots=True)
class KnownTerminal:
    """A terminal as it is stored; its networks are separated by spaces."""

    serial: str
    unit: str
    allowed_network: str
    is_allowed: bool
    last_seen_at: datetime | None


def terminal_by_serial(session: Session, serial: str) -> KnownTerminal | None:
    """One terminal. For what it says itself, so it takes no principal."""
    row = session.get(TerminalRow, serial)
    if row is None:
        return None
    return KnownTerminal(row.serial, row.unit, row.allowed_network, row.is_allowed, row.last_seen_at)


def terminal_units(session: Session) -> dict[str, str]:
    """Serial -> unit of every terminal that may speak; for imports, which have asked for the permission."""
    question = select(TerminalRow.serial, TerminalRow.unit).where(TerminalRow.is_allowed)
    return {row.serial: row.unit for row in session.execute(question)}


def known_pins(session: Session, unit: str, day: date) -> frozenset[str]:
    """The user numbers of a unit's staff on a day; for what comes in, never for a screen."""
    question = select(StaffRow).where(StaffRow.unit == unit)
    return frozenset(
        row.pin for row in session.scalars(question) if covers(row.valid_from or date.min, row.valid_to, day)
    )


def save_punches(session: Session, punches: Sequence[PunchRecord], now: datetime) -> int:
    """Store punches of known terminals; returns how many were not known. One that was sent again changes nothing."""
    if not punches:
        return 0
    lock_writers(session, TOPIC)
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = [
        {
            "serial": item.punch.serial,
            "pin": item.punch.pin,
            "punched_at": item.punch.punched_at,
            "kind": item.kind.value,
            "method": item.method.value,
            "received_at": now,
        }
        for item in punches
    ]
    new = 0
    for start in range(0, len(rows), CHUNK):
        statement = insert(PunchRow).values(rows[start : start + CHUNK]).on_conflict_do_nothing().returning(PunchRow.id)
        new += len(session.scalars(statement).all())
    if new:
        bump_version(session, TOPIC, now)
    return new


def save_contact(session: Session, serial: str, at: datetime, now: datetime) -> bool:
    """Note that a terminal was heard at an instant; True when that ended a silence.

    Stretches are the groups of instants less than SILENT_AFTER apart, whatever order they are told in.
    """
    lock_writers(session, TOPIC)
    terminal = session.get_one(TerminalRow, serial)
    terminal.last_seen_at = at if terminal.last_seen_at is None else max(terminal.last_seen_at, at)
    near = (
        TerminalContact.serial == serial,
        TerminalContact.from_at <= at + SILENT_AFTER,
        TerminalContact.to_at >= at - SILENT_AFTER,
    )
    stretches = session.scalars(select(TerminalContact).where(*near).order_by(TerminalContact.from_at)).all()
    if not stretches:
        session.add(TerminalContact(serial=serial, from_at=at, to_at=at))
    else:
        first = stretches[0]
        first.from_at = min(first.from_at, at)
        first.to_at = max(at, *(stretch.to_at for stretch in stretches))
        for other in stretches[1:]:
            session.delete(other)
    session.flush()
    is_back = len(stretches) != 1
    if is_back:
        bump_version(session, TOPIC, now)
    return is_back
