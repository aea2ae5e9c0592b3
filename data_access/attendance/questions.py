"""What may be asked about attendance: a day's status by code for people at a desk, counts for everybody. Derived, never
stored: the same rows always give the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.attendance.health import next_silence_at, terminal_health
from data_access.attendance.shifts import load_shifts
from data_access.models.attendance import AbsenceRow, CorrectionRow, PunchRow, StaffRow, TerminalRow
from data_access.scope import visible_units
from data_access.working_days import load_working_calendar
from domain.attendance import (
    Correction,
    DayFacts,
    DayStatus,
    LeaveKind,
    Overlay,
    OverlayKind,
    PersonMonth,
    PresenceDay,
    Punch,
    StaffRole,
    TerminalHealth,
    day_status,
    days_of,
    next_status_change_at,
    presence_day,
    presence_of,
)
from domain.local_time import LOCAL, local_day
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
    units = _units(session, principal, organisation, day)
    return _days(session, units, day, now)[0]


def staff_month(
    session: Session, principal: Principal, organisation: Organisation, unit: str, first: date, now: datetime
) -> list[PersonMonth]:
    """The month of everybody listed in one unit on some day of it, by code; needs USE_DESK."""
    principal.require(Permission.USE_DESK)
    days = days_of(first, local_day(now))
    found: dict[str, list[DayStatus | None]] = {}
    for number, day in enumerate(days):
        here = [known for known in _units(session, principal, organisation, day) if known == unit]
        for person in _days(session, here, day, now)[0]:
            found.setdefault(person.code, [None] * len(days))[number] = person.status
    return [PersonMonth(unit, code, tuple(statuses)) for code, statuses in sorted(found.items())]


def presence_on(
    session: Session, principal: Principal, organisation: Organisation, day: date, now: datetime
) -> PresenceDay:
    """Counts of the principal's units in the pack's order; absence without a reason is a total of them all."""
    units = _units(session, principal, organisation, day)
    days, health = _days(session, units, day, now)
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


def _units(session: Session, principal: Principal, organisation: Organisation, day: date) -> list[str]:
    """Units of the scope that have an office on the day, then others that staff is listed for."""
    visible = visible_units(principal, organisation, day)
    offices = [unit.code for unit in organisation.case_units_on(day)]
    listed = sorted(set(session.scalars(select(StaffRow.unit).distinct())) - set(offices))
    return [unit for unit in [*offices, *listed] if visible is None or unit in visible]


def _days(
    session: Session, units: Collection[str], day: date, now: datetime
) -> tuple[list[StaffDay], dict[str, list[TerminalHealth]]]:
    begins_at = datetime.combine(day, time(0), LOCAL)
    ends_at = begins_at + timedelta(days=1)
    staff = _staff(session, units, day)
    punches = _punches(session, units, _owners(staff), begins_at, ends_at)
    overlays, corrections = _overlays(session, units, day), _corrections(session, units, day)
    health = terminal_health(session, units, begins_at, ends_at, now)
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


def _staff(session: Session, units: Collection[str], day: date) -> Sequence[StaffRow]:
    """Who is on the roster of a day; the newest statement last."""
    row = StaffRow
    question = select(row).where(
        row.unit.in_(sorted(units)),
        or_(row.valid_from.is_(None), row.valid_from <= day),
        or_(row.valid_to.is_(None), row.valid_to >= day),
    )
    return session.scalars(question.order_by(row.stated_at, row.code, row.pin)).all()


def _people(staff: Iterable[StaffRow]) -> dict[Person, StaffRole]:
    return {(row.unit, row.code): StaffRole(row.role) for row in staff}


def _owners(staff: Iterable[StaffRow]) -> dict[tuple[str, str], str]:
    """(unit, user number) -> code; of two codes that claim one number, the newest statement has it."""
    return {(row.unit, row.pin): row.code for row in staff}


def _punches(
    session: Session,
    units: Collection[str],
    owners: Mapping[tuple[str, str], str],
    begins_at: datetime,
    ends_at: datetime,
) -> dict[Person, list[Punch]]:
    """Each person's punches of the day, at terminals of the own unit, where the user numbers are given out."""
    question = (
        select(TerminalRow.unit, PunchRow.serial, PunchRow.pin, PunchRow.punched_at)
        .join(TerminalRow, TerminalRow.serial == PunchRow.serial)
        .where(TerminalRow.unit.in_(sorted(units)), PunchRow.punched_at >= begins_at, PunchRow.punched_at < ends_at)
        .order_by(PunchRow.punched_at)
    )
    found: dict[Person, list[Punch]] = defaultdict(list)
    for unit, serial, pin, at in session.execute(question):
        code = owners.get((unit, pin))
        if code is not None:
            found[unit, code].append(Punch(serial, pin, at))
    return found


def _overlays(session: Session, units: Collection[str], day: date) -> dict[Person, Overlay]:
    """What lies over the day of each person; of several the newest statement, then a fixed order."""
    row = AbsenceRow
    question = select(row).where(
        row.unit.in_(sorted(units)), row.from_on <= day, row.to_on >= day, row.is_withdrawn.is_(False)
    )
    order = question.order_by(row.stated_at, row.kind, row.from_on, row.to_on, row.reference)
    return {
        (each.unit, each.code): Overlay(
            OverlayKind(each.kind), each.from_on, each.to_on, LeaveKind(each.leave) if each.leave else None
        )
        for each in session.scalars(order)
    }


def _corrections(session: Session, units: Collection[str], day: date) -> dict[Person, Correction]:
    row = CorrectionRow
    question = select(row).where(row.unit.in_(sorted(units)), row.day == day).order_by(row.corrected_at, row.id)
    return {
        (each.unit, each.code): Correction(DayStatus(each.status), each.reason, each.corrected_at)
        for each in session.scalars(question)
    }
