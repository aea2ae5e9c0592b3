"""A person says what somebody's day was, against the punches or where there are none: with a reason, audited."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from access.principal import NotAllowed, Principal
from data_access.attendance import save_correction, staff_days
from data_access.audit import record_audit
from data_access.session import Database
from domain.attendance import SAYABLE, Correction, DayStatus
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

SHORTEST_REASON, LONGEST_REASON = 5, 300
# What is older has been reported on.
CORRECTED_WITHIN = timedelta(days=62)


class CorrectionRefused(ValueError):
    """The correction was not stored; the text is Vietnamese and can be shown."""


def correct_day(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    person: tuple[str, str],
    day: date,
    status: DayStatus,
    reason: str,
    now: datetime,
) -> None:
    """Store a correction for (unit, code); raises NotAllowed (also for another unit), CorrectionRefused."""
    principal.require(Permission.CORRECT_ATTENDANCE)
    unit, code = person
    reason = " ".join(reason.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise CorrectionRefused(f"Ghi lý do, từ {SHORTEST_REASON} đến {LONGEST_REASON} ký tự.")
    if status not in SAYABLE:
        raise CorrectionRefused("Chọn tình trạng trong ngày.")
    today = local_day(now)
    if not today - CORRECTED_WITHIN <= day <= today:
        raise CorrectionRefused(f"Chỉ điều chỉnh được ngày đã qua, không quá {CORRECTED_WITHIN.days} ngày.")
    with database.reading() as session:
        listed = {(each.unit, each.code) for each in staff_days(session, principal, organisation, day, now)}
    if person not in listed:
        raise NotAllowed(f"nobody {code} of {unit} for {principal.public_id}")
    with database.writing() as session:
        save_correction(session, unit, code, day, Correction(status, reason, now), principal.name)
        detail = {"day": day.isoformat(), "status": status.value}
        record_audit(session, principal, "attendance_corrected", f"{unit}/{code}", detail, now)
