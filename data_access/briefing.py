"""Briefings: stored once with the hash of what they say, asked for within a principal's scope; and their schedules."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, time
from typing import TypeVar

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.briefing import BriefingRow, BriefingScheduleRow, UnitBriefingScheduleRow
from data_access.scope import NotFound, case_units_seen, visible_units
from data_access.versions import bump_version
from domain.briefing import Briefing, BriefingFacts
from domain.briefing_list import BriefingLine
from domain.briefing_schedule import BriefingKind, BriefingSchedule, schedule_decided
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

TOPIC = "briefing"
PROVINCE = ""
LISTED = 90
_Row = TypeVar("_Row", BriefingScheduleRow, UnitBriefingScheduleRow)
_FACTS: TypeAdapter[BriefingFacts] = TypeAdapter(BriefingFacts)


def save_briefing(session: Session, principal: Principal, job: str, facts: BriefingFacts) -> str:
    """Store a briefing inside the caller's writing transaction; its public id. The same job never makes two."""
    known = session.scalar(select(BriefingRow.public_id).where(BriefingRow.job == job))
    if known is not None:
        return known
    told = _FACTS.dump_json(facts).decode()
    row = BriefingRow(
        public_id=secrets.token_urlsafe(9),
        job=job,
        kind=facts.kind.value,
        unit=facts.unit,
        made_at=facts.made_at,
        made_by=principal.name,
        facts=told,
        sha256=_hash(told),
    )
    session.add(row)
    session.flush()
    bump_version(session, TOPIC, facts.made_at)
    return row.public_id


def briefings(
    session: Session, principal: Principal, organisation: Organisation, now: datetime, about: str | None = None
) -> list[BriefingLine]:
    """The newest briefings the principal may read, or those of them `about` one unit (PROVINCE the whole province); one
    of the whole province is not for somebody of one unit."""
    principal.require(Permission.SEE_BRIEFING)
    row = BriefingRow
    # Without what they say: ninety of them would be read for a list of titles.
    columns = (row.public_id, row.kind, row.unit, row.made_at, row.made_by)
    question = select(*columns).order_by(row.id.desc()).limit(LISTED)
    units = visible_units(principal, organisation, local_day(now))
    if units is not None:
        question = question.where(row.unit.in_(sorted(units)))
    if about is not None:
        question = question.where(row.unit == about)
    return [
        BriefingLine(public_id, BriefingKind(kind), unit, made_at, made_by)
        for public_id, kind, unit, made_at, made_by in session.execute(question)
    ]


def briefing_by_id(
    session: Session, principal: Principal, organisation: Organisation, public_id: str, now: datetime
) -> Briefing:
    """One briefing; needs SEE_BRIEFING, raises NotFound also for one the principal may not read."""
    principal.require(Permission.SEE_BRIEFING)
    row = session.scalar(select(BriefingRow).where(BriefingRow.public_id == public_id))
    units = visible_units(principal, organisation, local_day(now))
    if row is None or (units is not None and row.unit not in units):
        raise NotFound(public_id)
    return _briefing(row)


def schedules_in_force(
    session: Session, principal: Principal, organisation: Organisation, now: datetime
) -> dict[str, BriefingSchedule]:
    """Of the whole province (PROVINCE; what ships until somebody decides) and of each unit that handles cases today and
    that somebody decided about: those whose briefings the principal may read. Raises NotAllowed."""
    principal.require(Permission.SEE_BRIEFING)
    seen = visible_units(principal, organisation, local_day(now))
    found: dict[str, BriefingSchedule] = {}
    if seen is None:
        whole = _oldest_first(session, BriefingScheduleRow)
        found[PROVINCE] = schedule_decided([_decision(row, row.is_on) for row in whole])
    rows = _oldest_first(session, UnitBriefingScheduleRow)
    for unit in case_units_seen(principal, organisation, local_day(now)):
        decisions = [_decision(row) for row in rows if row.unit == unit]
        if decisions:
            found[unit] = schedule_decided(decisions)
    return found


def save_schedule(session: Session, principal: Principal, unit: str, schedule: BriefingSchedule, now: datetime) -> None:
    """Append a decision about a unit's schedule, PROVINCE the whole province's, inside the caller's writing
    transaction; the caller knows the unit to be the principal's. Raises NotAllowed."""
    principal.require(Permission.EDIT_BRIEFING)
    decided = {
        "morning_at": f"{schedule.morning_at:%H:%M}",
        "weekly_at": f"{schedule.weekly_at:%H:%M}",
        "makes_morning": BriefingKind.MORNING in schedule.kinds,
        "makes_weekly": BriefingKind.WEEKLY in schedule.kinds,
        "by": principal.name,
        "at": now,
    }
    if unit == PROVINCE:
        session.add(BriefingScheduleRow(**decided, is_on=schedule.is_on))
    else:
        session.add(UnitBriefingScheduleRow(**decided, unit=unit))
    session.flush()
    bump_version(session, TOPIC, now)


def _oldest_first(session: Session, table: type[_Row]) -> Sequence[_Row]:
    return session.scalars(select(table).order_by(table.id)).all()


def _decision(row: BriefingScheduleRow | UnitBriefingScheduleRow, is_on: bool = True) -> BriefingSchedule:
    made = {BriefingKind.MORNING: row.makes_morning, BriefingKind.WEEKLY: row.makes_weekly}
    return BriefingSchedule(
        morning_at=time.fromisoformat(row.morning_at),
        weekly_at=time.fromisoformat(row.weekly_at),
        kinds=frozenset(kind for kind, is_made in made.items() if is_on and is_made),
        decided_by=row.by,
        decided_at=row.at,
    )


def _hash(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()


def _briefing(row: BriefingRow) -> Briefing:
    return Briefing(
        public_id=row.public_id,
        facts=_FACTS.validate_json(row.facts),
        made_by=row.made_by,
        sha256=row.sha256,
        is_whole=_hash(row.facts) == row.sha256,
    )
