"""What may be asked about citizen reception, always of the principal's units; nobody who came is in any answer."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.cameras import camera_changes, camera_day
from data_access.deadlines import deadline_rules
from data_access.limits import wall_limits_in_force
from data_access.models.reception import PetitionRow, VisitRow
from data_access.scope import NotFound, case_units_seen
from data_access.sources import source_by_name
from domain.cameras import CameraPurpose, StateChange
from domain.local_time import LOCAL, local_day
from domain.reception import (
    Delegation,
    Monitoring,
    PetitionCounts,
    PetitionKind,
    PetitionRecord,
    PetitionSubject,
    ReceptionDay,
    ReceptionLimits,
    VisitOutcome,
    VisitPurpose,
    VisitRecord,
    delegations_of,
    monitoring_of,
    petition_counts,
    reception_day,
)
from domain.statistics import StatisticalYear
from domain.units import Organisation

# A unit that sent no visit for so long is not known to receive nobody.
KNOWN_FOR = timedelta(days=30)
# Changes of cameras are read from here on: how each stood before the day began.
CAMERAS_SINCE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PetitionRegister:
    """What the registers of a scope say: counts by unit (units whose register is unknown are absent) and in all, and
    the day up to which every one of them speaks."""

    units: Mapping[str, PetitionCounts]
    total: PetitionCounts
    stated_on: date


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as a desk sees it, and whether cameras watched it; None while nobody has been called."""

    public_id: str
    record: VisitRecord
    monitoring: Monitoring | None


def reception_on(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    now: datetime,
    limits: ReceptionLimits | None = None,
    as_it_stood: bool = False,
) -> ReceptionDay:
    """Today of the principal's units, under the limits in force or under others; with `as_it_stood` the day of a moment
    in the past as it was then, without what came after it."""
    today = local_day(now)
    seen = case_units_seen(principal, organisation, today)
    known = _known_units(session, now)
    visits = [
        (visit.record, visit.monitoring or Monitoring.UNKNOWN)
        for visit in visits_between(session, principal, organisation, today, today, now, as_it_stood)
    ]
    limits = limits or wall_limits_in_force(session, today).reception
    return reception_day({unit: unit in known for unit in seen}, visits, limits, now)


def visits_on(
    session: Session, principal: Principal, organisation: Organisation, day: date, now: datetime
) -> list[Visit]:
    """The visits whose ticket is of a day in Huế, oldest first; of a day in the past as it ended."""
    return visits_between(session, principal, organisation, day, day, now)


def visits_between(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    first: date,
    last: date,
    now: datetime,
    as_it_stood: bool = False,
) -> list[Visit]:
    """The visits whose tickets are of the days from `first` to `last`, both included, oldest first; with `as_it_stood`
    as far as they had come by `now`."""
    begins_at = datetime.combine(first, time(0), LOCAL)
    question = select(VisitRow).where(
        VisitRow.ticketed_at >= begins_at,
        VisitRow.ticketed_at < datetime.combine(last + timedelta(days=1), time(0), LOCAL),
        VisitRow.unit.in_(case_units_seen(principal, organisation, last)),
    )
    rows = list(session.scalars(question.order_by(VisitRow.ticketed_at, VisitRow.id)))
    cameras = _reception_cameras(session, principal, organisation, begins_at, last) if rows else None
    stated = [(row.public_id, visit_of(row)) for row in rows]
    records = [(public_id, visit.as_of(now) if as_it_stood else visit) for public_id, visit in stated]
    return [Visit(public_id, visit, _watched(visit, cameras, now)) for public_id, visit in records if visit is not None]


def reception_month(
    session: Session, principal: Principal, organisation: Organisation, first: date, now: datetime
) -> ReceptionDay:
    """A whole month of the principal's units up to today, counted like a day; a unit without a visit in it is unknown,
    which is not none."""
    last = min(first.replace(day=calendar.monthrange(first.year, first.month)[1]), local_day(now))
    found = visits_between(session, principal, organisation, first, last, now)
    visits = [(visit.record, visit.monitoring or Monitoring.UNKNOWN) for visit in found]
    units = dict.fromkeys(case_units_seen(principal, organisation, last), False)
    return reception_day(units, visits, wall_limits_in_force(session, local_day(now)).reception, now)


def past_delegations(
    session: Session, principal: Principal, organisation: Organisation, now: datetime, days: int
) -> tuple[Delegation, ...]:
    """The large delegations of the last days, today's among them."""
    limits = wall_limits_in_force(session, local_day(now)).reception
    question = select(VisitRow).where(
        VisitRow.people >= limits.delegation_people,
        VisitRow.ticketed_at > now - timedelta(days=days),
        VisitRow.ticketed_at <= now,
        VisitRow.unit.in_(case_units_seen(principal, organisation, local_day(now))),
    )
    return delegations_of((visit_of(row) for row in session.scalars(question)), limits)


