"""Duty shifts and hand-overs: stored once, asked for within a principal's scope, and what a hand-over would say now."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.alarms import alarms_listed, closed_alarms
from data_access.directives import directives
from data_access.models.alarms import AlarmRow
from data_access.models.duty import DutyShiftRow, HandOverRow
from data_access.scope import NotFound, visible_units
from data_access.sources import all_sources
from data_access.versions import bump_version, lock_writers
from domain.duty import ROWS_KEPT, DutyRefused, DutyShift, HandOver, HandOverFacts, facts_handed_over
from domain.local_time import local_day, moment_words
from domain.permissions import Permission
from domain.units import Organisation

TOPIC = "duty"
PROVINCE = ""
SHEETS_LISTED = 30
_FACTS: TypeAdapter[HandOverFacts] = TypeAdapter(HandOverFacts)


def duty_scope(principal: Principal, organisation: Organisation, now: datetime) -> str:
    """What a principal's shift covers: '' for the whole province, else the code of the own unit."""
    if visible_units(principal, organisation, local_day(now)) is None:
        return PROVINCE
    return principal.unit or PROVINCE


def save_shift(session: Session, principal: Principal, scope: str, received: str, now: datetime) -> DutyShift:
    """Begin a shift inside the caller's writing transaction; raises DutyRefused for somebody who is on already."""
    lock_writers(session, TOPIC)
    own = own_shift(session, principal)
    if own is not None:
        raise DutyRefused(f"Bạn đang trực từ {moment_words(own.started_at)}.")
    row = DutyShiftRow(
        public_id=secrets.token_urlsafe(9),
        person=principal.name,
        person_id=principal.public_id,
        unit=scope,
        started_at=now,
        received=received,
        ended_at=None,
        ended_by="",
    )
    session.add(row)
    session.flush()
    bump_version(session, TOPIC, now)
    return _shift(row)


def save_hand_over(
    session: Session, principal: Principal, shift: DutyShift, facts: HandOverFacts, note: str, now: datetime
) -> HandOver:
    """End a shift with its sheet inside the caller's writing transaction; raises DutyRefused when it has ended."""
    ended = (
        update(DutyShiftRow)
        .where(DutyShiftRow.public_id == shift.public_id, DutyShiftRow.ended_at.is_(None))
        .values(ended_at=now, ended_by=principal.name)
        .returning(DutyShiftRow.id)
    )
    if session.execute(ended).scalar_one_or_none() is None:
        raise DutyRefused("Ca này đã được bàn giao. Xem biên bản trong danh sách.")
    row = HandOverRow(
        public_id=secrets.token_urlsafe(9),
        shift=shift.public_id,
        person=shift.person,
        unit=shift.unit,
        started_at=shift.started_at,
        ended_at=now,
        written_by=principal.name,
        note=note,
        facts=_FACTS.dump_json(facts).decode(),
    )
    session.add(row)
    session.flush()
    bump_version(session, TOPIC, now)
    return _hand_over(row)


def own_shift(session: Session, principal: Principal) -> DutyShift | None:
    """The shift the principal is on."""
    question = select(DutyShiftRow).where(
        DutyShiftRow.person_id == principal.public_id, DutyShiftRow.ended_at.is_(None)
    )
    row = session.scalar(question)
    return _shift(row) if row else None


def on_duty(session: Session, principal: Principal, organisation: Organisation, now: datetime) -> list[DutyShift]:
    """Who is on, first come first: those of the whole province and of the principal's units; needs SEE_ALARMS."""
    principal.require(Permission.SEE_ALARMS)
    question = select(DutyShiftRow).where(DutyShiftRow.ended_at.is_(None)).order_by(DutyShiftRow.id)
    units = visible_units(principal, organisation, local_day(now))
    if units is not None:
        question = question.where(DutyShiftRow.unit.in_([PROVINCE, *sorted(units)]))
    return [_shift(row) for row in session.scalars(question)]


