"""How many việc are overdue by each statutory clock: one question of the stretches on which clocks run.

What a stretch is: domain/case_clocks.py. The later a step began the later it is due, so one day parts each clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.cases.filtered import within
from data_access.models.cases import CaseClock
from data_access.scope import visible_units
from data_access.working_days import load_working_calendar
from domain.deadlines import Clock, ClockCounts, DeadlineRule, clock_rules, due_in_turn, last_overdue_start
from domain.units import Organisation
from domain.working_days import WorkingCalendar


def overdue_clocks(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    on: date,
    rules: Sequence[DeadlineRule],
    calendar: WorkingCalendar | None = None,
) -> ClockCounts:
    """Việc whose step was due before `on` and not done by then, by clock and unit, under the rules in force on `on`; a
    clock without a rule says how many việc it would concern. Without a `calendar` the agency's counts. Raises
    NotAllowed for a scope that holds no unit."""
    calendar = calendar or load_working_calendar()
    visible = visible_units(principal, organisation, on)
    units = [unit.code for unit in organisation.case_units_on(on) if visible is None or unit.code in visible]
    in_force = {clock: clock_rules(rules, clock, on) for clock in Clock}
    known = {clock: its_rules for clock, its_rules in in_force.items() if its_rules is not None}
    unknown = CaseClock.clock.in_([clock.value for clock in Clock if clock not in known])
    found: dict[Clock, dict[str, int]] = {clock: {} for clock in Clock}
    missed_on: dict[str, date] = {}
    question = select(CaseClock.clock, CaseClock.unit, func.count(), func.min(CaseClock.started_on)).where(
        within(CaseClock.unit, visible), runs_on(on), or_(unknown, due_before(on, known, calendar))
    )
    for name, unit, count, first_on in session.execute(question.group_by(CaseClock.clock, CaseClock.unit)):
        clock = Clock(name)
        found[clock][unit] = count
        if clock in known:
            missed_on[unit] = min(missed_on.get(unit, date.max), due_in_turn(known[clock], first_on, calendar))
    return ClockCounts(
        {clock: dict.fromkeys(units, 0) | found[clock] for clock in known},
        {clock: sum(found[clock].values()) for clock in Clock if clock not in known},
        any(rule.is_sample for its_rules in known.values() for rule in its_rules),
        missed_on,
    )


def runs_on(on: date) -> ColumnElement[bool]:
    """Stretches on which a clock runs on a day."""
    return and_(CaseClock.from_on <= on, or_(CaseClock.to_on.is_(None), CaseClock.to_on > on))


def due_before(
    day: date, rules: Mapping[Clock, Sequence[DeadlineRule]], calendar: WorkingCalendar
) -> ColumnElement[bool]:
    """Stretches of these clocks whose step is due before a day under their rules."""
    cutoffs = {clock: last_overdue_start(its_rules, day, calendar) for clock, its_rules in rules.items()}
    return or_(
        false(),
        *(
            and_(CaseClock.clock == clock.value, CaseClock.started_on <= cutoff)
            for clock, cutoff in cutoffs.items()
            if cutoff is not None
        ),
    )
