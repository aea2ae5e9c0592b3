"""An administrator enters a dated term where the shipped rules know no successor; checked, appended, audited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from access.principal import Principal
from actions.typed_rules import AHEAD, typed_day, typed_line, typed_reason, typed_whole
from data_access.audit import record_audit
from data_access.deadlines import SAMPLE_STATUS, load_deadline_rules, save_deadline
from data_access.session import Database
from domain.alarms import RuleRefused
from domain.deadlines import CLOCKS, DeadlineRule, DeadlineUnit
from domain.local_time import local_day
from domain.permissions import Permission

LONGEST_BASIS = 160
MOST = 3_650
STATUSES = ("Đã đối chiếu văn bản", "Cơ quan xác nhận", SAMPLE_STATUS)
# A clock on the wall is reckoned backwards from today, which needs a calendar of working days it does not have yet.
RECKONED = frozenset({DeadlineUnit.DAYS, DeadlineUnit.WORKING_DAYS, DeadlineUnit.MONTHS, DeadlineUnit.YEARS})


@dataclass(frozen=True, slots=True)
class WantedDeadline:
    """What somebody typed about a term."""

    code: str
    quantity: str
    unit: str
    valid_from: str
    legal_basis: str
    status: str
    reason: str


def enter_deadline(database: Database, principal: Principal, wanted: WantedDeadline, now: datetime) -> DeadlineRule:
    """Store a term; steps completed before its first day keep their rule. Raises NotAllowed and RuleRefused."""
    principal.require(Permission.EDIT_ALARM_RULES)
    reason = typed_reason(wanted.reason)
    shipped = [rule for rule in load_deadline_rules(is_sample=False) if rule.code == wanted.code]
    if not shipped:
        raise RuleRefused("Chọn một thời hạn.")
    basis = typed_line(wanted.legal_basis, LONGEST_BASIS, "Căn cứ")
    if not basis:
        raise RuleRefused("Ghi căn cứ pháp lý.")
    if wanted.status not in STATUSES:
        raise RuleRefused("Chọn tình trạng.")
    rule = replace(
        shipped[-1],
        quantity=typed_whole(wanted.quantity, "Thời hạn", MOST),
        unit=_unit(wanted),
        legal_basis=basis,
        valid_from=_first_day(wanted, shipped, local_day(now)),
        valid_to=None,
        status=wanted.status,
        is_sample=wanted.status == SAMPLE_STATUS,
    )
    with database.writing() as session:
        save_deadline(session, principal, rule, reason, now)
        told = {"valid_from": rule.valid_from.isoformat(), "to": f"{rule.quantity} {rule.unit.value}"}
        words = {"status": wanted.status, "reason": reason}
        record_audit(session, principal, "deadline_entered", wanted.code, {**told, **words}, now)
    return rule


def _first_day(wanted: WantedDeadline, shipped: Sequence[DeadlineRule], today: date) -> date:
    """A new law may have begun already; it never reaches back into the time of the rule before it."""
    day = typed_day(wanted.valid_from)
    before = max(rule.valid_to or rule.valid_from for rule in shipped)
    if day <= before:
        raise RuleRefused(f"Ngày hiệu lực phải sau {before:%d/%m/%Y}: việc đã xong trước đó giữ quy định cũ.")
    if day > today + AHEAD:
        raise RuleRefused(f"Ngày hiệu lực trong vòng {AHEAD.days} ngày tới.")
    return day


def _unit(wanted: WantedDeadline) -> DeadlineUnit:
    if wanted.unit not in set(DeadlineUnit):
        raise RuleRefused("Chọn đơn vị tính.")
    unit = DeadlineUnit(wanted.unit)
    if unit not in RECKONED and any(wanted.code in codes for codes in CLOCKS.values()):
        raise RuleRefused("Đồng hồ này tính theo ngày, ngày làm việc, tháng hoặc năm; không tính theo giờ.")
    return unit