def shifts_since(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> list[DutyShift]:
    """Shifts of the principal's own scope that lasted beyond `since`; needs SEE_ALARMS."""
    principal.require(Permission.SEE_ALARMS)
    row = DutyShiftRow
    lasted = row.ended_at.is_(None) | (row.ended_at > since)
    question = select(row).where(row.unit == duty_scope(principal, organisation, now), lasted).order_by(row.id)
    return [_shift(found) for found in session.scalars(question)]


def hand_overs(
    session: Session, principal: Principal, organisation: Organisation, now: datetime, limit: int = SHEETS_LISTED
) -> list[HandOver]:
    """The newest sheets the principal may read; one of the whole province is not for somebody of one unit."""
    principal.require(Permission.SEE_ALARMS)
    question = select(HandOverRow).order_by(HandOverRow.id.desc()).limit(limit)
    units = visible_units(principal, organisation, local_day(now))
    if units is not None:
        question = question.where(HandOverRow.unit.in_(sorted(units)))
    return [_hand_over(row) for row in session.scalars(question)]


def hand_over_by_id(
    session: Session, principal: Principal, organisation: Organisation, public_id: str, now: datetime
) -> HandOver:
    """One sheet; needs SEE_ALARMS, raises NotFound also for one the principal may not read."""
    principal.require(Permission.SEE_ALARMS)
    row = session.scalar(select(HandOverRow).where(HandOverRow.public_id == public_id))
    units = visible_units(principal, organisation, local_day(now))
    if row is None or (units is not None and row.unit not in units):
        raise NotFound(public_id)
    return _hand_over(row)


def receivers(session: Session, principal: Principal, sheets: Collection[str]) -> Mapping[str, list[DutyShift]]:
    """Who took over from each of these sheets, which the principal was given; needs SEE_ALARMS."""
    principal.require(Permission.SEE_ALARMS)
    found: dict[str, list[DutyShift]] = {}
    question = select(DutyShiftRow).where(DutyShiftRow.received.in_(sorted(sheets))).order_by(DutyShiftRow.id)
    for row in session.scalars(question):
        found.setdefault(row.received, []).append(_shift(row))
    return found


def facts_of_shift(
    session: Session, principal: Principal, organisation: Organisation, shift: DutyShift, now: datetime
) -> HandOverFacts:
    """What the shift would hand over now, within the principal's units; raises NotAllowed."""
    principal.require(Permission.SEE_ALARMS)
    asked = (session, principal, organisation)
    others = [each for each in on_duty(*asked, now) if each.unit == shift.unit and each.public_id != shift.public_id]
    return facts_handed_over(
        standing=alarms_listed(*asked, now),
        closed=closed_alarms(*asked, shift.started_at, now, ROWS_KEPT),
        closed_count=_closed_count(*asked, shift.started_at, now),
        sources=all_sources(session),
        directives=directives(*asked, now),
        others_on=[each.person for each in others],
        names={unit.code: unit.short_name for unit in organisation.units_on(local_day(now))},
        now=now,
    )


def _closed_count(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> int:
    question = select(func.count()).select_from(AlarmRow).where(AlarmRow.closed_at >= since)
    units = visible_units(principal, organisation, local_day(now))
    if units is not None:
        question = question.where(AlarmRow.unit.in_(sorted(units)))
    return int(session.scalar(question) or 0)


def _shift(row: DutyShiftRow) -> DutyShift:
    return DutyShift(
        public_id=row.public_id,
        person=row.person,
        person_id=row.person_id,
        unit=row.unit,
        started_at=row.started_at,
        received=row.received,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )


def _hand_over(row: HandOverRow) -> HandOver:
    return HandOver(
        public_id=row.public_id,
        shift=row.shift,
        person=row.person,
        unit=row.unit,
        started_at=row.started_at,
        ended_at=row.ended_at,
        written_by=row.written_by,
        note=row.note,
        facts=_FACTS.validate_json(row.facts),
    )
