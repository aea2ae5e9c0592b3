"""What may be asked about field reports by whoever sees figures: never a citizen's words, never a point on the map."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from access.principal import Principal
from data_access.field_report_rules import load_report_rules
from data_access.models.field_reports import FieldReportRow
from data_access.scope import visible_units
from domain.field_reports import (
    FINAL_STATES,
    FieldReport,
    HandlingFigures,
    IntakeDay,
    ReportState,
    Urgency,
)
from domain.local_time import LOCAL, local, local_day
from domain.permissions import Permission
from domain.units import Organisation

MEAN_DAYS = 30
SATISFIED_FROM = 4
_FINAL = [state.value for state in FINAL_STATES]
_CLOSED_AT: ColumnElement[Any] = FieldReportRow.closed_at.expression


def open_reports(session: Session, principal: Principal, organisation: Organisation, on: date) -> list[FieldReport]:
    """Every open report of the principal's units, oldest first; reports without a unit belong to the province."""
    question = select(FieldReportRow).where(FieldReportRow.state.not_in(_FINAL), *scope_of(principal, organisation, on))
    return [report_of(row) for row in session.scalars(question.order_by(FieldReportRow.requested_at))]


def intake_day(session: Session, principal: Principal, organisation: Organisation, now: datetime) -> IntakeDay:
    """Received today by hour in Huế, beside the mean of up to thirty days before it."""
    today = local_day(now)
    begins_at = datetime.combine(today - timedelta(days=MEAN_DAYS), time(0), LOCAL)
    scope = scope_of(principal, organisation, today)
    question: Select[datetime] = select(FieldReportRow.requested_at).where(
        FieldReportRow.requested_at >= begins_at, FieldReportRow.requested_at <= now, *scope
    )
    here, before, days = [0] * 24, [0] * 24, set[date]()
    for requested_at in session.scalars(question):
        at = local(requested_at)
        if at.date() == today:
            here[at.hour] += 1
        else:
            before[at.hour] += 1
            days.add(at.date())
    # Days since the first report known: a day on which nobody reported belongs to the mean.
    count = (today - min(days)).days if days else 0
    mean = tuple(hour / count for hour in before) if count else None
    return IntakeDay(tuple(here), mean, count)


def handling_figures(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    now: datetime,
    closed_at: ColumnElement[Any] | None = None,
) -> HandlingFigures:
    """How reports that fell due in the last thirty days were handled, and what citizens thought of those closed; at a
    moment in the past with `closed_at` as it stood then."""
    closed_at = _CLOSED_AT if closed_at is None else closed_at
    since = now - timedelta(days=MEAN_DAYS)
    scope = scope_of(principal, organisation, local_day(now))
    row = FieldReportRow
    fell_due = select(func.count(), func.count().filter(closed_at <= row.due_at)).where(
        row.due_at > since, row.due_at <= now, *scope
    )
    due, in_time = session.execute(fell_due).one()
    rated, satisfied = session.execute(
        select(func.count(row.satisfaction), func.count().filter(row.satisfaction >= SATISFIED_FROM)).where(
            closed_at > since, closed_at <= now, row.satisfaction.is_not(None), *scope
        )
    ).one()
    return HandlingFigures(due, in_time, rated, satisfied)


def handled_by_code(
    session: Session, principal: Principal, organisation: Organisation, now: datetime
) -> dict[str, dict[str, int]]:
    """Unit -> code -> how many reports of the last thirty days that person deals with; a unit of which the source names
    nobody is absent. Needs USE_DESK: no wall and no feed tells of a single person."""
    principal.require(Permission.USE_DESK)
    row = FieldReportRow
    question = (
        select(row.unit, row.handled_by, func.count())
        .where(row.handled_by != "", row.unit.is_not(None), row.requested_at > now - timedelta(days=MEAN_DAYS))
        .where(row.requested_at <= now, *scope_of(principal, organisation, local_day(now)))
        .group_by(row.unit, row.handled_by)
    )
    found: dict[str, dict[str, int]] = {}
    for unit, code, count in session.execute(question):
        if unit is not None:
            found.setdefault(unit, {})[code] = count
    return found


def is_final() -> ColumnElement[bool]:
    """Whether nobody has to do anything any more."""
    return FieldReportRow.state.in_(_FINAL)


def scope_of(principal: Principal, organisation: Organisation, on: date) -> list[ColumnElement[bool]]:
    """What bounds a question to the principal's units."""
    units = visible_units(principal, organisation, on)
    return [] if units is None else [FieldReportRow.unit.in_(sorted(units))]


def report_of(row: FieldReportRow) -> FieldReport:
    """What any screen may know of a row."""
    return FieldReport(
        public_id=row.public_id,
        subject=row.subject,
        title=load_report_rules().subject_of(row.subject).title,
        urgency=Urgency(row.urgency),
        state=ReportState(row.state),
        unit=row.unit,
        requested_at=row.requested_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
    )
