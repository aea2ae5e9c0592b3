"""Field reports as they stood at a moment in the past, by the events that their sources stated; unit and due time have
no history and are those now on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from access.principal import Principal
from data_access.field_reports.questions import is_final, report_of, scope_of
from data_access.models.field_reports import FieldReportEvent, FieldReportRow
from domain.field_reports import FINAL_STATES, FieldReport, ReportState
from domain.local_time import local_day
from domain.units import Organisation

# Parameters of one question: SQLite's builds differ in how many they take.
CHUNK = 500
_FINAL = [state.value for state in FINAL_STATES]


@dataclass(frozen=True, slots=True)
class ReportThen:
    """A report that was open at a moment: as it stood then, and as it stands now."""

    then: FieldReport
    now: FieldReport


def closed_at_by(at: datetime) -> ColumnElement[Any]:
    """When a row of FieldReportRow had been closed, as of a moment: `closed_at_of` over its events until then, as SQL.

    A final state at the instant of an open one comes after it.
    """
    opened, closed = aliased(FieldReportEvent), aliased(FieldReportEvent)
    last_open = (
        select(func.max(opened.at))
        .where(opened.report_id == FieldReportRow.id, opened.at <= at, opened.state.not_in(_FINAL))
        .correlate(FieldReportRow)
        .scalar_subquery()
    )
    return (
        select(func.min(closed.at))
        .where(closed.report_id == FieldReportRow.id, closed.at <= at, closed.state.in_(_FINAL))
        .where(or_(last_open.is_(None), closed.at >= last_open))
        .correlate(FieldReportRow)
        .scalar_subquery()
    )


def reports_open_at(
    session: Session, principal: Principal, organisation: Organisation, at: datetime
) -> list[ReportThen]:
    """Every report of the principal's units that was open at a moment, oldest first."""
    row = FieldReportRow
    # What is final and has not been spoken of since was final then: most of the table is never looked into.
    may_be_open = or_(~is_final(), row.source_updated_at > at)
    question = select(row).where(
        row.requested_at <= at,
        may_be_open,
        closed_at_by(at).is_(None),
        *scope_of(principal, organisation, local_day(at)),
    )
    rows = session.scalars(question.order_by(row.requested_at)).all()
    states = _states_at(session, [each.id for each in rows], at)
    return [
        ReportThen(
            replace(report_of(each), state=states.get(each.id, ReportState.RECEIVED), closed_at=None), report_of(each)
        )
        for each in rows
    ]


def reports_known_by(session: Session, principal: Principal, organisation: Organisation, at: datetime) -> bool:
    """Whether any report of the principal's units had been told by a moment: before that nothing was known of them."""
    known = exists().where(FieldReportRow.first_seen_at <= at, *scope_of(principal, organisation, local_day(at)))
    return bool(session.scalar(select(known)))


def _states_at(session: Session, ids: Sequence[int], at: datetime) -> dict[int, ReportState]:
    row = FieldReportEvent
    found: dict[int, ReportState] = {}
    for start in range(0, len(ids), CHUNK):
        question = select(row.report_id, row.state).where(row.report_id.in_(ids[start : start + CHUNK]), row.at <= at)
        found.update((report_id, ReportState(state)) for report_id, state in session.execute(question.order_by(row.at)))
    return found
