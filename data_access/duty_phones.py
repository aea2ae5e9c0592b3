"""The number of a unit's duty desk: asked with a principal, written by an action."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.duty_phones import DutyPhoneRow
from data_access.scope import visible_units
from domain.duty_phones import DutyPhone
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation


def duty_phone(
    session: Session, principal: Principal, organisation: Organisation, unit: str, now: datetime
) -> DutyPhone | None:
    """The number of a unit the principal may see, or None; needs SEE_ALARMS."""
    principal.require(Permission.SEE_ALARMS)
    visible = visible_units(principal, organisation, local_day(now))
    if visible is not None and unit not in visible:
        return None
    row = session.scalar(select(DutyPhoneRow).where(DutyPhoneRow.unit == unit, DutyPhoneRow.number != ""))
    return DutyPhone(row.unit, row.number, row.entered_by, row.entered_at) if row else None


def save_duty_phone(session: Session, phone: DutyPhone) -> None:
    """Write the number of a unit, '' for none, inside the caller's writing transaction."""
    row = session.scalar(select(DutyPhoneRow).where(DutyPhoneRow.unit == phone.unit))
    if row is None:
        row = DutyPhoneRow(unit=phone.unit)
        session.add(row)
    row.number, row.entered_by, row.entered_at = phone.number, phone.entered_by, phone.entered_at
    session.flush()
