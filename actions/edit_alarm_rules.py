"""An administrator changes a rule or a limit of alarms from a day on; checked, appended, audited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from access.principal import Principal
from actions.typed_rules import typed_day_to_come, typed_line, typed_number, typed_reason, typed_whole
from data_access.alarm_rules import (
    all_limits,
    load_alarm_rules,
    rule_changes,
    rules_in_force,
    save_rule_change,
)
from data_access.audit import record_audit
from data_access.limits import DECIDED, TOPIC, limit_changes, save_limit_change
from data_access.session import Database
from data_access.versions import lock_writers
from domain.alarms import HYSTERESIS_LIMITS, AlarmRule, LimitChange, Priority, RuleChange, RuleRefused
from domain.limits import Limit
from domain.local_time import local_day, moment_words
from domain.permissions import PEOPLE, Permission, Role

LONGEST_TASK, MOST_TASKS = 160, 10
LONGEST_CODE, LONGEST_BASIS = 40, 160
MOST_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class WantedRule:
    """What somebody typed about a rule; `priority` '0' leaves that of the condition. `seen` is how many changes of it
    the form was made from."""

    code: str
    valid_from: str
    on_delay: str
    off_delay: str
    latches: bool
    priority: str
    hysteresis: str
    is_on: bool
    tasks: str
    procedure: str
    owner: str
    legal_basis: str
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class WantedLimit:
    """What somebody typed about a limit. `seen` is how many changes of it the form was made from."""

    code: str
    valid_from: str
    value: str
    reason: str
    seen: int


def change_rule(database: Database, principal: Principal, wanted: WantedRule, now: datetime) -> RuleChange:
    """Store a rule as it is from a day on; raises NotAllowed and RuleRefused."""
    principal.require(Permission.EDIT_ALARM_RULES)
    reason = typed_reason(wanted.reason)
    with database.writing() as session:
        lock_writers(session, TOPIC)
        _refuse_when_faster([one for one in rule_changes(session) if one.code == wanted.code], wanted.seen)
        change = prepared_rule(session, principal, wanted, now)
        before = rules_in_force(session, change.valid_from)[wanted.code]
        if _differences(before, change.rule) == "":
            raise RuleRefused("Chưa thay đổi gì so với quy tắc có hiệu lực ngày đó.")
        change = replace(change, rule=replace(change.rule, reason=reason))
        save_rule_change(session, principal, change, now)
        told = {"valid_from": change.valid_from.isoformat(), "changed": _differences(before, change.rule)}
        record_audit(session, principal, "alarm_rule_changed", wanted.code, {**told, "reason": reason}, now)
    return change


def prepared_rule(session: Session, principal: Principal, wanted: WantedRule, now: datetime) -> RuleChange:
    """What was typed as a rule, without its reason: for the preview and for storing; raises RuleRefused."""
    shipped = load_alarm_rules().get(wanted.code)
    if shipped is None:
        raise RuleRefused("Chọn một quy tắc.")
    valid_from = typed_day_to_come(wanted.valid_from, local_day(now))
    if wanted.owner not in {role.value for role in PEOPLE}:
        raise RuleRefused("Chọn người chịu trách nhiệm.")
    if wanted.priority not in {"0", *(str(int(priority)) for priority in Priority)}:
        raise RuleRefused("Chọn mức độ.")
    rule = replace(
        shipped,
        on_delay=timedelta(seconds=typed_whole(wanted.on_delay, "Chờ trước khi báo (giây)", MOST_SECONDS)),
        off_delay=timedelta(seconds=typed_whole(wanted.off_delay, "Chờ trước khi hết (giây)", MOST_SECONDS)),
        latches=wanted.latches,
        priority=Priority(int(wanted.priority)) if wanted.priority != "0" else None,
        hysteresis=_hysteresis(session, wanted, valid_from),
        is_on=wanted.is_on,
        tasks=_tasks(wanted.tasks),
        procedure=typed_line(wanted.procedure, LONGEST_CODE, "Quy trình"),
        owner=Role(wanted.owner),
        legal_basis=typed_line(wanted.legal_basis, LONGEST_BASIS, "Căn cứ"),
        status=DECIDED,
    )
    return RuleChange(rule, valid_from, principal.name, now)


def change_limit(database: Database, principal: Principal, wanted: WantedLimit, now: datetime) -> LimitChange:
    """Store the value of a limit from a day on; raises NotAllowed and RuleRefused."""
    principal.require(Permission.EDIT_ALARM_RULES)
    reason = typed_reason(wanted.reason)
    with database.writing() as session:
        lock_writers(session, TOPIC)
        _refuse_when_faster([one for one in limit_changes(session) if one.code == wanted.code], wanted.seen)
        change, before = prepared_limit(session, principal, wanted, now)
        if before.value == change.value:
            raise RuleRefused("Chưa thay đổi gì so với ngưỡng có hiệu lực ngày đó.")
        save_limit_change(session, principal, replace(change, reason=reason), now)
        told = {"valid_from": change.valid_from.isoformat(), "from": str(before.value), "to": str(change.value)}
        record_audit(session, principal, "alarm_limit_changed", wanted.code, {**told, "reason": reason}, now)
    return replace(change, reason=reason)


def prepared_limit(
    session: Session, principal: Principal, wanted: WantedLimit, now: datetime
) -> tuple[LimitChange, Limit]:
    """What was typed as a limit, without its reason, and the one it replaces; raises RuleRefused."""
    valid_from = typed_day_to_come(wanted.valid_from, local_day(now))
    limit = all_limits(session, valid_from).get(wanted.code)
    if limit is None:
        raise RuleRefused("Chọn một ngưỡng.")
    value = typed_number(wanted.value, "Giá trị")
    if not limit.admits(value):
        kind = "số nguyên" if limit.is_whole else "số"
        raise RuleRefused(f"Giá trị là {kind} lớn hơn 0, nhiều nhất {limit.most} {limit.unit}.")
    return LimitChange(wanted.code, value, valid_from, "", principal.name, now), limit


def _tasks(typed: str) -> tuple[str, ...]:
    lines = typed.replace("\n", ";").split(";")
    tasks = tuple(task for line in lines if (task := typed_line(line, LONGEST_TASK, "Việc cần làm")))
    if not tasks:
        raise RuleRefused("Ghi ít nhất một việc cần làm: không cần ai làm gì thì không phải cảnh báo.")
    if len(tasks) > MOST_TASKS:
        raise RuleRefused(f"Nhiều nhất {MOST_TASKS} việc cần làm.")
    return tasks


def _hysteresis(session: Session, wanted: WantedRule, on: date) -> Decimal:
    """How far under its limit; less than the limit itself, for an alarm has to be able to end."""
    value = typed_number(wanted.hysteresis or "0", "Khoảng trễ")
    if not value:
        return Decimal(0)
    code = HYSTERESIS_LIMITS.get(wanted.code)
    if code is None:
        raise RuleRefused("Quy tắc này không có ngưỡng đếm được nên không có khoảng trễ.")
    limit = all_limits(session, on)[code]
    if not 0 < value < limit.value or (limit.is_whole and value != value.to_integral_value()):
        raise RuleRefused(f"Khoảng trễ phải nhỏ hơn ngưỡng {limit.value} {limit.unit}.")
    return value


def _differences(before: AlarmRule, after: AlarmRule) -> str:
    """Which fields are another, as words of the audit; '' for none."""
    told = {
        "chờ báo": (before.on_delay, after.on_delay),
        "chờ hết": (before.off_delay, after.off_delay),
        "phải xác nhận": (before.latches, after.latches),
        "mức độ": (before.priority, after.priority),
        "khoảng trễ": (before.hysteresis, after.hysteresis),
        "tắt" if before.is_on else "bật": (before.is_on, after.is_on),
        "việc cần làm": (before.tasks, after.tasks),
        "quy trình": (before.procedure, after.procedure),
        "chịu trách nhiệm": (before.owner, after.owner),
        "căn cứ": (before.legal_basis, after.legal_basis),
    }
    return ", ".join(name for name, (old, new) in told.items() if old != new)


def _refuse_when_faster(written: Sequence[RuleChange] | Sequence[LimitChange], seen: int) -> None:
    if written and len(written) != seen:
        last = written[-1]
        raise RuleRefused(f"{last.by} vừa thay đổi lúc {moment_words(last.at)}. Chưa ghi gì; xem lại rồi thử lại.")
