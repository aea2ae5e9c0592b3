"""Every statutory clock that runs: grouped by unit and start for counts and calendar, a page of them as rows, and those
of one việc.

A question by clock finds since when each việc owes the step; the due day is reckoned once for each start. What is due
before a day is exactly what `overdue_clocks` counts. Withdrawn facts do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, true, tuple_, union_all
from sqlalchemy.orm import Session, aliased

from access.principal import Principal
from data_access.cases.clocks import DISCHARGING, VERIFYING, of_units
from data_access.cases.questions import covers
from data_access.models.cases import CaseClassInterval, CaseDecision, EnforcementCase, MoneyTransaction
from data_access.scope import visible_units
from data_access.working_days import load_working_calendar
from domain.cases import CaseClass, DecisionKind, MoneyKind
from domain.deadline_radar import (
    PAGE_ROWS,
    ClockFilter,
    ClockGroup,
    ClockSort,
    RadarDays,
    RunningClock,
    RunningClocks,
    clock_units,
    paged,
)
from domain.deadlines import Clock, DeadlineRule, clock_rules, due_in_turn
from domain.units import Organisation
from domain.working_days import WorkingCalendar

# Beyond so many starts it is cheaper, and no longer than a statement may be, to ask for all and leave some out.
NAMED_GROUPS = 400
# Without a filter: the question a clock asks of every việc that owes its step on a day.
_Starts = Select[Any]


def running_clocks(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    on: date,
    rules: Sequence[DeadlineRule],
    officer: str = "",
    calendar: WorkingCalendar | None = None,
) -> RunningClocks:
    """All running clocks of the visible units on a day under the rules in force, of one officer where one is named.
    Without a `calendar` the agency's counts. Raises NotAllowed for a scope that holds no unit."""
    visible = visible_units(principal, organisation, on)
    due = _DueDays(rules, on, calendar or load_working_calendar())
    groups: list[ClockGroup] = []
    without_rule: dict[Clock, int] = {}
    for clock in Clock:
        starts = _starts(clock, on, _within(visible), _of_officer(officer), visible=visible).subquery()
        question = select(starts.c.unit, starts.c.started_on, func.count()).group_by(starts.c.unit, starts.c.started_on)
        rows = session.execute(question).all()
        if clock in due.rules:
            groups += [ClockGroup(clock, row[0], row[1], due.day(clock, row[1]), row[2]) for row in rows]
        else:
            without_rule[clock] = sum(row[2] for row in rows)
    return RunningClocks(clock_units(organisation, on, visible), tuple(groups), due.rules, without_rule)


def clocks_listed(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    clocks: RunningClocks,
    wanted: ClockFilter,
    days: RadarDays,
    rows: int = PAGE_ROWS,
) -> list[RunningClock]:
    """One page of the filter, out of `clocks` as `running_clocks` just told them in the same transaction."""
    visible = visible_units(principal, organisation, days.on)
    chosen = clocks.chosen(wanted, days)
    first = (wanted.page - 1) * rows
    scope = and_(_within(visible), _of_officer(wanted.officer))
    if wanted.sort is ClockSort.DUE:
        here, skipped = paged(chosen, first, rows, wanted.descending)
        found = _rows_of(session, here, days.on, scope)
        order = {_key(group): place for place, group in enumerate(here)}
        found.sort(
            key=lambda one: (order[(one.clock, one.unit, one.started_on)], len(one.number), one.number, one.case)
        )
        return found[skipped : skipped + rows]
    return _sorted_page(session, chosen, wanted, days.on, scope, (first, rows))


def clocks_of_case(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    case_id: int,
    on: date,
    rules: Sequence[DeadlineRule],
    calendar: WorkingCalendar | None = None,
) -> list[RunningClock]:
    """The clocks that run for one việc (`case_id` is EnforcementCase.id) on a day, the first due first.

    `due_on` is None where no rule is in force on that day: the step is owed, its last day is unknown; these come last.
    Overdue is `due_on < on`. Empty when nothing is owed, and for a việc that a unit outside of the principal's scope
    handles on that day. Without a `calendar` the agency's counts. Raises NotAllowed for a scope that holds no unit.
    """
    visible = visible_units(principal, organisation, on)
    due = _DueDays(rules, on, calendar or load_working_calendar())
    scope = and_(_within(visible), CaseClassInterval.case_id == case_id)
    found: list[RunningClock] = []
    for clock in Clock:
        starts = _starts(clock, on, scope, case_id=case_id).subquery()
        found += [
            _row(clock, row, due.day(clock, row.started_on) if clock in due.rules else None)
            for row in session.execute(_with_case(starts))
        ]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or on, one.clock))


