"""What each terminal of some units could have told on a day: since when it records, and when it was out of reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_access.models.attendance import PunchRow, TerminalContact, TerminalRow
from domain.alarms import Watched
from domain.attendance import SILENT_AFTER, TerminalHealth
from domain.local_time import LOCAL, local_day

# A silence that began this long before the day still matters in its morning.
BEFORE = timedelta(days=1)
Stretch = tuple[datetime, datetime]


def instants_of(first: date, last: date, until: datetime | None = None) -> tuple[datetime, datetime]:
    """From when to when some days of Huế last; with `until` no longer than to that instant, which belongs to them."""
    begins_at = datetime.combine(first, time(0), LOCAL)
    ends_at = datetime.combine(last, time(0), LOCAL) + timedelta(days=1)
    return begins_at, ends_at if until is None else min(ends_at, until + timedelta.resolution)


class HealthFacts:
    """The allowed terminals of some units over some days, asked once; with `until` as they stood at that instant."""

    def __init__(
        self, session: Session, units: Sequence[str], first: date, last: date, until: datetime | None = None
    ) -> None:
        begins_at, ends_at = instants_of(first, last, until)
        allowed = (TerminalRow.is_allowed, TerminalRow.unit.in_(units))
        self._terminals = session.execute(select(TerminalRow.serial, TerminalRow.unit).where(*allowed)).all()
        serials = sorted(serial for serial, _ in self._terminals)
        self._since = _recording_since(session, serials)
        self._stretches = _stretches(session, serials, begins_at - BEFORE, until)
        self._touched = _touched(session, serials, begins_at, ends_at)

    def on(self, day: date, now: datetime) -> dict[str, list[TerminalHealth]]:
        """Unit -> the health of its terminals on a day."""
        found: dict[str, list[TerminalHealth]] = defaultdict(list)
        for serial, unit in self._terminals:
            since = self._since.get(serial)
            touched = tuple(self._touched.get((serial, day), ()))
            found[unit].append(TerminalHealth(serial, since, gaps_of(self._stretches[serial], since, now), touched))
        return dict(found)


def next_silence_at(health: Mapping[str, Sequence[TerminalHealth]], session: Session, now: datetime) -> datetime | None:
    """When the first of these terminals that still speak will count as silent, if it says nothing more."""
    serials = sorted(each.serial for terminals in health.values() for each in terminals)
    question = select(TerminalRow.last_seen_at).where(TerminalRow.serial.in_(serials))
    ends = [at + SILENT_AFTER for at in session.scalars(question) if at is not None]
    return min((at for at in ends if at > now), default=None)


def silent_terminals(session: Session, units: Collection[str], now: datetime) -> list[Watched]:
    """The allowed terminals of some units that spoke once and are silent now, since when."""
    question = select(TerminalRow.serial, TerminalRow.unit, TerminalRow.last_seen_at).where(
        TerminalRow.is_allowed, TerminalRow.unit.in_(sorted(units)), TerminalRow.last_seen_at < now - SILENT_AFTER
    )
    found = session.execute(question.order_by(TerminalRow.serial))
    return [Watched(serial, unit, at) for serial, unit, at in found if at is not None]


def gaps_of(
    stretches: Sequence[Stretch], since: datetime | None, now: datetime
) -> tuple[tuple[datetime, datetime | None], ...]:
    """The silences between stretches in order of time; before the first contact nobody listened, after the last one
    the terminal is silent once SILENT_AFTER has passed."""
    if not stretches or since is None:
        return ()
    gaps: list[tuple[datetime, datetime | None]] = []
    if since < stretches[0][0]:
        gaps.append((since, stretches[0][0]))
    gaps += [(before[1], after[0]) for before, after in zip(stretches, stretches[1:], strict=False)]
    if now - stretches[-1][1] > SILENT_AFTER:
        gaps.append((stretches[-1][1], None))
    return tuple(gaps)


def _recording_since(session: Session, serials: Sequence[str]) -> dict[str, datetime]:
    """The first proof that a terminal records: its first contact or its oldest punch."""
    first: dict[str, datetime] = {}
    contacts = select(TerminalContact.serial, func.min(TerminalContact.from_at).label("at"))
    punches = select(PunchRow.serial, func.min(PunchRow.punched_at).label("at"))
    for question, serial in ((contacts, TerminalContact.serial), (punches, PunchRow.serial)):
        for name, at in session.execute(question.where(serial.in_(serials)).group_by(serial)):
            first[name] = min(at, first.get(name, at))
    return first


def _stretches(
    session: Session, serials: Sequence[str], since_at: datetime, until: datetime | None
) -> dict[str, list[Stretch]]:
    """Every stretch that reaches beyond an instant, in order, after the last one that does not; those that began after
    `until` were not known then."""
    row = TerminalContact
    found: dict[str, list[Stretch]] = defaultdict(list)
    before = select(row.serial, func.max(row.to_at)).where(row.serial.in_(serials), row.to_at < since_at)
    for serial, at in session.execute(before.group_by(row.serial)):
        found[serial].append((at, at))
    reaching = select(row.serial, row.from_at, row.to_at).where(row.serial.in_(serials), row.to_at >= since_at)
    if until is not None:
        reaching = reaching.where(row.from_at <= until)
    for serial, from_at, to_at in session.execute(reaching.order_by(row.from_at)):
        found[serial].append((from_at, to_at))
    return found


def _touched(
    session: Session, serials: Sequence[str], begins_at: datetime, ends_at: datetime
) -> Mapping[tuple[str, date], Sequence[datetime]]:
    found: dict[tuple[str, date], list[datetime]] = defaultdict(list)
    question = select(PunchRow.serial, PunchRow.punched_at).where(
        PunchRow.serial.in_(serials), PunchRow.punched_at >= begins_at, PunchRow.punched_at < ends_at
    )
    for serial, at in session.execute(question.order_by(PunchRow.punched_at)):
        found[serial, local_day(at)].append(at)
    return found
