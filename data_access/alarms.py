"""Alarms: those that stand, those that were closed, and the records of their lives; every question has a principal."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.alarms import AlarmRecordRow, AlarmRow
from data_access.outbox import save_events
from data_access.scope import NotFound, visible_units
from data_access.versions import bump_version
from domain.alarms import Alarm, AlarmRecord, AlarmState, AlarmStep, Priority, worst_first
from domain.local_time import local_day
from domain.outbox import events_of_alarms
from domain.permissions import Permission
from domain.units import Organisation

TOPIC = "alarms"
_LISTS = ("members", "hides")
_PLAIN = tuple(
    field.name
    for field in fields(Alarm)
    if field.name not in {*_LISTS, "unit_name", "measure", "activations", "priority"}
)


class Conflict(Exception):
    """Somebody changed the alarm since it was read; nothing was written."""


def standing_alarms(session: Session) -> list[Alarm]:
    """Every alarm that is not closed, for the engine."""
    return [_alarm(row) for row in session.scalars(select(AlarmRow).where(AlarmRow.closed_at.is_(None)))]


def recent_activations(session: Session, since: datetime) -> Mapping[str, tuple[datetime, ...]]:
    """By key: when alarms closed since then had become active, so that one that comes and goes is known as such."""
    found: dict[str, tuple[datetime, ...]] = {}
    for row in session.scalars(select(AlarmRow).where(AlarmRow.closed_at >= since)):
        alarm = _alarm(row)
        found[alarm.key] = tuple(sorted({*found.get(alarm.key, ()), *alarm.activations}))
    return found


def save_decided(session: Session, alarms: Sequence[Alarm], records: Sequence[AlarmRecord], now: datetime) -> None:
    """Store what was decided and queue what is told outside, inside the caller's writing transaction; raises Conflict
    where a person was faster."""
    stepped = {record.alarm for record in records}
    raised = {record.alarm for record in records if record.step is AlarmStep.RAISED}
    for alarm in alarms:
        if alarm.revision == 1 and alarm.public_id in raised:
            session.add(AlarmRow(**_values(alarm)))
        else:
            _store(session, alarm, alarm.revision - (alarm.public_id in stepped))
    session.add_all(_record_row(record) for record in records)
    session.flush()
    save_events(session, events_of_alarms(alarms, records), now)
    if alarms or records:
        bump_version(session, TOPIC, now)


def alarms_listed(
    session: Session, principal: Principal, organisation: Organisation, now: datetime
) -> tuple[Alarm, ...]:
    """Every alarm of the principal's units that is not closed, worst first: the one list behind wall and console."""
    question = select(AlarmRow).where(AlarmRow.closed_at.is_(None))
    return worst_first(alarms_asked(session, principal, organisation, question, now))


def closed_alarms(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime, limit: int = 200
) -> list[Alarm]:
    """Alarms of the principal's units closed since then, newest first; needs SEE_ALARMS."""
    principal.require(Permission.SEE_ALARMS)
    question = select(AlarmRow).where(AlarmRow.closed_at >= since).order_by(AlarmRow.closed_at.desc()).limit(limit)
    return alarms_asked(session, principal, organisation, question, now)


def alarm_by_id(
    session: Session, principal: Principal, organisation: Organisation, public_id: str, now: datetime
) -> Alarm:
    """One alarm; needs SEE_ALARMS, raises NotFound also for what is another unit's."""
    principal.require(Permission.SEE_ALARMS)
    question = select(AlarmRow).where(AlarmRow.public_id == public_id)
    found = alarms_asked(session, principal, organisation, question, now)
    if not found:
        raise NotFound(public_id)
    return found[0]


def records_of(session: Session, principal: Principal, alarm: Alarm) -> list[AlarmRecord]:
    """The life of an alarm that the principal was given, newest first; needs SEE_ALARMS."""
    principal.require(Permission.SEE_ALARMS)
    question = select(AlarmRecordRow).where(AlarmRecordRow.alarm == alarm.public_id).order_by(AlarmRecordRow.id.desc())
    return [record_of_row(row) for row in session.scalars(question)]


def record_of_row(row: AlarmRecordRow) -> AlarmRecord:
    """One line of an alarm's life as it is stored."""
    return AlarmRecord(
        alarm=row.alarm,
        at=row.at,
        step=AlarmStep(row.step),
        from_state=AlarmState(row.from_state),
        to_state=AlarmState(row.to_state),
        actor=row.actor,
        words=row.words,
    )


def raised_since(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> int:
    """How many alarms of the principal's units were raised since then."""
    question = select(AlarmRow).where(AlarmRow.raised_at >= since)
    return len(alarms_asked(session, principal, organisation, question, now))


def alarms_asked(
    session: Session, principal: Principal, organisation: Organisation, question: Select[AlarmRow], now: datetime
) -> list[Alarm]:
    """The alarms of a question that are of the principal's units."""
    on = local_day(now)
    visible = visible_units(principal, organisation, on)
    if visible is not None:
        question = question.where(AlarmRow.unit.in_(sorted(visible)))
    named = _namer(organisation, now)
    return [named(_alarm(row)) for row in session.scalars(question)]


def _namer(organisation: Organisation, now: datetime) -> Callable[[Alarm], Alarm]:
    on = local_day(now)

    def named(alarm: Alarm) -> Alarm:
        unit = organisation.unit_on(alarm.unit, on)
        return replace(alarm, unit_name=unit.short_name if unit else alarm.unit)

    return named


def _store(session: Session, alarm: Alarm, before: int) -> None:
    statement = (
        update(AlarmRow)
        .where(AlarmRow.public_id == alarm.public_id, AlarmRow.revision == before)
        .values(**_values(alarm))
        .returning(AlarmRow.id)
    )
    if session.execute(statement).scalar_one_or_none() is None:
        raise Conflict(alarm.public_id)


def _values(alarm: Alarm) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(alarm, name) for name in _PLAIN}
    values.update({name: json.dumps(getattr(alarm, name)) for name in _LISTS})
    values["activations"] = json.dumps([at.isoformat() for at in alarm.activations])
    values["measure"] = "" if alarm.measure is None else str(alarm.measure)
    values["priority"] = int(alarm.priority)
    values["state"] = alarm.state.value
    return values


def _alarm(row: AlarmRow) -> Alarm:
    values = {name: getattr(row, name) for name in _PLAIN}
    values.update({name: tuple(json.loads(getattr(row, name))) for name in _LISTS})
    values["activations"] = tuple(datetime.fromisoformat(at) for at in json.loads(row.activations))
    values["measure"] = _measure(row.measure)
    values["priority"] = Priority(row.priority)
    values["state"] = AlarmState(row.state)
    return Alarm(unit_name="", **values)


def _measure(text: str) -> Decimal | int | None:
    if not text:
        return None
    return Decimal(text) if "." in text else int(text)


def _record_row(record: AlarmRecord) -> AlarmRecordRow:
    return AlarmRecordRow(
        alarm=record.alarm,
        at=record.at,
        step=record.step.value,
        from_state=record.from_state.value,
        to_state=record.to_state.value,
        actor=record.actor,
        words=record.words,
    )
