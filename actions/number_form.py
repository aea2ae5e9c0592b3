"""An administrator says under which number the statistical form goes out, from today on; audited."""

from __future__ import annotations

from datetime import datetime

from access.principal import Principal
from data_access.audit import record_audit
from data_access.periods import TOPIC, FormNumber, form_number, save_form_number
from data_access.session import Database
from data_access.versions import lock_writers
from domain.local_time import local_day
from domain.periods import PeriodRefused
from domain.permissions import Permission

LONGEST_NUMBER = 40


def number_form(database: Database, principal: Principal, typed: str, now: datetime) -> FormNumber:
    """Write the number, '' for none any more. Raises NotAllowed, PeriodRefused."""
    principal.require(Permission.ADMINISTER)
    number = " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())
    if len(number) > LONGEST_NUMBER:
        raise PeriodRefused(f"Số hiệu biểu dài nhất {LONGEST_NUMBER} ký tự.")
    today = local_day(now)
    entered = FormNumber(number, today, principal.name, now)
    with database.writing() as session:
        lock_writers(session, TOPIC)
        before = form_number(session, principal, today)
        if number == (before.number if before else ""):
            raise PeriodRefused("Số hiệu biểu không thay đổi.")
        save_form_number(session, entered, now)
        told = {"from": before.number if before else "", "to": number}
        record_audit(session, principal, "form_numbered", "statistical_form", told, now)
    return entered
