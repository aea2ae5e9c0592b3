"""A day of citizen reception: who waits and for how long, who was received, large delegations, what was watched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low

from domain.counted_share import CountedShare
from domain.reception.monitoring import Monitoring
from domain.reception.records import VisitRecord, VisitState


@dataclass(frozen=True, slots=True)
class ReceptionLimits:
    """Ngưỡng tiếp công dân, the agency's own: how long somebody may wait, from how many people on a visit is a large
    delegation, within which time one has to be dealt with."""

    waiting: timedelta
    delegation_people: int
    delegation_term: timedelta


@dataclass(frozen=True, slots=True)
class ReceptionCounts:
    """Số lượt of one unit or of all today. `received` were called; `median_wait` is theirs (the lower of two in the
    middle), None while nobody was.

    `waiting_long` of those `waiting` are over the limit, `serving` are at a desk
    now; `longest_since` is the ticket of whoever waits longest.
    `people` and `matters` are of those received. Of the received, `watched` and `unwatched` by cameras, the others are
    unknown.
    """

    tickets: int = 0
    received: int = 0
    waiting: int = 0
    waiting_long: int = 0
    longest_since: datetime | None = None
    median_wait: timedelta | None = None
    people: int = 0
    matters: int = 0
    by_leader: int = 0
    watched: int = 0
    unwatched: int = 0
    serving: int = 0

    @property
    def unknown(self) -> int:
        """Received, and nobody can tell whether a camera watched."""
        return self.received - self.watched - self.unwatched

    @property
    def watched_share(self) -> CountedShare | None:
        """Có giám sát, of the received of which it is known; None while most are unknown: one of many would read as
        all."""
        known = self.watched + self.unwatched
        return CountedShare(self.watched, known, self.unknown) if known and known >= self.unknown else None


@dataclass(frozen=True, slots=True)
class Delegation:
    """Đoàn đông người: a visit of many people; it is open until the visit ends."""

    unit: str
    people: int
    arrived_at: datetime
    due_at: datetime
    ended_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether they are still there."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class ReceptionDay:
    """Tiếp công dân hôm nay: every unit asked about (None: it has never sent a visit, which is not none today), the
    sum of those known, today's delegations, and when time alone next changes an answer."""

    units: Mapping[str, ReceptionCounts | None]
    total: ReceptionCounts | None
    delegations: tuple[Delegation, ...] = ()
    changes_at: datetime | None = None

    @property
    def known_units(self) -> int:
        """How many of the units have ever sent a visit."""
        return sum(counts is not None for counts in self.units.values())


def reception_day(
    units: Mapping[str, bool],
    visits: Iterable[tuple[VisitRecord, Monitoring]],
    limits: ReceptionLimits,
    now: datetime,
) -> ReceptionDay:
    """The day of a scope from today's visits; `units` says of each whether it has ever sent one."""
    today = [(visit, watched) for visit, watched in visits if visit.unit in units]
    own: dict[str, list[tuple[VisitRecord, Monitoring]]] = {unit: [] for unit in units}
    for visit, watched in today:
        own[visit.unit].append((visit, watched))
    by_unit = {
        unit: reception_counts(own[unit], limits, now) if known or own[unit] else None for unit, known in units.items()
    }
    is_known = any(counts is not None for counts in by_unit.values())
    changes = [visit.ticketed_at + limits.waiting for visit, _ in today if visit.state is VisitState.WAITING]
    return ReceptionDay(
        units=by_unit,
        total=reception_counts(today, limits, now) if is_known else None,
        delegations=delegations_of((visit for visit, _ in today), limits),
        changes_at=min((at for at in changes if at > now), default=None),
    )


def reception_counts(
    visits: Iterable[tuple[VisitRecord, Monitoring]], limits: ReceptionLimits, now: datetime
) -> ReceptionCounts:
    """Count visits of one scope."""
    found = list(visits)
    received = [(visit, watched) for visit, watched in found if visit.called_at is not None]
    waits = [visit.called_at - visit.ticketed_at for visit, _ in received if visit.called_at is not None]
    waiting = [visit.ticketed_at for visit, _ in found if visit.state is VisitState.WAITING]
    return ReceptionCounts(
        tickets=len(found),
        received=len(received),
        waiting=len(waiting),
        waiting_long=sum(now - since >= limits.waiting for since in waiting),
        longest_since=min(waiting, default=None),
        median_wait=median_low(waits) if waits else None,
        people=sum(visit.people for visit, _ in received),
        matters=sum(visit.matters for visit, _ in received),
        by_leader=sum(visit.is_leader for visit, _ in received),
        watched=sum(watched is Monitoring.YES for _, watched in received),
        unwatched=sum(watched is Monitoring.NO for _, watched in received),
        serving=sum(visit.state is VisitState.SERVING for visit, _ in found),
    )


def delegations_of(visits: Iterable[VisitRecord], limits: ReceptionLimits) -> tuple[Delegation, ...]:
    """The large delegations among visits: those still there first, then the latest."""
    found = [
        Delegation(
            visit.unit,
            visit.people,
            visit.ticketed_at,
            visit.ticketed_at + limits.delegation_term,
            visit.ended_at,
        )
        for visit in visits
        if visit.people >= limits.delegation_people
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_open, -one.arrived_at.timestamp(), one.unit)))