@dataclass(frozen=True)
class _DueDays:
    """The due day of each clock by its start, reckoned once."""

    known: Sequence[DeadlineRule]
    on: date
    calendar: WorkingCalendar

    @cached_property
    def rules(self) -> dict[Clock, tuple[DeadlineRule, ...]]:
        found = {clock: clock_rules(self.known, clock, self.on) for clock in Clock}
        return {clock: rules for clock, rules in found.items() if rules is not None}

    @cached_property
    def _reckoned(self) -> dict[tuple[Clock, date], date]:
        return {}

    def day(self, clock: Clock, started_on: date) -> date:
        known = self._reckoned.get((clock, started_on))
        if known is None:
            known = due_in_turn(self.rules[clock], started_on, self.calendar)
            self._reckoned[(clock, started_on)] = known
        return known


def _rows_of(
    session: Session, groups: Sequence[ClockGroup], on: date, scope: ColumnElement[bool]
) -> list[RunningClock]:
    found: list[RunningClock] = []
    for clock in Clock:
        due = {(group.unit, group.started_on): group.due_on for group in groups if group.clock is clock}
        if not due:
            continue
        starts = _starts(clock, on, scope, CaseClassInterval.unit.in_({unit for unit, _ in due})).subquery()
        question = _with_case(starts)
        if len(due) <= NAMED_GROUPS:
            question = question.where(tuple_(starts.c.unit, starts.c.started_on).in_(list(due)))
        rows = ((row, due.get((row.unit, row.started_on))) for row in session.execute(question))
        found += [_row(clock, row, due_on) for row, due_on in rows if due_on is not None]
    return found


def _sorted_page(
    session: Session,
    groups: Sequence[ClockGroup],
    wanted: ClockFilter,
    on: date,
    scope: ColumnElement[bool],
    place: tuple[int, int],
) -> list[RunningClock]:
    """Due days rise with starts, so that a window of due days is one stretch of starts of each clock."""
    due = {(group.clock, group.started_on): group.due_on for group in groups}
    if not due:
        return []
    parts = []
    for clock in sorted({clock for clock, _ in due}):
        days = [started_on for known, started_on in due if known is clock]
        in_unit = CaseClassInterval.unit == wanted.unit if wanted.unit else true()
        starts = _starts(clock, on, scope, in_unit).subquery()
        parts.append(_with_case(starts, clock).where(starts.c.started_on.between(min(days), max(days))))
    together = union_all(*parts).subquery()
    columns = {
        ClockSort.UNIT: (together.c.unit,),
        ClockSort.OFFICER: (func.coalesce(together.c.officer, ""),),
        ClockSort.NUMBER: (func.length(together.c.number), together.c.number),
        ClockSort.CLOCK: (together.c.clock,),
        ClockSort.STARTED: (together.c.started_on,),
    }[wanted.sort]
    order = [column.desc() if wanted.descending else column.asc() for column in columns]
    # The rest of the order makes it one and the same on every page.
    rest = (together.c.started_on, together.c.clock, together.c.public_id)
    question = select(together).order_by(*order, *rest).offset(place[0]).limit(place[1])
    rows = session.execute(question)
    return [_row(Clock(row.clock), row, due[(Clock(row.clock), row.started_on)]) for row in rows]


def _key(group: ClockGroup) -> tuple[Clock, str, date]:
    return group.clock, group.unit, group.started_on


def _with_case(starts: Any, clock: Clock | None = None) -> Select[Any]:
    columns = [literal(clock.value).label("clock")] if clock is not None else []
    return select(
        EnforcementCase.public_id,
        EnforcementCase.number,
        EnforcementCase.decided_on,
        starts.c.unit,
        starts.c.officer,
        starts.c.started_on,
        *columns,
    ).join(starts, starts.c.case_id == EnforcementCase.id)


def _row(clock: Clock, row: Any, due_on: date | None) -> RunningClock:
    return RunningClock(row.public_id, row.number, row.decided_on, row.unit, row.officer, clock, row.started_on, due_on)


def _within(visible: frozenset[str] | None) -> ColumnElement[bool]:
    return true() if visible is None else CaseClassInterval.unit.in_(visible)


def _of_officer(officer: str) -> ColumnElement[bool]:
    return CaseClassInterval.officer == officer if officer else true()


def _starts(
    clock: Clock,
    on: date,
    *conditions: ColumnElement[bool],
    case_id: int | None = None,
    visible: frozenset[str] | None = None,
) -> _Starts:
    """case_id, unit, officer and started_on of every việc that owes the step of a clock on a day. `visible` spares the
    money of units that the conditions leave out anyway."""
    if clock is Clock.PAY_OUT:
        return _pay_out(on, case_id, visible).where(covers(on), *conditions)
    return _STARTS[clock](on).where(covers(on), *conditions)


