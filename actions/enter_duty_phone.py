"""A person enters the number of a unit's duty desk; checked, of the own units, audited."""

from __future__ import annotations

from datetime import datetime

from access.principal import Principal
from data_access.audit import record_audit
from data_access.duty_phones import duty_phone, save_duty_phone
from data_access.scope import NotFound, visible_units
from data_access.session import Database
from domain.duty_phones import DutyPhone, cleaned_number
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation


def enter_duty_phone(
    database: Database, principal: Principal, organisation: Organisation, unit: str, typed: str, now: datetime
) -> DutyPhone:
    """Write the number, '' for none any more. Raises NotAllowed, PhoneRefused, and NotFound for what is another unit's
    or no unit of today."""
    principal.require(Permission.ANSWER_ALARMS)
    on = local_day(now)
    visible = visible_units(principal, organisation, on)
    if organisation.unit_on(unit, on) is None or (visible is not None and unit not in visible):
        raise NotFound(unit)
    entered = DutyPhone(unit, cleaned_number(typed), principal.name, now)
    with database.writing() as session:
        before = duty_phone(session, principal, organisation, unit, now)
        save_duty_phone(session, entered)
        told = {"from": before.number if before else "", "to": entered.number}
        record_audit(session, principal, "duty_phone_entered", unit, told, now)
    return entered
