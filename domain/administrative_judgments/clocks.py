"""Đồng hồ thi hành án hành chính: which dated term runs on a judgment, when it ends, whose step it is.

Terms are the dated rules of data/deadlines.csv, which the agency may replace; none is a constant here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.administrative_judgments.records import (
    AdministrativeJudgment,
    JudgmentEvent,
    JudgmentState,
    state_on,
)
from domain.deadlines import CannotReckon, DeadlineRule, due_in_turn, rule_on
from domain.working_days import WorkingCalendar


class JudgmentClock(StrEnum):
    """Thời hạn: the notice the unit owes, and the time in which the body has to comply by itself."""

    NOTICE = "notice"
    VOLUNTARY = "voluntary"


JUDGMENT_CLOCK_NAMES = {
    JudgmentClock.NOTICE: "thông báo tự nguyện thi hành",
    JudgmentClock.VOLUNTARY: "tự nguyện thi hành",
}
# The codes in data/deadlines.csv.
CLOCK_RULES = {JudgmentClock.NOTICE: "D52", JudgmentClock.VOLUNTARY: "D52b"}
# What stops a clock before the judgment ends.
_STOPPED_BY = {JudgmentClock.NOTICE: JudgmentEvent.NOTICED}


@dataclass(frozen=True, slots=True)
class JudgmentDue:
    """Thời hạn đang chạy: since when and its last day in time. Neither is known where the register does not say when
    the body received the judgment; no last day where no rule is in force. Unknown is not "never"."""

    clock: JudgmentClock
    started_on: date | None
    due_on: date | None
    is_sample: bool = False

    def is_overdue(self, day: date) -> bool:
        """Whether its last day has passed."""
        return self.due_on is not None and self.due_on < day


@dataclass(frozen=True, slots=True)
class JudgmentStanding:
    """Tình trạng một bản án on a day: its state, and the clocks that run, the one due first before the others."""

    judgment: AdministrativeJudgment
    state: JudgmentState
    clocks: tuple[JudgmentDue, ...]

    @property
    def first(self) -> JudgmentDue | None:
        """The clock that is due first; None when none runs."""
        return self.clocks[0] if self.clocks else None

    def is_overdue(self, day: date) -> bool:
        """Whether any term of it is over."""
        return any(clock.is_overdue(day) for clock in self.clocks)


@dataclass(frozen=True, slots=True)
class RegisterOverdue:
    """Bản án quá hạn by unit; those of `unknown_by_unit` have a term that nobody can reckon (no rule in force, no day
    it runs from): they are neither overdue nor in time. `is_sample`: judged by a sample term."""

    by_unit: dict[str, int]
    unknown_by_unit: dict[str, int]
    is_sample: bool

    @property
    def unknown(self) -> int:
        """Of all units."""
        return sum(self.unknown_by_unit.values())

    @property
    def total(self) -> int:
        """Of all units."""
        return sum(self.by_unit.values())


def running_clocks(
    judgment: AdministrativeJudgment, rules: Sequence[DeadlineRule], calendar: WorkingCalendar, day: date
) -> tuple[JudgmentDue, ...]:
    """The terms that run on a day, the one due first before the others; none on what has ended or is paused."""
    if state_on(judgment, day) is not JudgmentState.ENFORCING:
        return ()
    found = []
    for clock in JudgmentClock:
        stopped_by = _STOPPED_BY.get(clock)
        if stopped_by is not None and judgment.first_on(stopped_by, day) is not None:
            continue
        rule, started_on = rule_on(rules, CLOCK_RULES[clock], day), _started_on(judgment, clock, day)
        due_on = None if rule is None or started_on is None else _due_on(rule, started_on, calendar)
        found.append(JudgmentDue(clock, started_on, due_on, rule is not None and rule.is_sample))
    return tuple(sorted(found, key=lambda one: (one.due_on is None, one.due_on or day)))


def standings(
    judgments: Iterable[AdministrativeJudgment],
    rules: Sequence[DeadlineRule],
    calendar: WorkingCalendar,
    day: date,
) -> list[JudgmentStanding]:
    """How each registered judgment stands on a day, worst first: what is overdue longest, then what is due next, then
    what nobody can reckon, then what has ended, newest first."""
    found = []
    for one in judgments:
        state = state_on(one, day)
        if state is not None:
            found.append(JudgmentStanding(one, state, running_clocks(one, rules, calendar, day)))
    return sorted(found, key=_urgency)


def overdue_of(found: Iterable[JudgmentStanding], day: date) -> RegisterOverdue:
    """Count those with a term that is over, by unit."""
    by_unit: dict[str, int] = {}
    unknown: dict[str, int] = {}
    is_sample = False
    for one in found:
        unit, is_overdue = one.judgment.unit, one.is_overdue(day)
        by_unit[unit] = by_unit.get(unit, 0) + is_overdue
        is_unknown = not is_overdue and any(clock.due_on is None for clock in one.clocks)
        unknown[unit] = unknown.get(unit, 0) + is_unknown
        is_sample = is_sample or any(clock.is_sample for clock in one.clocks)
    return RegisterOverdue(by_unit, unknown, is_sample)


def _started_on(judgment: AdministrativeJudgment, clock: JudgmentClock, day: date) -> date | None:
    if clock is JudgmentClock.NOTICE:
        return judgment.registered_on
    return judgment.first_on(JudgmentEvent.RECEIVED, day)


def _due_on(rule: DeadlineRule, started_on: date, calendar: WorkingCalendar) -> date | None:
    try:
        return due_in_turn([rule], started_on, calendar)
    except CannotReckon:
        return None


_ENDED = frozenset({JudgmentState.COMPLETED, JudgmentState.CANCELLED})


def _urgency(one: JudgmentStanding) -> tuple[bool, bool, bool, int, str, str]:
    due_on, judgment = one.first.due_on if one.first else None, one.judgment
    is_ended = one.state in _ENDED
    if is_ended:
        order = -(judgment.ended_on or judgment.registered_on).toordinal()
    else:
        order = (due_on or judgment.registered_on).toordinal()
    return (is_ended, not one.clocks, due_on is None, order, judgment.unit, judgment.reference)
