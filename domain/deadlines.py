"""Thời hạn luật định: dated rules, the day on which a step is due, and the clocks that the registers we hold can tell.

Terms are reckoned by the Civil Code 2015 Đ147-148 (from memory, not among the sources read): the first day does not
count; a month or year without the same day ends on its last one; a term that ends on a day off ends on the next working
day. Days off are those of the calendar that is passed; without one, Saturdays and Sundays.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.working_days import WorkingCalendar

# No due day is moved further by days off and ends of months, all rules of a clock together.
_MOVED_DAYS = 120


class DeadlineUnit(StrEnum):
    """What a term is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"


class CannotReckon(ValueError):
    """A term in hours, or in working days where no calendar was passed."""


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """Quy định thời hạn: `quantity` of `unit` from the event `counted_from`, in force on both days and between them.

    `status` says whether it was read in a source; `is_sample` that it is sample data and law nowhere.
    """

    code: str
    name: str
    quantity: int
    unit: DeadlineUnit
    note: str
    counted_from: str
    legal_basis: str
    valid_from: date
    valid_to: date | None
    status: str
    is_sample: bool = False

    def is_in_force(self, day: date) -> bool:
        """Whether the rule holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def rule_on(rules: Sequence[DeadlineRule], code: str, day: date) -> DeadlineRule | None:
    """The rule of a code in force on a day, a real one before a sample; None when there is none, which is not "never
    due"."""
    in_force = [rule for rule in rules if rule.code == code and rule.is_in_force(day)]
    return min(in_force, key=lambda rule: (rule.is_sample, -rule.valid_from.toordinal()), default=None)


def due_on(rule: DeadlineRule, started_on: date, calendar: WorkingCalendar | None = None) -> date:
    """The last day on which a step begun on `started_on` is in time; raises CannotReckon."""
    if rule.unit is DeadlineUnit.DAYS:
        ends_on = started_on + timedelta(days=rule.quantity)
    elif rule.unit is DeadlineUnit.MONTHS:
        ends_on = _months_after(started_on, rule.quantity)
    elif rule.unit is DeadlineUnit.YEARS:
        ends_on = _months_after(started_on, 12 * rule.quantity)
    elif rule.unit is DeadlineUnit.WORKING_DAYS and calendar is not None:
        return calendar.working_day_after(started_on, rule.quantity)
    else:
        raise CannotReckon(f"{rule.code} is counted in {rule.unit.value}")
    if calendar is not None:
        return calendar.working_day_from(ends_on)
    return ends_on + timedelta(days=max(0, 7 - ends_on.weekday()) if ends_on.weekday() >= 5 else 0)


def due_in_turn(rules: Sequence[DeadlineRule], started_on: date, calendar: WorkingCalendar | None = None) -> date:
    """The due day of terms that follow one another, and never before the last rule came into force.

    A step that began under an earlier law follows the new one from its first day on (NĐ152/2026 Đ115.1); what was
    completed before keeps its result. Who begins later is never due earlier.
    """
    day = started_on
    for rule in rules:
        day = due_on(rule, day, calendar)
    return max(day, max(rule.valid_from for rule in rules))


def last_overdue_start(rules: Sequence[DeadlineRule], on: date, calendar: WorkingCalendar | None = None) -> date | None:
    """The newest day from which these terms are over on `on`: whatever began then or before is overdue; None when
    nothing can be overdue yet."""
    if any(on <= rule.valid_from for rule in rules):
        return None
    in_time = on.toordinal()
    overdue = max(1, in_time - _MOVED_DAYS - sum(_LONGEST[rule.unit] * rule.quantity for rule in rules))
    while in_time - overdue > 1:
        middle = (in_time + overdue) // 2
        if due_in_turn(rules, date.fromordinal(middle), calendar) < on:
            overdue = middle
        else:
            in_time = middle
    return date.fromordinal(overdue)