def _owing(started_on: Any, *conditions: ColumnElement[bool]) -> _Starts:
    interval = CaseClassInterval
    return (
        select(interval.case_id, interval.unit, interval.officer, started_on.label("started_on"))
        .join(EnforcementCase, EnforcementCase.id == interval.case_id)
        .where(*conditions)
    )


def _reverification(on: date) -> _Starts:
    kinds = (DecisionKind.VERIFIED, DecisionKind.NOT_ENFORCEABLE, DecisionKind.RESUMED)
    is_mine = CaseClassInterval.case_class == CaseClass.NOT_ENFORCEABLE.value
    return _owing(_last_decided(kinds, on), is_mine)


def _first_verification(on: date) -> _Starts:
    is_mine = CaseClassInterval.case_class == CaseClass.ENFORCEABLE.value
    return _owing(_last_decided((DecisionKind.RESUMED,), on), is_mine, ~_decisions(VERIFYING, on).exists())


def _long_not_enforceable(on: date) -> _Starts:
    """From the day on which the last other class ended; a handover to another unit does not interrupt it."""
    other = aliased(CaseClassInterval)
    docketed_on = EnforcementCase.docketed_on
    ended = (
        select(func.coalesce(func.max(other.to_on), docketed_on))
        .where(
            other.case_id == CaseClassInterval.case_id,
            other.case_class != CaseClass.NOT_ENFORCEABLE.value,
            other.from_on <= on,
            other.to_on > docketed_on,
        )
        .correlate(CaseClassInterval, EnforcementCase)
        .scalar_subquery()
    )
    return _owing(ended, CaseClassInterval.case_class == CaseClass.NOT_ENFORCEABLE.value)


def _pay_out(on: date, case_id: int | None, visible: frozenset[str] | None) -> _Starts:
    """From the day of the oldest money collected that is not yet paid out, the oldest being paid first."""
    money = MoneyTransaction
    known = and_(money.withdrawn_at.is_(None), money.effective_on <= on)
    if case_id is not None:
        known = and_(known, money.case_id == case_id)
    is_collected = money.kind == MoneyKind.COLLECTED.value
    discharging = money.kind.in_([kind.value for kind in DISCHARGING])
    sums = (
        select(
            money.case_id,
            func.sum(case((is_collected, money.amount), else_=0)).label("kept"),
            func.sum(case((and_(is_collected, money.amount < 0), -money.amount), else_=0)).label("taken_back"),
            func.sum(case((discharging, money.amount), else_=0)).label("paid"),
        )
        .where(known, of_units(money.case_id, visible))
        .group_by(money.case_id)
        .subquery()
    )
    gone = sums.c.taken_back + case((sums.c.paid > 0, sums.c.paid), else_=0)
    # Made once: what is owed is little beside the money of all years.
    owed = (
        select(sums.c.case_id, gone.label("gone"))
        .where(sums.c.kept > 0, sums.c.kept > sums.c.paid)
        .cte("owed")
        .prefix_with("MATERIALIZED")
    )
    so_far = func.sum(money.amount).over(partition_by=money.case_id, order_by=money.effective_on)
    came = (
        select(money.case_id, money.effective_on, owed.c.gone, so_far.label("so_far"))
        .join(owed, owed.c.case_id == money.case_id)
        .where(known, is_collected, money.amount > 0)
        .subquery()
    )
    oldest = (
        select(came.c.case_id, func.min(came.c.effective_on).label("started_on"))
        .where(came.c.so_far > came.c.gone)
        .group_by(came.c.case_id)
        .subquery()
    )
    is_there = CaseClassInterval.case_class != CaseClass.VANISHED.value
    return _owing(oldest.c.started_on, is_there).join(oldest, oldest.c.case_id == CaseClassInterval.case_id)


def _decisions(kinds: Sequence[DecisionKind], on: date) -> Select[Any]:
    decision = CaseDecision
    return (
        select(decision.effective_on)
        .where(
            decision.case_id == CaseClassInterval.case_id,
            decision.kind.in_([kind.value for kind in kinds]),
            decision.withdrawn_at.is_(None),
            decision.effective_on <= on,
        )
        .correlate(CaseClassInterval, EnforcementCase)
    )


def _last_decided(kinds: Sequence[DecisionKind], on: date) -> Any:
    """The day of the last of these decisions, the day of docketing where none came after it."""
    docketed_on = EnforcementCase.docketed_on
    last = func.coalesce(func.max(CaseDecision.effective_on), docketed_on)
    return (
        _decisions(kinds, on).with_only_columns(last).where(CaseDecision.effective_on > docketed_on).scalar_subquery()
    )


_STARTS: dict[Clock, Callable[[date], _Starts]] = {
    Clock.REVERIFICATION: _reverification,
    Clock.FIRST_VERIFICATION: _first_verification,
    Clock.LONG_NOT_ENFORCEABLE: _long_not_enforceable,
}
