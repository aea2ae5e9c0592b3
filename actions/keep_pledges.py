"""Writes down how the pledges stand, day by day, and what the agency decides about their targets."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from access.principal import Principal
from data_access.audit import record_audit
from data_access.pledge_evidence import EvidenceQuestions
from data_access.programme import (
    TargetDecision,
    pledges_in_force,
    save_pledge_days,
    save_target_decision,
    shipped_pledges,
)
from data_access.session import Database
from data_access.working_days import load_working_calendar
from domain.local_time import local_day
from domain.permissions import Permission
from domain.programme import EvidenceKind
from domain.units import Organisation

HUNDRED = Decimal(100)
LONGEST_REASON = 300


class TargetRefused(ValueError):
    """The target was not stored; the text is Vietnamese and can be shown."""


def keep_pledges(database: Database, organisation: Organisation, now: datetime) -> int:
    """Write down how the live pledges of the whole and of each unit stand now; the worker's job. How many rows changed.

    Stated pledges have their periods and need no days.
    """
    worker, today = Principal.worker(), local_day(now)
    with database.reading() as session:
        questions = EvidenceQuestions(session, worker, organisation, load_working_calendar(), now)
        rules = [rule for rule in pledges_in_force(session, today) if rule.kind is EvidenceKind.LIVE]
        evidence = {rule.code: questions.of(rule) for rule in rules}
    with database.writing() as session:
        return save_pledge_days(session, evidence, today, now)


def decide_target(
    database: Database, principal: Principal, pledge: str, target: str, from_on: date, reason: str, now: datetime
) -> TargetDecision:
    """Set the target of a pledge in percent from a day on, '' for none; what held before stays on record.

    Raises NotAllowed without DECIDE_TARGETS, TargetRefused.
    """
    principal.require(Permission.DECIDE_TARGETS)
    if pledge not in shipped_pledges():
        raise TargetRefused("Không có cam kết này.")
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise TargetRefused(f"Ghi căn cứ của mức mới, nhiều nhất {LONGEST_REASON} chữ.")
    decision = TargetDecision(pledge, _percent(target), from_on, said, principal.name, now)
    with database.writing() as session:
        save_target_decision(session, decision, now)
        detail = {"target": target.strip(), "from": from_on.isoformat()}
        record_audit(session, principal, "pledge_target_decided", pledge, detail, now)
    return decision


def _percent(text: str) -> Decimal | None:
    plain = text.strip().rstrip("%").strip().replace(",", ".")
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise TargetRefused("Mức là số phần trăm, ví dụ 95 hoặc 97,5.") from error
    if not value.is_finite() or not 0 < value <= HUNDRED:
        raise TargetRefused("Mức phải trên 0 và không quá 100%.")
    return value
