"""Briefings: stored once with the hash of what they say, asked for within a principal's scope; and their schedule."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, time

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.briefing import BriefingRow, BriefingScheduleRow
from data_access.scope import NotFound, visible_units
from data_access.versions import bump_version
from domain.briefing import Briefing, BriefingFacts, BriefingLine
from domain.briefing_schedule import BriefingKind, BriefingSchedule
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

TOPIC = "briefing"
PROVINCE = ""
LISTED = 90
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
    session: Session, principal: Principal, organisation: Organisation, now: datetime, limit: int = LISTED
) -> list[BriefingLine]:
    """The newest briefings the principal may read; one of the whole province is not for somebody of one unit."""
    principal.require(Permission.SEE_BRIEFING)
    row = BriefingRow
    # Without what they say: ninety of them would be read for a list of titles.
    columns = (row.public_id, row.kind, row.unit, row.made_at, row.made_by)
    question = select(*columns).order_by(row.id.desc()).limit(limit)
    units = visible_units(principal, organisation, local_day(now))
    if units is not None:
        question = question.where(row.unit.in_(sorted(units)))
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


def schedule_in_force(session: Session) -> BriefingSchedule:
    """The newest decision; what ships before there is one, and then nothing is due yet."""
    rows = session.scalars(select(BriefingScheduleRow).order_by(BriefingScheduleRow.id)).all()
    if not rows:
        return BriefingSchedule()
    newest = rows[-1]
    return BriefingSchedule(
        morning_at=time.fromisoformat(newest.morning_at),
        weekly_at=time.fromisoformat(newest.weekly_at),
        is_on=newest.is_on,
        decided_by=newest.by,
        decided_at=newest.at,
        since_at=rows[0].at,
    )


def save_schedule(session: Session, principal: Principal, schedule: BriefingSchedule, now: datetime) -> None:
    """Append a decision inside the caller's writing transaction; raises NotAllowed."""
    principal.require(Permission.EDIT_BRIEFING)
    session.add(
        BriefingScheduleRow(
            morning_at=f"{schedule.morning_at:%H:%M}",
            weekly_at=f"{schedule.weekly_at:%H:%M}",
            is_on=schedule.is_on,
            by=principal.name,
            at=now,
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


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
