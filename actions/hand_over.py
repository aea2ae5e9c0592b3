"""An operator takes over a duty shift, hands it over, or writes the sheet of a shift nobody handed over; audited."""

from __future__ import annotations

from datetime import datetime

from access.principal import Principal
from data_access.audit import record_audit
from data_access.duty import (
    TOPIC,
    duty_scope,
    facts_of_shift,
    hand_overs,
    on_duty,
    own_shift,
    save_hand_over,
    save_shift,
)
from data_access.duty_limits import load_duty_limits
from data_access.session import Database
from data_access.versions import lock_writers
from domain.duty import DutyRefused, DutyShift, HandOver, span_words
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

LONGEST_NOTE = 1_000


def take_over(database: Database, principal: Principal, organisation: Organisation, now: datetime) -> DutyShift:
    """Begin a shift; it remembers the newest sheet of the same scope. Raises NotAllowed, DutyRefused."""
    principal.require(Permission.TAKE_DUTY)
    scope = duty_scope(principal, organisation, now)
    with database.writing() as session:
        sheets = hand_overs(session, principal, organisation, now)
        received = next((sheet.public_id for sheet in sheets if sheet.unit == scope), "")
        shift = save_shift(session, principal, scope, received, now)
        record_audit(session, principal, "duty_taken_over", shift.public_id, {"received": received}, now)
    return shift


def hand_over(
    database: Database, principal: Principal, organisation: Organisation, note: str, now: datetime
) -> HandOver:
    """End the own shift with its sheet. Raises NotAllowed, DutyRefused."""
    principal.require(Permission.TAKE_DUTY)
    words = _cleaned(note)
    with database.writing() as session:
        lock_writers(session, TOPIC)
        shift = own_shift(session, principal)
        if shift is None:
            raise DutyRefused("Bạn chưa nhận ca, nên không có ca để bàn giao.")
        facts = facts_of_shift(session, principal, organisation, shift, now)
        sheet = save_hand_over(session, principal, shift, facts, words, now)
        record_audit(session, principal, "duty_handed_over", sheet.public_id, _counts(sheet), now)
    return sheet


def close_for(
    database: Database, principal: Principal, organisation: Organisation, shift_id: str, note: str, now: datetime
) -> HandOver:
    """Write the sheet of a colleague's shift that is overdue. Raises NotAllowed, DutyRefused.

    1. Whoever does it is on duty themselves, for the same scope: the next person.
    2. A shift within its limit is its own person's to hand over.
    """
    principal.require(Permission.TAKE_DUTY)
    if not shift_id:
        raise DutyRefused("Chọn ca chưa bàn giao.")
    words, limits = _cleaned(note), load_duty_limits(local_day(now))
    with database.writing() as session:
        lock_writers(session, TOPIC)
        own = own_shift(session, principal)
        if own is None:
            raise DutyRefused("Nhận ca trước, rồi lập biên bản thay cho ca chưa bàn giao.")
        found = [each for each in on_duty(session, principal, organisation, now) if each.public_id == shift_id]
        if not found or found[0].unit != own.unit or found[0].public_id == own.public_id:
            raise DutyRefused("Không có ca này trong số các ca chưa bàn giao. Ca có thể vừa được bàn giao.")
        shift = found[0]
        if not shift.is_overdue(now, limits):
            limit = span_words(limits.hand_over_within)
            raise DutyRefused(f"Ca của {shift.person} chưa quá {limit}: để người trực tự bàn giao.")
        facts = facts_of_shift(session, principal, organisation, shift, now)
        sheet = save_hand_over(session, principal, shift, facts, words, now)
        detail = {**_counts(sheet), "name": shift.person}
        record_audit(session, principal, "duty_closed_for_other", sheet.public_id, detail, now)
    return sheet


def _counts(sheet: HandOver) -> dict[str, object]:
    return {"alarms": sheet.facts.alarm_count, "shelved": sheet.facts.shelved_count, "closed": sheet.facts.closed_count}


def _cleaned(typed: str) -> str:
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())
    if len(words) > LONGEST_NOTE:
        raise DutyRefused(f"Ghi chú dài nhất {LONGEST_NOTE} ký tự.")
    return words
