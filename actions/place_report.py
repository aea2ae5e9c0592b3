"""A person names the unit that handles a field report which the map places nowhere, or in the wrong unit; audited."""

from __future__ import annotations

from datetime import datetime

from access.principal import Principal
from data_access.audit import record_audit
from data_access.field_reports import report_detail, save_unit_named
from data_access.session import Database
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation


class PlaceRefused(ValueError):
    """The unit does not handle cases today."""


def place_report(
    database: Database, principal: Principal, organisation: Organisation, public_id: str, unit: str, now: datetime
) -> None:
    """Name the unit; it stays whatever the source says later. Raises NotAllowed, NotFound, PlaceRefused."""
    principal.require(Permission.PLACE_FIELD_REPORTS)
    if unit not in {each.code for each in organisation.case_units_on(local_day(now))}:
        raise PlaceRefused(unit)
    with database.writing() as session:
        before = report_detail(session, principal, organisation, public_id, now).desk.report.unit
        save_unit_named(session, public_id, unit, now)
        record_audit(session, principal, "report_placed", public_id, {"from": before or "", "to": unit}, now)
