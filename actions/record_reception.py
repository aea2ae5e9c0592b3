"""The small form of offices without a queue system: a ticket, the call, the end of a visit. Each step is audited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from access.principal import Principal
from data_access.audit import record_audit
from data_access.reception import FORM, save_visits, visit_by_public_id, visits_on
from data_access.session import Database
from data_access.sources import save_source_success
from data_access.versions import lock_writers
from domain.local_time import local_day
from domain.permissions import Permission
from domain.reception import VisitOutcome, VisitPurpose, VisitRecord, VisitState
from domain.units import Organisation

SOURCE = "reception"
MOST_PEOPLE = 2000


class VisitRefused(ValueError):
    """The step was not recorded; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class WantedVisit:
    """What a person typed of somebody who has just come; `is_called` when they are received at once."""

    unit: str
    purpose: VisitPurpose
    people: int = 1
    is_leader: bool = False
    is_called: bool = False


def open_visit(
    database: Database, principal: Principal, organisation: Organisation, wanted: WantedVisit, now: datetime
) -> str:
    """Give the next ticket of the unit's own counting today; returns it. Raises NotAllowed, VisitRefused."""
    principal.require(Permission.RECORD_RECEPTION)
    today = local_day(now)
    with database.writing() as session:
        units = {unit.code for unit in organisation.case_units_on(today)}
        if wanted.unit not in units or (principal.unit is not None and principal.unit != wanted.unit):
            raise VisitRefused("Chọn đơn vị trong phạm vi của bạn.")
        if not 1 <= wanted.people <= MOST_PEOPLE:
            raise VisitRefused(f"Ghi số người từ 1 đến {MOST_PEOPLE}.")
        lock_writers(session, SOURCE)
        here = visits_on(session, principal, organisation, today, now)
        number = 1 + sum(visit.record.unit == wanted.unit and "/TC-" in visit.record.reference for visit in here)
        ticket = f"TC-{number:03d}"
        visit = VisitRecord(
            unit=wanted.unit,
            reference=f"{today:%y%m%d}/{ticket}",
            ticketed_at=now,
            updated_at=now,
            called_at=now if wanted.is_called else None,
            purpose=wanted.purpose,
            people=wanted.people,
            is_leader=wanted.is_leader,
        )
        save_visits(session, [visit], now, origin=FORM)
        save_source_success(session, SOURCE, now, now, 1)
        detail = {"unit": wanted.unit, "people": wanted.people}
        record_audit(session, principal, "reception_visit_opened", visit.reference, detail, now)
    return ticket


def call_visit(
    database: Database, principal: Principal, organisation: Organisation, public_id: str, now: datetime
) -> None:
    """Somebody who waits is received. Raises NotAllowed, NotFound, VisitRefused."""
    principal.require(Permission.RECORD_RECEPTION)
    with database.writing() as session:
        visit = visit_by_public_id(session, principal, organisation, public_id, local_day(now))
        if visit.state is not VisitState.WAITING:
            raise VisitRefused("Lượt này không còn chờ.")
        save_visits(session, [replace(visit, called_at=now, updated_at=now)], now, origin=FORM)
        save_source_success(session, SOURCE, now, now, 1)
        record_audit(session, principal, "reception_visit_called", visit.reference, {"unit": visit.unit}, now)


def end_visit(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    public_id: str,
    outcome: VisitOutcome,
    now: datetime,
) -> None:
    """A visit ends: one that was received with its outcome, one that only waited because they left. Raises NotAllowed,
    NotFound, VisitRefused."""
    principal.require(Permission.RECORD_RECEPTION)
    with database.writing() as session:
        visit = visit_by_public_id(session, principal, organisation, public_id, local_day(now))
        if visit.ended_at is not None:
            raise VisitRefused("Lượt này đã kết thúc.")
        if visit.state is VisitState.WAITING and outcome is not VisitOutcome.LEFT:
            raise VisitRefused("Lượt này chưa được gọi: gọi trước, hoặc ghi công dân ra về.")
        save_visits(session, [replace(visit, ended_at=now, outcome=outcome, updated_at=now)], now, origin=FORM)
        save_source_success(session, SOURCE, now, now, 1)
        detail = {"unit": visit.unit, "outcome": outcome.value}
        record_audit(session, principal, "reception_visit_ended", visit.reference, detail, now)
