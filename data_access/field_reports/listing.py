"""Field reports for a desk: listed by a filter, or one with its history; a citizen's text leaves by `report_detail`."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from access.principal import Principal
from data_access.field_reports.questions import is_final, report_of, scope_of
from data_access.models.field_reports import FieldReportEvent, FieldReportRow
from data_access.scope import NotFound
from domain.field_reports import ReportState
from domain.local_time import local_day
from domain.permissions import Permission
from domain.report_filters import NOWHERE, DeskReport, ReportDetail, ReportFilter, Showing
from domain.units import Organisation

# More than a desk can use; the list says when it was cut.
MOST = 5000


def listed_reports(
    session: Session, principal: Principal, organisation: Organisation, wanted: ReportFilter, now: datetime
) -> list[DeskReport]:
    """The reports a filter asks for, newest first, at most MOST; raises NotAllowed."""
    principal.require(Permission.SEE_FIELD_REPORTS)
    question = select(FieldReportRow).where(
        *scope_of(principal, organisation, local_day(now)), *_conditions(wanted, now)
    )
    rows = session.scalars(question.order_by(FieldReportRow.requested_at.desc()).limit(MOST))
    reports = [_desk_report(row) for row in rows]
    return [item for item in reports if item.place == wanted.place] if wanted.place else reports


def report_detail(
    session: Session, principal: Principal, organisation: Organisation, public_id: str, now: datetime
) -> ReportDetail:
    """One report; raises NotAllowed, and NotFound also for what lies outside the principal's units."""
    principal.require(Permission.SEE_FIELD_REPORTS)
    row = session.scalar(
        select(FieldReportRow).where(
            FieldReportRow.public_id == public_id, *scope_of(principal, organisation, local_day(now))
        )
    )
    if row is None:
        raise NotFound(public_id)
    question = select(FieldReportEvent.at, FieldReportEvent.state).where(FieldReportEvent.report_id == row.id)
    events = sorted((at, ReportState(state)) for at, state in session.execute(question))
    return ReportDetail(_desk_report(row), row.description, tuple(events))


def _conditions(wanted: ReportFilter, now: datetime) -> list[ColumnElement[bool]]:
    row = FieldReportRow
    conditions = {
        Showing.OPEN: [~is_final()],
        Showing.OVERDUE: [~is_final(), row.due_at < now],
        Showing.CLOSED: [is_final(), row.requested_at >= now - timedelta(days=wanted.days)],
        Showing.ALL: [or_(~is_final(), row.requested_at >= now - timedelta(days=wanted.days))],
    }[wanted.showing]
    if wanted.unit:
        conditions.append(row.unit.is_(None) if wanted.unit == NOWHERE else row.unit == wanted.unit)
    if wanted.subject:
        conditions.append(row.subject == wanted.subject)
    return conditions


def _desk_report(row: FieldReportRow) -> DeskReport:
    point = None if row.latitude is None or row.longitude is None else (row.latitude, row.longitude)
    return DeskReport(report_of(row), row.external_id, point, row.area, row.unit_by, row.due_by, row.satisfaction)
