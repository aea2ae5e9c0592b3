"""What reached a unit and when, for one axis: instants only, of field reports, alarms, visits, camera interruptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.field_reports.questions import scope_of
from data_access.models.alarms import AlarmRow
from data_access.models.field_reports import FieldReportRow
from data_access.models.reception import VisitRow
from data_access.scope import visible_units
from domain.local_time import local_day
from domain.units import Organisation


def reports_received(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> Sequence[datetime]:
    """When the field reports of the principal's units came in, since an aware instant."""
    question = select(FieldReportRow.requested_at).where(
        FieldReportRow.requested_at >= since,
        FieldReportRow.requested_at <= now,
        *scope_of(principal, organisation, local_day(now)),
    )
    return session.scalars(question).all()


def alarms_raised(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> Sequence[datetime]:
    """When alarms of the principal's units were raised, whether they stand or not."""
    question = select(AlarmRow.raised_at).where(AlarmRow.raised_at >= since, AlarmRow.raised_at <= now)
    units = visible_units(principal, organisation, local_day(now))
    if units is not None:
        question = question.where(AlarmRow.unit.in_(sorted(units)))
    return session.scalars(question).all()


def visits_begun(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> Sequence[datetime]:
    """When citizens took a ticket at the principal's units."""
    question = select(VisitRow.ticketed_at).where(VisitRow.ticketed_at >= since, VisitRow.ticketed_at <= now)
    units = visible_units(principal, organisation, local_day(now))
    if units is not None:
        question = question.where(VisitRow.unit.in_(sorted(units)))
    return session.scalars(question).all()