class Clock(StrEnum):
    """Đồng hồ luật định: a step somebody owes, as far as the registers of việc, decisions and money can tell."""

    REVERIFICATION = "reverification"
    FIRST_VERIFICATION = "first_verification"
    LONG_NOT_ENFORCEABLE = "long_not_enforceable"
    PAY_OUT = "pay_out"


CLOCK_NAMES = {
    Clock.REVERIFICATION: "xác minh lại",
    Clock.FIRST_VERIFICATION: "xác minh lần đầu",
    Clock.LONG_NOT_ENFORCEABLE: "hai năm chưa có điều kiện",
    Clock.PAY_OUT: "chi trả tiền đã thu",
}
# The codes in data/deadlines.csv whose terms follow one another. Whether a debtor is in prison or without an address
# (D12: a year instead of D11's six months) stands in no register, so D11 is used for all.
CLOCKS: dict[Clock, tuple[str, ...]] = {
    Clock.REVERIFICATION: ("D11",),
    Clock.FIRST_VERIFICATION: ("D09", "D10"),
    Clock.LONG_NOT_ENFORCEABLE: ("D15b",),
    Clock.PAY_OUT: ("D27",),
}


def clock_rules(rules: Sequence[DeadlineRule], clock: Clock, day: date) -> tuple[DeadlineRule, ...] | None:
    """The rules of a clock on a day; None when one of them is missing."""
    found = [rule_on(rules, code, day) for code in CLOCKS[clock]]
    in_force = tuple(rule for rule in found if rule is not None)
    return in_force if len(in_force) == len(found) else None


@dataclass(frozen=True, slots=True)
class ClockCounts:
    """Overdue việc by clock and unit (units with none are there with 0), the clocks without a rule in force with the
    việc each would concern: unknown, never 0; and the earliest day that each unit missed."""

    overdue: Mapping[Clock, Mapping[str, int]] = field(default_factory=dict)
    without_rule: Mapping[Clock, int] = field(default_factory=dict)
    is_sample: bool = False
    missed_on: Mapping[str, date] = field(default_factory=dict)

    def of(self, units: Collection[str] | None) -> ClockCounts:
        """The same of some units only, None for all; what has no rule is not told apart by unit."""
        if units is None:
            return self
        overdue = {clock: {unit: each[unit] for unit in each if unit in units} for clock, each in self.overdue.items()}
        missed_on = {unit: day for unit, day in self.missed_on.items() if unit in units}
        return replace(self, overdue=overdue, missed_on=missed_on)

    @property
    def oldest_due(self) -> date | None:
        """The earliest day missed; None where nothing is overdue."""
        return min(self.missed_on.values(), default=None)

    @property
    def by_unit(self) -> dict[str, int] | None:
        """Overdue clocks by unit; a việc late for two steps counts twice. None when no clock has a rule in force."""
        if not self.overdue:
            return None
        sums: dict[str, int] = {}
        for by_unit in self.overdue.values():
            for unit, count in by_unit.items():
                sums[unit] = sums.get(unit, 0) + count
        return sums

    @property
    def total(self) -> int | None:
        """Overdue clocks of all visible units; None when no clock has a rule in force."""
        by_unit = self.by_unit
        return None if by_unit is None else sum(by_unit.values())

    @property
    def note(self) -> str:
        """What must be said beside the figure: sample terms, and clocks that cannot be counted; empty when neither."""
        parts = ["Thời hạn mẫu"] if self.is_sample else []
        if self.without_rule:
            names = ", ".join(CLOCK_NAMES[clock] for clock in Clock if clock in self.without_rule)
            parts.append(f"Chưa có quy định: {names}")
        return "; ".join(parts)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# No unit of a term lasts longer, in days; working days with Tết among them still come faster than one in two.
_LONGEST = {
    DeadlineUnit.DAYS: 1,
    DeadlineUnit.WORKING_DAYS: 3,
    DeadlineUnit.MONTHS: 31,
    DeadlineUnit.YEARS: 366,
    DeadlineUnit.HOURS: 1,
}
