"""Field reports as the smart-city centre may be told of them: coded subject, states, times, the ward at the finest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.field_reports.questions import is_final, report_of, scope_of
from data_access.models.field_reports import FieldReportRow
from domain.feed import FeedReport
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

MOST = 5_000


def reports_to_tell(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> list[FeedReport]:
    """Reports of the principal's units that are open or were closed since then, the oldest first, at most the newest
    five thousand; needs READ_FIELD_REPORTS, raises NotAllowed."""
    principal.require(Permission.READ_FIELD_REPORTS)
    row = FieldReportRow
    question = (
        select(row)
        .where(or_(~is_final(), row.closed_at >= since), *scope_of(principal, organisation, local_day(now)))
        .order_by(row.requested_at.desc(), row.id.desc())
        .limit(MOST)
    )
    return [FeedReport(report_of(each), each.area) for each in reversed(session.scalars(question).all())]
