"""How the systems stand now and how available they were by month, from the intervals of their probes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from access.principal import Principal
from data_access.maintenance import windows_since
from data_access.models.software_systems import ServiceHealthRow, ServiceProbeRow
from data_access.software_systems.questions import listed_systems, software_systems
from data_access.software_systems.saving import last_intervals
from domain.alarms import MaintenanceWindow
from domain.local_time import LOCAL, local_day
from domain.permissions import Permission
from domain.software_systems import (
    SOFTWARE,
    UP,
    HealthInterval,
    HealthState,
    MonthAvailability,
    Outage,
    Probe,
    ProbeKind,
    ProbeStanding,
    SoftwareSystem,
    Stretch,
    SystemStanding,
    Watch,
    availability_of,
    months_before,
    outages_in,
    standing_of,
    timeline,
)

SOURCE = SOFTWARE
MONTHS = 12


@dataclass(frozen=True, slots=True)
class SystemYear:
    """A system as it stands, its availability of twelve months (the oldest first), its outages (the newest first), and
    the announced work that is not over."""

    standing: SystemStanding
    months: Sequence[MonthAvailability]
    outages: Sequence[Outage]
    maintenance: Sequence[MaintenanceWindow]


def software_standings(session: Session, principal: Principal, now: datetime) -> list[SystemStanding]:
    """Every system that is not retired as it stands now; a wall shows it too. Raises NotAllowed."""
    principal.require(Permission.SEE_WALL)
    systems = listed_systems(session, local_day(now))
    return _standings(session, [one for one in systems.values() if not one.is_retired], now)


def system_years(session: Session, principal: Principal, now: datetime) -> list[SystemYear]:
    """The standing of every system that is not retired, with its last twelve months; needs SEE_SOFTWARE."""
    principal.require(Permission.SEE_SOFTWARE)
    standings = software_standings(session, principal, now)
    return _years(session, standings, now)


def system_year(session: Session, principal: Principal, code: str, now: datetime) -> SystemYear | None:
    """Of one system, retired or not; None where there is none such. Needs SEE_SOFTWARE."""
    principal.require(Permission.SEE_SOFTWARE)
    system = software_systems(session, principal, local_day(now)).get(code)
    if system is None:
        return None
    return _years(session, _standings(session, [system], now), now)[0]


def _standings(session: Session, systems: Sequence[SoftwareSystem], now: datetime) -> list[SystemStanding]:
    row = ServiceProbeRow
    codes = [one.code for one in systems]
    rows = list(session.scalars(select(row).where(row.system.in_(codes), row.retired_at.is_(None)).order_by(row.id)))
    last = last_intervals(session, [one.code for one in rows])
    since = _since(session, list(last))
    by_system: dict[str, list[ProbeStanding]] = defaultdict(list)
    for one in rows:
        by_system[one.system].append(
            ProbeStanding(
                _probe(one),
                last.get(one.code),
                one.asked_at,
                None if one.latency_ms is None else timedelta(milliseconds=one.latency_ms),
                one.certificate_until,
                since.get(one.code),
            )
        )
    return [standing_of(system, by_system[system.code], now) for system in systems]


def _since(session: Session, probes: Sequence[str]) -> dict[str, datetime]:
    """Since when each probe is in the state of its last interval, in whatever words; intervals that touch are one.

    Answering slowly is answering: of both the state is that it is up. One question walks back from the last interval
    of every probe, by the index of probe and end.
    """
    row = ServiceHealthRow
    newest = select(func.max(row.id)).where(row.probe.in_(probes)).group_by(row.probe)
    last = select(row.probe, _kind(row.state).label("kind"), row.from_at, row.id).where(row.id.in_(newest))
    chain = last.cte("chain", recursive=True)
    touches = (row.probe == chain.c.probe, row.until_at == chain.c.from_at, row.id < chain.c.id)
    before = select(row.probe, chain.c.kind, row.from_at, row.id).where(*touches, _kind(row.state) == chain.c.kind)
    chain = chain.union(before)
    begun = select(chain.c.probe, func.min(chain.c.from_at)).group_by(chain.c.probe)
    return dict(session.execute(begun).all())


def _kind(state: InstrumentedAttribute[str]) -> ColumnElement[str]:
    return case((state.in_(sorted(UP)), HealthState.ANSWERING.value), else_=state)


def _years(session: Session, standings: Sequence[SystemStanding], now: datetime) -> list[SystemYear]:
    months = months_before(now, MONTHS)
    since = datetime.combine(months[0], time(0), LOCAL)
    codes = [one.system.code for one in standings]
    watches, windows = _watches(session, codes, since), windows_since(session, SOURCE, since)
    found = []
    for standing in standings:
        own = [one for one in windows if one.source in {SOURCE, f"{SOURCE}/{standing.system.code}"}]
        spans = [(one.begins_at, one.over_at) for one in own if one.over_at > one.begins_at]
        stretches: list[Stretch] = timeline(watches[standing.system.code], spans, since, now)
        found.append(
            SystemYear(
                standing,
                availability_of(stretches, months, now),
                outages_in(stretches, now),
                [one for one in own if one.over_at > now],
            )
        )
    return found


def _watches(session: Session, systems: Sequence[str], since: datetime) -> Mapping[str, list[Watch]]:
    row, health = ServiceProbeRow, ServiceHealthRow
    alive = or_(row.retired_at.is_(None), row.retired_at > since)
    rows = list(session.scalars(select(row).where(row.system.in_(systems), alive).order_by(row.id)))
    intervals: dict[str, list[HealthInterval]] = defaultdict(list)
    question = select(health).where(health.probe.in_({one.code for one in rows}), health.until_at > since)
    for kept in session.scalars(question.order_by(health.id)):
        interval = HealthInterval(HealthState(kept.state), kept.reason, kept.from_at, kept.until_at)
        intervals[kept.probe].append(interval)
    watches: dict[str, list[Watch]] = defaultdict(list)
    for one in rows:
        watches[one.system].append(Watch(one.added_at, one.retired_at, intervals[one.code]))
    return watches


def _probe(row: ServiceProbeRow) -> Probe:
    return Probe(row.code, row.system, ProbeKind(row.kind), row.address, row.limit_value, row.expects, row.user_name)
