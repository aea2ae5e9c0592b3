"""Alarms as they stood at a moment in the past, by the records of their lives, which nobody changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.alarms import alarms_asked
from data_access.models.alarms import AlarmRecordRow, AlarmRow
from domain.alarms import Alarm, AlarmState
from domain.units import Organisation

# Parameters of one question: SQLite's builds differ in how many they take.
CHUNK = 500


def alarms_listed_at(
    session: Session, principal: Principal, organisation: Organisation, at: datetime
) -> tuple[Alarm, ...]:
    """Every alarm of the principal's units that was not closed at a moment, in the state it was in; whatever else is
    said of it is what is known now."""
    question = select(AlarmRow).where(or_(AlarmRow.closed_at.is_(None), AlarmRow.closed_at > at))
    found = alarms_asked(session, principal, organisation, question, at)
    states = _states_at(session, [alarm.public_id for alarm in found], at)
    then = (replace(alarm, state=states.get(alarm.public_id, AlarmState.NORMAL)) for alarm in found)
    return tuple(alarm for alarm in then if alarm.state is not AlarmState.NORMAL)


def are_alarms_known_by(session: Session, at: datetime) -> bool:
    """Whether anything of any alarm was on record by a moment; that is no data of a unit, so it takes no principal."""
    return bool(session.scalar(select(exists().where(AlarmRecordRow.at <= at))))


def _states_at(session: Session, ids: Sequence[str], at: datetime) -> dict[str, AlarmState]:
    """The state that the last record by then left each alarm in; absent where there was none yet."""
    row = AlarmRecordRow
    found: dict[str, AlarmState] = {}
    for start in range(0, len(ids), CHUNK):
        question = select(row.alarm, row.to_state).where(row.alarm.in_(ids[start : start + CHUNK]), row.at <= at)
        found.update((alarm, AlarmState(state)) for alarm, state in session.execute(question.order_by(row.id)))
    return found
