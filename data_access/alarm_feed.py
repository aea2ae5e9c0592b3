"""Alarms as the smart-city centre may be told of them: rule, priority, states and times, never a word of a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.alarm_rules import rules_in_force
from data_access.models.alarms import AlarmRecordRow, AlarmRow
from data_access.scope import visible_units
from domain.alarms import AlarmState, Priority
from domain.city_alerts import SOURCE as CITY_ALERTS
from domain.feed import FeedAlarm
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

MOST = 1_000


def alarms_to_tell(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> list[FeedAlarm]:
    """Alarms of the principal's units that stand or were closed since then, the oldest first, at most the newest
    thousand; needs READ_ALARMS, raises NotAllowed. What the city itself warned of is not told back to it."""
    principal.require(Permission.READ_ALARMS)
    on = local_day(now)
    question = select(AlarmRow).where(or_(AlarmRow.closed_at.is_(None), AlarmRow.closed_at >= since))
    question = question.where(AlarmRow.source != CITY_ALERTS)
    visible = visible_units(principal, organisation, on)
    if visible is not None:
        question = question.where(AlarmRow.unit.in_(sorted(visible)))
    rows = session.scalars(question.order_by(AlarmRow.raised_at.desc(), AlarmRow.id.desc()).limit(MOST)).all()
    rules, steps = rules_in_force(session, on), _steps(session, [row.public_id for row in rows])
    return [
        FeedAlarm(
            public_id=row.public_id,
            rule=row.rule,
            rule_name=rules[row.rule].name if row.rule in rules else row.rule,
            priority=Priority(row.priority),
            state=AlarmState(row.state),
            unit=row.unit,
            source=row.source,
            steps=steps.get(row.public_id) or ((row.raised_at, AlarmState(row.state)),),
            closed_at=row.closed_at,
        )
        for row in reversed(rows)
    ]


def _steps(session: Session, alarms: list[str]) -> dict[str, tuple[tuple[datetime, AlarmState], ...]]:
    """Of each alarm its changes of state, oldest first."""
    row = AlarmRecordRow
    question = (
        select(row.alarm, row.at, row.to_state)
        .where(row.alarm.in_(alarms), row.from_state != row.to_state)
        .order_by(row.id)
    )
    found: dict[str, tuple[tuple[datetime, AlarmState], ...]] = {}
    for alarm, at, state in session.execute(question):
        found[alarm] = (*found.get(alarm, ()), (at, AlarmState(state)))
    return found
