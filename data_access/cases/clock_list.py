"""Every statutory clock that runs: grouped by unit and start for counts and calendar, a page of them as rows, and those
of one việc.

What is due before a day is exactly what `overdue_clocks` counts: both ask the stretches of domain/case_clocks.py. The
due day is reckoned once for each start.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, tuple_
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.cases.clocks import runs_on
from data_access.cases.filtered import within
from data_access.models.cases import CaseClock, EnforcementCase
from data_access.scope import visible_units
from data_access.working_days import load_working_calendar
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
# Tens of thousands of rows are read: looked up, an enumeration costs a tenth.
_CLOCKS = {clock.value: clock for clock in Clock}
_COLUMNS: tuple[Any, ...] = (
    CaseClock.clock,
    EnforcementCase.public_id,
    EnforcementCase.number,
    EnforcementCase.decided_on,
    CaseClock.unit,
    CaseClock.officer,
    CaseClock.started_on,
)


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
    grain = (CaseClock.clock, CaseClock.unit, CaseClock.started_on)
    scope = and_(within(CaseClock.unit, visible), _of_officer(officer))
    groups: list[ClockGroup] = []
    without_rule: dict[Clock, int] = {clock: 0 for clock in Clock if clock not in due.rules}
    question = select(*grain, func.count()).where(runs_on(on), scope).group_by(*grain)
    for name, unit, started_on, count in session.execute(question):
        clock = _CLOCKS[name]
        if clock in due.rules:
            groups.append(ClockGroup(clock, unit, started_on, due.day(clock, started_on), count))
        else:
            without_rule[clock] += count
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
    scope = and_(runs_on(days.on), within(CaseClock.unit, visible), _of_officer(wanted.officer))
    if wanted.sort is ClockSort.DUE:
        here, skipped = paged(chosen, first, rows, wanted.descending)
        found = _rows_of(session, here, scope)
        order = {_key(group): place for place, group in enumerate(here)}
        found.sort(
            key=lambda one: (order[(one.clock, one.unit, one.started_on)], len(one.number), one.number, one.case)
        )
        return found[skipped : skipped + rows]
    return _sorted_page(session, chosen, wanted, scope, (first, rows))


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
    scope = and_(runs_on(on), within(CaseClock.unit, visible), CaseClock.case_id == case_id)
    found: list[RunningClock] = []
    for row in session.execute(_with_case(scope)):
        clock = _CLOCKS[row.clock]
        found.append(_row(row, due.day(clock, row.started_on) if clock in due.rules else None))
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


def _rows_of(session: Session, groups: Sequence[ClockGroup], scope: ColumnElement[bool]) -> list[RunningClock]:
    due = {_key(group): group.due_on for group in groups}
    if not due:
        return []
    named = and_(CaseClock.unit.in_({group.unit for group in groups}), _of_clocks({group.clock for group in groups}))
    if len(due) <= NAMED_GROUPS:
        places = [(group.clock.value, group.unit, group.started_on) for group in groups]
        named = and_(named, tuple_(CaseClock.clock, CaseClock.unit, CaseClock.started_on).in_(places))
    rows = session.execute(_with_case(and_(scope, named)))
    told = ((row, due.get((_CLOCKS[row.clock], row.unit, row.started_on))) for row in rows)
    return [_row(row, due_on) for row, due_on in told if due_on is not None]


def _sorted_page(
    session: Session,
    groups: Sequence[ClockGroup],
    wanted: ClockFilter,
    scope: ColumnElement[bool],
    place: tuple[int, int],
) -> list[RunningClock]:
    """Due days rise with starts, so that a window of due days is one stretch of starts of each clock."""
    due = {(group.clock, group.started_on): group.due_on for group in groups}
    if not due:
        return []
    stretches = []
    for clock in sorted({clock for clock, _ in due}):
        days = [started_on for known, started_on in due if known is clock]
        stretches.append(and_(_of_clocks({clock}), CaseClock.started_on.between(min(days), max(days))))
    in_unit = CaseClock.unit == wanted.unit if wanted.unit else true()
    columns = {
        ClockSort.UNIT: (CaseClock.unit,),
        ClockSort.OFFICER: (func.coalesce(CaseClock.officer, ""),),
        ClockSort.NUMBER: (func.length(EnforcementCase.number), EnforcementCase.number),
        ClockSort.CLOCK: (CaseClock.clock,),
        ClockSort.STARTED: (CaseClock.started_on,),
    }[wanted.sort]
    order = [column.desc() if wanted.descending else column.asc() for column in columns]
    # The rest of the order makes it one and the same on every page.
    rest = (CaseClock.started_on, CaseClock.clock, EnforcementCase.public_id)
    question = _with_case(and_(scope, in_unit, or_(*stretches))).order_by(*order, *rest)
    rows = session.execute(question.offset(place[0]).limit(place[1]))
    return [_row(row, due[(_CLOCKS[row.clock], row.started_on)]) for row in rows]


def _key(group: ClockGroup) -> tuple[Clock, str, date]:
    return group.clock, group.unit, group.started_on


def _with_case(condition: ColumnElement[bool]) -> Select[Any]:
    return select(*_COLUMNS).join(EnforcementCase, EnforcementCase.id == CaseClock.case_id).where(condition)


def _row(row: Any, due_on: date | None) -> RunningClock:
    clock = _CLOCKS[row.clock]
    return RunningClock(row.public_id, row.number, row.decided_on, row.unit, row.officer, clock, row.started_on, due_on)


def _of_clocks(clocks: Collection[Clock]) -> ColumnElement[bool]:
    return CaseClock.clock.in_(sorted(clock.value for clock in clocks))


def _of_officer(officer: str) -> ColumnElement[bool]:
    return CaseClock.officer == officer if officer else true()
