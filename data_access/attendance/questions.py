"""What may be asked about attendance: a day's status by code for people at a desk, counts for everybody. Derived, never
stored: the same rows always give the same day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.attendance.health import next_silence_at
from data_access.attendance.roster import RosterFacts
from data_access.attendance.shifts import load_shifts
from data_access.models.attendance import StaffRow
from data_access.scope import visible_units
from data_access.working_days import load_working_calendar
from domain.attendance import (
    Correction,
    DayFacts,
    DayStatus,
    Overlay,
    PersonMonth,
    PresenceDay,
    StaffRole,
    TerminalHealth,
    day_status,
    days_of,
    next_status_change_at,
    presence_day,
    presence_of,
)
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

Person = tuple[str, str]


@dataclass(frozen=True, slots=True)
class StaffDay:
    """One person's day, by code; `overlay` and `correction` say why, when they do."""

    unit: str
    code: str
    role: StaffRole
    status: DayStatus
    first_at: datetime | None
    last_at: datetime | None
    overlay: Overlay | None
    correction: Correction | None


def staff_days(
    session: Session, principal: Principal, organisation: Organisation, day: date, now: datetime
) -> list[StaffDay]:
    """The day of everybody in the principal's units, by unit and code; needs USE_DESK, so that no wall and no feed ever
    tells of a single person."""
    principal.require(Permission.USE_DESK)
    units = _units_of(principal, organisation, day, _listed(session))
    return _days(RosterFacts(session, units, day, day), day, now)[0]


def staff_month(
    session: Session, principal: Principal, organisation: Organisation, unit: str, first: date, now: datetime
) -> list[PersonMonth]:
    """The month of everybody listed in one unit on some day of it, by code; needs USE_DESK."""
    principal.require(Permission.USE_DESK)
    days = days_of(first, local_day(now))
    listed = _listed(session)
    roster = RosterFacts(session, [unit], days[0], days[-1]) if days else None
    found: dict[str, list[DayStatus | None]] = {}
    for number, day in enumerate(days):
        if roster is None or unit not in _units_of(principal, organisation, day, listed):
            continue
        for person in _days(roster, day, now)[0]:
            found.setdefault(person.code, [None] * len(days))[number] = person.status
    return [PersonMonth(unit, code, tuple(statuses)) for code, statuses in sorted(found.items())]


def presence_on(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    day: date,
    now: datetime,
    as_it_stood: bool = False,
) -> PresenceDay:
    """Counts of the principal's units in the pack's order; absence without a reason is a total of them all. With
    `as_it_stood` the day of a moment in the past as it was then: touches after it count for nothing."""
    units = _units_of(principal, organisation, day, _listed(session))
    # Not so of today: the clock of a terminal may run some minutes ahead of ours.
    until = now if as_it_stood else None
    days, health = _days(RosterFacts(session, units, day, day, until), day, now)
    statuses: dict[str, list[DayStatus]] = {unit: [] for unit in units}
    for person in days:
        statuses[person.unit].append(person.status)
    changes = [
        next_status_change_at(load_shifts(), load_working_calendar(), now),
        next_silence_at(health, session, now),
    ]
    changes_at = min((at for at in changes if at is not None), default=None)
    by_unit = {unit: presence_of(found) for unit, found in statuses.items()}
    return presence_day(day, by_unit, changes_at if day == local_day(now) else None)


def _listed(session: Session) -> frozenset[str]:
    """Units that staff is listed for."""
    return frozenset(session.scalars(select(StaffRow.unit).distinct()))


def _units_of(principal: Principal, organisation: Organisation, day: date, listed: Collection[str]) -> list[str]:
    """Units of the scope that have an office on the day, then others that staff is listed for."""
    visible = visible_units(principal, organisation, day)
    offices = [unit.code for unit in organisation.case_units_on(day)]
    others = sorted(set(listed) - set(offices))
    return [unit for unit in [*offices, *others] if visible is None or unit in visible]


def _days(roster: RosterFacts, day: date, now: datetime) -> tuple[list[StaffDay], dict[str, list[TerminalHealth]]]:
    staff = roster.staff(day)
    punches = roster.punches(day, _owners(staff))
    overlays, corrections = roster.overlays(day), roster.corrections(day)
    health = roster.health.on(day, now)
    shifts, calendar = load_shifts(), load_working_calendar()
    days = []
    for person, role in sorted(_people(staff).items()):
        own = punches.get(person, [])
        facts = DayFacts(own, overlays.get(person), corrections.get(person), health.get(person[0], ()))
        touched = [punch.punched_at for punch in own]
        days.append(
            StaffDay(
                unit=person[0],
                code=person[1],
                role=role,
                status=day_status(day, facts, shifts, calendar, now),
                first_at=min(touched, default=None),
                last_at=max(touched, default=None),
                overlay=facts.overlay,
                correction=facts.correction,
            )
        )
    return days, health


def _people(staff: Iterable[StaffRow]) -> dict[Person, StaffRole]:
    return {(row.unit, row.code): StaffRole(row.role) for row in staff}


def _owners(staff: Iterable[StaffRow]) -> dict[tuple[str, str], str]:
    """(unit, user number) -> code; of two codes that claim one number, the newest statement has it."""
    return {(row.unit, row.pin): row.code for row in staff}
