"""How many việc are overdue by each statutory clock: one question a clock, of class intervals, decisions and money.

A clock stands still while a việc is hoãn or tạm đình chỉ and starts anew with Tiếp tục. Withdrawn facts do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from access.principal import Principal
from data_access.cases.questions import covers
from data_access.models.cases import CaseClassInterval, CaseDecision, EnforcementCase, MoneyTransaction
from data_access.scope import visible_units
from data_access.working_days import load_working_calendar
from domain.cases import CaseClass, DecisionKind, MoneyKind
from domain.deadlines import Clock, ClockCounts, DeadlineRule, clock_rules, last_overdue_start
from domain.units import Organisation
from domain.working_days import WorkingCalendar

Condition = ColumnElement[bool]
# Whom a clock concerns on a day, and who of them has owed the step since a day (None: since any day); the units in
# scope, for what would otherwise be asked of the whole country.
_Asked = Callable[[date, date | None, frozenset[str] | None], Condition]

VERIFYING = (DecisionKind.VERIFIED, DecisionKind.ENFORCEABLE, DecisionKind.NOT_ENFORCEABLE)
DISCHARGING = (MoneyKind.PAID_OUT, MoneyKind.PAID_TO_BUDGET, MoneyKind.DEPOSITED)


def overdue_clocks(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    on: date,
    rules: Sequence[DeadlineRule],
    calendar: WorkingCalendar | None = None,
) -> ClockCounts:
    """Việc whose step was due before `on` and not done by then, by clock and unit, under the rules in force on `on`; a
    clock without a rule says how many việc it would concern. Without a `calendar` the agency's counts."""
    calendar = calendar or load_working_calendar()
    visible = visible_units(principal, organisation, on)
    units = [unit.code for unit in organisation.case_units_on(on) if visible is None or unit.code in visible]
    overdue: dict[Clock, dict[str, int]] = {}
    without_rule: dict[Clock, int] = {}
    is_sample = False
    for clock, asked in _ASKED.items():
        in_force = clock_rules(rules, clock, on)
        if in_force is None:
            without_rule[clock] = sum(_by_unit(session, on, visible, asked(on, None, visible)).values())
            continue
        is_sample = is_sample or any(rule.is_sample for rule in in_force)
        cutoff = last_overdue_start(in_force, on, calendar)
        found = {} if cutoff is None else _by_unit(session, on, visible, asked(on, cutoff, visible))
        overdue[clock] = dict.fromkeys(units, 0) | found
    return ClockCounts(overdue, without_rule, is_sample)


def _by_unit(session: Session, on: date, visible: frozenset[str] | None, condition: Condition) -> dict[str, int]:
    interval = CaseClassInterval
    in_scope = true() if visible is None else interval.unit.in_(visible)
    question = (
        select(interval.unit, func.count())
        .join(EnforcementCase, EnforcementCase.id == interval.case_id)
        .where(covers(on), in_scope, condition)
        .group_by(interval.unit)
    )
    return {row[0]: row[1] for row in session.execute(question)}


def _reverification(on: date, cutoff: date | None, _visible: frozenset[str] | None) -> Condition:
    """Chưa có điều kiện; from the last Xác minh or the decision Chưa có điều kiện, whichever is later."""
    return and_(
        CaseClassInterval.case_class == CaseClass.NOT_ENFORCEABLE.value,
        _docketed_by(cutoff),
        ~_decided((DecisionKind.VERIFIED, DecisionKind.NOT_ENFORCEABLE, DecisionKind.RESUMED), on, cutoff),
    )


def _first_verification(on: date, cutoff: date | None, _visible: frozenset[str] | None) -> Condition:
    """Có điều kiện only because nobody has looked yet; from docketing, for the day of notification is not registered.

    The decisions Có điều kiện and Chưa có điều kiện rest on a verification, so they count as one.
    """
    return and_(
        CaseClassInterval.case_class == CaseClass.ENFORCEABLE.value,
        _docketed_by(cutoff),
        ~_decided(VERIFYING, on, date.min),
        ~_decided((DecisionKind.RESUMED,), on, cutoff),
    )


def _long_not_enforceable(on: date, cutoff: date | None, _visible: frozenset[str] | None) -> Condition:
    """Chưa có điều kiện on every day since; a handover to another unit does not interrupt it, another class does."""
    is_mine = CaseClassInterval.case_class == CaseClass.NOT_ENFORCEABLE.value
    if cutoff is None:
        return is_mine
    other = aliased(CaseClassInterval)
    elsewhere = exists().where(
        other.case_id == CaseClassInterval.case_id,
        other.case_class != CaseClass.NOT_ENFORCEABLE.value,
        other.from_on <= on,
        or_(other.to_on.is_(None), other.to_on > cutoff),
    )
    return and_(is_mine, _docketed_by(cutoff), ~elsewhere)


def _pay_out(on: date, cutoff: date | None, visible: frozenset[str] | None) -> Condition:
    """Money collected by then exceeds all that was paid out, paid to the budget or deposited by `on`: the oldest money
    is taken to be paid first. A negative row takes back from the oldest."""
    money = MoneyTransaction
    is_old = true() if cutoff is None else or_(money.effective_on <= cutoff, money.amount < 0)
    is_collected = and_(money.kind == MoneyKind.COLLECTED.value, is_old)
    collected = func.sum(case((is_collected, money.amount), else_=0))
    discharged = func.sum(case((money.kind.in_([kind.value for kind in DISCHARGING]), money.amount), else_=0))
    owing = (
        select(money.case_id)
        .where(money.withdrawn_at.is_(None), money.effective_on <= on, of_units(money.case_id, visible))
        .group_by(money.case_id)
        .having(collected > 0, collected > discharged)
    )
    return and_(CaseClassInterval.case_class != CaseClass.VANISHED.value, CaseClassInterval.case_id.in_(owing))


def of_units(case_id: Any, visible: frozenset[str] | None) -> Condition:
    """Cases that these units handle or handled: more than are asked about, and far fewer than all."""
    if visible is None:
        return true()
    own = aliased(CaseClassInterval)
    return case_id.in_(select(own.case_id).where(own.unit.in_(sorted(visible))))  # type: ignore[no-any-return]


def _docketed_by(cutoff: date | None) -> Condition:
    return true() if cutoff is None else EnforcementCase.docketed_on <= cutoff


def _decided(kinds: Sequence[DecisionKind], on: date, after: date | None) -> Condition:
    """Whether a decision of these kinds was made after a day and by `on`; never when the day is None."""
    if after is None:
        return false()
    decision = CaseDecision
    return exists().where(
        decision.case_id == CaseClassInterval.case_id,
        decision.kind.in_([kind.value for kind in kinds]),
        decision.withdrawn_at.is_(None),
        decision.effective_on > after,
        decision.effective_on <= on,
    )


_ASKED: dict[Clock, _Asked] = {
    Clock.REVERIFICATION: _reverification,
    Clock.FIRST_VERIFICATION: _first_verification,
    Clock.LONG_NOT_ENFORCEABLE: _long_not_enforceable,
    Clock.PAY_OUT: _pay_out,
}
