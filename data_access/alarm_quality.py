"""What the quality of alarms is reckoned from, asked within a principal's units, and the limits it is held against."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.alarm_rules import load_alarm_limits
from data_access.dated_limits import DATA, whole_numbers
from data_access.duty import shifts_since
from data_access.duty_limits import load_duty_limits
from data_access.models.alarms import AlarmRecordRow, AlarmRow
from data_access.scope import visible_units
from domain.alarm_quality import (
    ANSWERS,
    AlarmQuality,
    AlarmSpan,
    QualityLimits,
    QualityPeriod,
    alarm_quality,
    windows_of,
)
from domain.alarms import AlarmRecord, AlarmState, AlarmStep, Priority
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

LIMITS_FILE = DATA / "alarm_quality_limits.csv"
SHARES = {
    Priority.URGENT: "share_urgent",
    Priority.HIGH: "share_high",
    Priority.ORDINARY: "share_ordinary",
}
STEPS = [step.value for step in sorted(ANSWERS | {AlarmStep.SHELVED})]


@lru_cache(maxsize=8)
def load_quality_limits(on: date, path: Path = LIMITS_FILE) -> QualityLimits:
    """The limits in force on a day; raises OSError, or ValueError naming what is wrong."""
    found = whole_numbers(path, (*SHARES.values(), "standing_for"), on)
    shares = {priority: found[code] for priority, code in SHARES.items()}
    return QualityLimits(shares, timedelta(hours=found["standing_for"]), load_alarm_limits(on).flood_count)


def quality_of_alarms(
    session: Session, principal: Principal, organisation: Organisation, period: QualityPeriod, now: datetime
) -> AlarmQuality | None:
    """The quality of the alarms of the principal's units; None while nothing was ever recorded. Needs SEE_ALARMS."""
    principal.require(Permission.SEE_ALARMS)
    recorded_since = session.scalar(select(func.min(AlarmRecordRow.at)))
    if recorded_since is None:
        return None
    on = local_day(now)
    begins_at, ends_at = windows_of(period.lasts, recorded_since, now)
    return alarm_quality(
        _spans(session, principal, organisation, begins_at, now),
        _records(session, principal, organisation, begins_at, now),
        shifts_since(session, principal, organisation, begins_at, now),
        (begins_at, ends_at),
        load_quality_limits(on),
        load_duty_limits(on),
        now,
    )


def _spans(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> list[AlarmSpan]:
    row = AlarmRow
    question = select(
        row.public_id, row.rule, row.priority, row.title, row.unit, row.state, row.raised_at, row.closed_at
    ).where(or_(row.raised_at >= since, row.closed_at.is_(None)))
    units = visible_units(principal, organisation, local_day(now))
    if units is not None:
        question = question.where(row.unit.in_(sorted(units)))
    return [
        AlarmSpan(
            each.public_id,
            each.rule,
            Priority(each.priority),
            each.title,
            each.unit,
            AlarmState(each.state),
            each.raised_at,
            each.closed_at,
        )
        for each in session.execute(question)
    ]


def _records(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> list[AlarmRecord]:
    row = AlarmRecordRow
    question = select(row).where(row.at >= since, row.step.in_(STEPS)).order_by(row.id)
    units = visible_units(principal, organisation, local_day(now))
    if units is not None:
        question = question.join(AlarmRow, AlarmRow.public_id == row.alarm).where(AlarmRow.unit.in_(sorted(units)))
    return [
        AlarmRecord(
            each.alarm,
            each.at,
            AlarmStep(each.step),
            AlarmState(each.from_state),
            AlarmState(each.to_state),
            each.actor,
            each.words,
        )
        for each in session.scalars(question)
    ]
