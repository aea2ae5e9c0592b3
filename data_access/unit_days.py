"""What reached a unit and when, for one axis: instants only, of field reports, alarms, visits, camera interruptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
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
    return _instants(session, FieldReportRow.requested_at, FieldReportRow.unit, (principal, organisation, since, now))


def alarms_raised(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> Sequence[datetime]:
    """When alarms of the principal's units were raised, whether they stand or not."""
    return _instants(session, AlarmRow.raised_at, AlarmRow.unit, (principal, organisation, since, now))


def visits_begun(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> Sequence[datetime]:
    """When citizens took a ticket at the principal's units."""
    return _instants(session, VisitRow.ticketed_at, VisitRow.unit, (principal, organisation, since, now))


def _instants(
    session: Session, at: Any, unit: Any, asked: tuple[Principal, Organisation, datetime, datetime]
) -> Sequence[datetime]:
    principal, organisation, since, now = asked
    question = select(at).where(at >= since, at <= now)
    units = visible_units(principal, organisation, local_day(now))
    if units is not None:
        question = question.where(unit.in_(sorted(units)))
    return session.scalars(question).all()
