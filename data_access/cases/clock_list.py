"""Every statutory clock that runs: by start for list and calendar, by unit as times, a page of them as rows, and
those of one việc.

What is due before a day is exactly what `overdue_clocks` counts: both ask the stretches of domain/case_clocks.py. The
due day is reckoned once for each start.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true, tuple_
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.cases.clocks import due_before, runs_on
from data_access.cases.filtered import within
from data_access.models.cases import CaseClock, EnforcementCase
from data_access.scope import visible_units
from data_access.working_days import load_working_calendar
from domain.deadline_radar import (
    PAGE_ROWS,
    ClockFilter,
    ClockGroup,
    ClockSort,
    ClockTimes,
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
DAY = timedelta(days=1)
# Thousands of rows are read: looked up, an enumeration costs a tenth.
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
    rules: Sequence[DeadlineRule],
    wanted: ClockFilter,
    days: RadarDays,
    calendar: WorkingCalendar | None = None,
) -> RunningClocks:
    """The clocks that run on `days.on` under the rules in force, of the filter's unit and officer by start, and how
    those of the officer stand in every visible unit; the rest of the filter chooses among them. Without a `calendar`
    the agency's counts. Raises NotAllowed for a scope that holds no unit."""
    visible = visible_units(principal, organisation, days.on)
    due = _DueDays(rules, days.on, calendar or load_working_calendar())
    scope = and_(runs_on(days.on), within(CaseClock.unit, visible), _of_officer(wanted.officer))
    grain = (CaseClock.clock, CaseClock.started_on)
    question = select(*grain, func.count()).where(scope, _of_unit(wanted.unit)).group_by(*grain)
    started = ((_CLOCKS[name], started_on, count) for name, started_on, count in session.execute(question))
    groups = [
        ClockGroup(clock, started_on, due.day(clock, started_on), count)
        for clock, started_on, count in started
        if clock in due.rules
    ]
    by_unit, without_rule = _times(session, scope, due, days)
    return RunningClocks(clock_units(organisation, days.on, visible), tuple(groups), by_unit, due.rules, without_rule)


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
    in_scope = (within(CaseClock.unit, visible), _of_unit(wanted.unit), _of_officer(wanted.officer))
    scope = and_(runs_on(days.on), *in_scope)
    if wanted.sort is ClockSort.DUE:
        here, skipped = paged(chosen, first, rows, wanted.descending)
        found = _rows_of(session, here, scope)
        order = {_key(group): place for place, group in enumerate(here)}
        found.sort(
            key=lambda one: (order[(one.clock, one.started_on)], one.unit, len(one.number), one.number, one.case)
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
    named = _of_clocks({group.clock for group in groups})
    if len(due) <= NAMED_GROUPS:
        places = [(group.clock.value, group.started_on) for group in groups]
        named = tuple_(CaseClock.clock, CaseClock.started_on).in_(places)
    rows = session.execute(_with_case(and_(scope, named)))
    told = ((row, due.get((_CLOCKS[row.clock], row.started_on))) for row in rows)
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
    question = _with_case(and_(scope, or_(*stretches))).order_by(*order, *rest)
    rows = session.execute(question.offset(place[0]).limit(place[1]))
    return [_row(row, due[(_CLOCKS[row.clock], row.started_on)]) for row in rows]


def _times(
    session: Session, scope: ColumnElement[bool], due: _DueDays, days: RadarDays
) -> tuple[dict[tuple[Clock, str], ClockTimes], dict[Clock, int]]:
    """How the clocks of every unit stand, and how many there are of each without a rule."""
    ends = (days.on, days.soon_until + DAY, days.week_ends_on + DAY)
    before = [func.sum(case((due_before(day, due.rules, due.calendar), 1), else_=0)) for day in ends]
    question = select(CaseClock.clock, CaseClock.unit, func.count(), *before).where(scope)
    found: dict[tuple[Clock, str], ClockTimes] = {}
    without_rule = {clock: 0 for clock in Clock if clock not in due.rules}
    for name, unit, count, *sums in session.execute(question.group_by(CaseClock.clock, CaseClock.unit)):
        clock, (overdue, soon, week) = _CLOCKS[name], (int(each) for each in sums)
        if clock in due.rules:
            found[clock, unit] = ClockTimes(overdue, soon - overdue, week - overdue, count - week)
        else:
            without_rule[clock] += count
    return found, without_rule


def _key(group: ClockGroup) -> tuple[Clock, date]:
    return group.clock, group.started_on


def _with_case(condition: ColumnElement[bool]) -> Select[Any]:
    return select(*_COLUMNS).join(EnforcementCase, EnforcementCase.id == CaseClock.case_id).where(condition)


def _row(row: Any, due_on: date | None) -> RunningClock:
    clock = _CLOCKS[row.clock]
    return RunningClock(row.public_id, row.number, row.decided_on, row.unit, row.officer, clock, row.started_on, due_on)


def _of_clocks(clocks: Collection[Clock]) -> ColumnElement[bool]:
    return CaseClock.clock.in_(sorted(clock.value for clock in clocks))


def _of_unit(unit: str) -> ColumnElement[bool]:
    return CaseClock.unit == unit if unit else true()


def _of_officer(officer: str) -> ColumnElement[bool]:
    return CaseClock.officer == officer if officer else true()
