"""The statutory clocks of one việc: a pure function of its dated facts, as class intervals are.

A clock stands still while a việc is hoãn or tạm đình chỉ and starts anew with Tiếp tục. What is due when is in
domain/deadlines.py: a clock knows only since which day its step is owed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from domain.cases import CaseClass, CaseLife, ClassInterval, DecisionKind, LifeMoney, MoneyKind
from domain.deadlines import Clock

_VERIFYING = frozenset({DecisionKind.VERIFIED, DecisionKind.ENFORCEABLE, DecisionKind.NOT_ENFORCEABLE})
_REVERIFYING = frozenset({DecisionKind.VERIFIED, DecisionKind.NOT_ENFORCEABLE, DecisionKind.RESUMED})
_DISCHARGING = frozenset({MoneyKind.PAID_OUT, MoneyKind.PAID_TO_BUDGET, MoneyKind.DEPOSITED})


class ClockInterval(NamedTuple):
    """Khoảng chạy: from `from_on` up to, not including, `to_on` (None while it lasts) the step of a clock is owed since
    `started_on` by who handles the việc then."""

    clock: Clock
    unit: str
    officer: str | None
    started_on: date
    from_on: date
    to_on: date | None


def clock_intervals(life: CaseLife, intervals: Sequence[ClassInterval]) -> list[ClockInterval]:
    """Every stretch on which a clock of the việc runs, a clock after another in order of day; `intervals` are those of
    `class_intervals`."""
    owing = _owing_money(life)
    standing = _Standing(life, intervals)
    asked: dict[Clock, _Started] = {
        Clock.REVERIFICATION: standing.reverification,
        Clock.FIRST_VERIFICATION: standing.first_verification,
        Clock.LONG_NOT_ENFORCEABLE: standing.long_not_enforceable,
        Clock.PAY_OUT: lambda interval, on: None if interval.case_class is CaseClass.VANISHED else _as_of(owing, on),
    }
    days = sorted({*(each.effective_on for each in life.decisions), *(day for day, _ in owing)})
    found: list[ClockInterval] = []
    for clock, started in asked.items():
        found += _joined(clock, intervals, days, started)
    return found


# Since when a step is owed on a day of an interval; None where it is not.
_Started = Callable[[ClassInterval, date], date | None]


class _Standing:
    """What the decisions of a việc say of its clocks."""

    def __init__(self, life: CaseLife, intervals: Sequence[ClassInterval]) -> None:
        self.life, self.intervals = life, intervals

    def reverification(self, interval: ClassInterval, on: date) -> date | None:
        """Chưa có điều kiện; from the last Xác minh or the decision Chưa có điều kiện, whichever is later."""
        return self._last(_REVERIFYING, on) if interval.case_class is CaseClass.NOT_ENFORCEABLE else None

    def first_verification(self, interval: ClassInterval, on: date) -> date | None:
        """Có điều kiện only because nobody has looked yet; from docketing, for the day of notification is not
        registered. The decisions Có điều kiện and Chưa có điều kiện rest on a verification, so they count as one."""
        if interval.case_class is not CaseClass.ENFORCEABLE:
            return None
        is_verified = any(each.kind in _VERIFYING and each.effective_on <= on for each in self.life.decisions)
        return None if is_verified else self._last({DecisionKind.RESUMED}, on)

    def long_not_enforceable(self, interval: ClassInterval, _on: date) -> date | None:
        """Chưa có điều kiện on every day since the last other class ended; a handover does not interrupt it."""
        if interval.case_class is not CaseClass.NOT_ENFORCEABLE:
            return None
        others = (
            each.to_on
            for each in self.intervals
            if each.case_class is not CaseClass.NOT_ENFORCEABLE and each.from_on < interval.from_on
        )
        return max([self.life.docketed_on, *(day for day in others if day is not None)])

    def _last(self, kinds: frozenset[DecisionKind] | set[DecisionKind], on: date) -> date:
        """The day of the last of these decisions; that of docketing where none came after it."""
        decided = (each.effective_on for each in self.life.decisions if each.kind in kinds and each.effective_on <= on)
        return max([self.life.docketed_on, *decided])


def _owing_money(life: CaseLife) -> list[tuple[date, date | None]]:
    """From each day with money on: since when some that was collected is not yet paid out, paid to the budget or
    deposited; None where nothing is owed. The oldest is taken to be paid first, as what is taken back."""
    money = sorted(life.money)
    days = sorted({each.effective_on for each in money})
    return [(day, _oldest_unpaid([each for each in money if each.effective_on <= day])) for day in days]


def _oldest_unpaid(known: Sequence[LifeMoney]) -> date | None:
    gone = -sum(each.amount for each in known if each.kind is MoneyKind.COLLECTED and each.amount < 0)
    gone += max(0, sum(each.amount for each in known if each.kind in _DISCHARGING))
    for each in known:
        if each.kind is MoneyKind.COLLECTED and each.amount > 0:
            gone -= each.amount
            if gone < 0:
                return each.effective_on
    return None


def _as_of(steps: Sequence[tuple[date, date | None]], on: date) -> date | None:
    """The last step made by a day."""
    return next((value for day, value in reversed(steps) if day <= on), None)


def _joined(
    clock: Clock, intervals: Sequence[ClassInterval], days: Sequence[date], started: _Started
) -> Iterator[ClockInterval]:
    """The stretches of one clock, made longest: what goes on unchanged over a day is one."""
    last: ClockInterval | None = None
    for interval in intervals:
        inside = [day for day in days if interval.from_on < day and (interval.to_on is None or day < interval.to_on)]
        begins = [interval.from_on, *inside]
        for from_on, to_on in zip(begins, [*inside, interval.to_on], strict=True):
            started_on = started(interval, from_on)
            if started_on is None:
                continue
            one = ClockInterval(clock, interval.unit, interval.officer, started_on, from_on, to_on)
            if last is not None and last.to_on == from_on and last[:4] == one[:4]:
                last = last._replace(to_on=to_on)
                continue
            if last is not None:
                yield last
            last = one
    if last is not None:
        yield last