def petition_register(
    session: Session, principal: Principal, organisation: Organisation, today: date, is_sample: bool
) -> PetitionRegister | None:
    """What is open today and was resolved in the statistical year; None when no register was ever sent for any of the
    principal's units."""
    found = petition_list(session, principal, organisation, today)
    units = sorted({petition.unit for petition in found})
    if not units:
        return None
    since, rules = StatisticalYear.of(today).first_on, deadline_rules(session, is_sample)
    newest = select(PetitionRow.unit, func.max(PetitionRow.stated_at)).where(PetitionRow.unit.in_(units))
    stated = [local_day(stated_at) for _, stated_at in session.execute(newest.group_by(PetitionRow.unit))]
    return PetitionRegister(
        units={
            unit: petition_counts([one for one in found if one.unit == unit], rules, since, today) for unit in units
        },
        total=petition_counts(found, rules, since, today),
        stated_on=min(stated),
    )


def petition_list(
    session: Session, principal: Principal, organisation: Organisation, today: date
) -> list[PetitionRecord]:
    """Those open today and those resolved since two years, oldest first."""
    question = select(PetitionRow).where(
        or_(PetitionRow.resolved_on.is_(None), PetitionRow.resolved_on > today - timedelta(days=730)),
        PetitionRow.unit.in_(case_units_seen(principal, organisation, today)),
    )
    return [petition_of(row) for row in session.scalars(question.order_by(PetitionRow.accepted_on, PetitionRow.id))]


def visit_by_public_id(
    session: Session, principal: Principal, organisation: Organisation, public_id: str, on: date
) -> VisitRecord:
    """One visit of the principal's units; raises NotFound."""
    row = session.scalar(select(VisitRow).where(VisitRow.public_id == public_id))
    if row is None or row.unit not in case_units_seen(principal, organisation, on):
        raise NotFound(public_id)
    return visit_of(row)


def visit_of(row: VisitRow) -> VisitRecord:
    """A stored visit as its source stated it."""
    return VisitRecord(
        unit=row.unit,
        reference=row.reference,
        ticketed_at=row.ticketed_at,
        updated_at=row.source_updated_at,
        called_at=row.called_at,
        ended_at=row.ended_at,
        counter=row.counter,
        purpose=VisitPurpose(row.purpose),
        outcome=VisitOutcome(row.outcome) if row.outcome else None,
        people=row.people,
        matters=row.matters,
        is_leader=row.is_leader,
    )


def petition_of(row: PetitionRow) -> PetitionRecord:
    """A stored petition as the register stated it."""
    return PetitionRecord(
        unit=row.unit,
        reference=row.reference,
        kind=PetitionKind(row.kind),
        accepted_on=row.accepted_on,
        subject=PetitionSubject(row.subject),
        instance=row.instance,
        due_on=row.due_on,
        resolved_on=row.resolved_on,
    )


def _watched(
    visit: VisitRecord, cameras: Mapping[str, Sequence[Sequence[StateChange]]] | None, now: datetime
) -> Monitoring | None:
    if visit.called_at is None:
        return None
    if cameras is None:
        return Monitoring.UNKNOWN
    return monitoring_of(visit.called_at, visit.ended_at or now, cameras.get(visit.unit, ()))


def _reception_cameras(
    session: Session, principal: Principal, organisation: Organisation, begins_at: datetime, on: date
) -> Mapping[str, Sequence[Sequence[StateChange]]] | None:
    """The changes of each reception camera by unit; None while no pass over cameras has ever ended."""
    if source_by_name(session, "cameras").as_of_at is None:
        return None
    found = camera_day(session, principal, organisation, on).cameras
    units = {camera.code: camera.unit for camera in found if camera.purpose is CameraPurpose.RECEPTION}
    by_unit: dict[str, list[Sequence[StateChange]]] = {}
    for code, changes in camera_changes(session, list(units), begins_at - CAMERAS_SINCE).items():
        by_unit.setdefault(units[code], []).append(changes)
    return by_unit


def _known_units(session: Session, now: datetime) -> frozenset[str]:
    """Units of which some visit is known lately. For answers about units a scope has let through."""
    lately = (VisitRow.ticketed_at > now - KNOWN_FOR, VisitRow.ticketed_at <= now)
    question = select(VisitRow.unit).where(*lately).distinct()
    return frozenset(session.scalars(question))
