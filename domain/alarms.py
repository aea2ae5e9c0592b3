"""What needs a person now: rules over figures that are already known, worst first. Pure; nothing is acknowledged here.

Cảnh báo exist only where somebody must act: a source that is silent ages on the screen and is no alarm by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum

from domain.limits import WallLimits
from domain.rates import RateComparison


class Priority(IntEnum):
    """Mức độ: 1 act within minutes, 2 act this shift, 3 act today (screens.md 1.4)."""

    URGENT = 1
    HIGH = 2
    ORDINARY = 3


PRIORITY_NAMES = {Priority.URGENT: "Khẩn cấp", Priority.HIGH: "Cao", Priority.ORDINARY: "Thường"}


@dataclass(frozen=True, slots=True)
class OpenAlarm:
    """Cảnh báo: one thing that needs a person. `unit` is the code of the unit that must act.

    `measure` is the number that says how bad it is, `measure_words` what it counts. `since_at` (aware UTC) is known
    only where the source states it.
    """

    rule: str
    priority: Priority
    unit: str
    unit_name: str
    title: str
    measure: Decimal | int | None = None
    measure_words: str = ""
    since_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnitRates:
    """What the rules look at for one unit, or for the whole; `overdue_clocks` None where it cannot be counted."""

    code: str
    name: str
    cases: RateComparison
    money: RateComparison
    overdue_clocks: int | None = None


def rate_alarms(unit: UnitRates, with_money: bool = False) -> list[OpenAlarm]:
    """Behind the pace, or fallen against the same day last year; money only where it is shown."""
    found = []
    if unit.cases.is_behind:
        found.append(_about(unit, "cases_behind_pace", "Xong về việc chậm tiến độ", unit.cases.points_to_pace))
    elif unit.cases.has_fallen:
        fallen = unit.cases.points_to_last_year
        found.append(_about(unit, "cases_below_last_year", "Xong về việc giảm so cùng kỳ", fallen))
    if with_money and unit.money.is_behind:
        found.append(_about(unit, "money_behind_pace", "Xong về tiền chậm tiến độ", unit.money.points_to_pace))
    return found


def clock_alarms(unit: UnitRates, limits: WallLimits) -> list[OpenAlarm]:
    """One alarm for all overdue statutory clocks of a unit, from the limit up; below it they are shown, not alarmed."""
    overdue = unit.overdue_clocks
    if overdue is None or overdue < limits.overdue_clocks:
        return []
    title = "Thời hạn luật định quá hạn"
    return [OpenAlarm("clocks_overdue", Priority.HIGH, unit.code, unit.name, title, overdue, "việc")]


def held_file_alarm(unit: str, unit_name: str, held: int, oldest_received_at: datetime | None) -> list[OpenAlarm]:
    """Files whose loss of cases is suspicious wait for a decision: the last good figures stand meanwhile."""
    if held == 0:
        return []
    title = "Số liệu nghi ngờ, chờ duyệt"
    return [OpenAlarm("import_held", Priority.HIGH, unit, unit_name, title, held, "tệp", oldest_received_at)]


def open_alarms(
    units: Sequence[UnitRates], whole: UnitRates, limits: WallLimits, held: Iterable[OpenAlarm] = ()
) -> tuple[OpenAlarm, ...]:
    """Every open alarm, worst first: by priority, then by rule, then the larger measure. No units: `whole` is one."""
    found = [*held]
    for unit in units:
        found += rate_alarms(unit) + clock_alarms(unit, limits)
    found += rate_alarms(whole, with_money=True)
    if not units:
        found += clock_alarms(whole, limits)
    return tuple(sorted(found, key=_urgency))


def count_by_priority(alarms: Iterable[OpenAlarm]) -> dict[Priority, int]:
    """How many of each priority; none is 0."""
    counted = Counter(alarm.priority for alarm in alarms)
    return {priority: counted[priority] for priority in Priority}


def signs_by_unit(alarms: Iterable[OpenAlarm]) -> Mapping[str, tuple[Priority, int]]:
    """Per unit code: its worst priority and how many urgent and high alarms it has; units with neither are absent."""
    signs: dict[str, tuple[Priority, int]] = {}
    for alarm in alarms:
        if alarm.priority is not Priority.ORDINARY:
            worst, count = signs.get(alarm.unit, (alarm.priority, 0))
            signs[alarm.unit] = (min(worst, alarm.priority), count + 1)
    return signs


_RANK = {"import_held": 0, "clocks_overdue": 1, "cases_behind_pace": 2, "money_behind_pace": 3}


def _urgency(alarm: OpenAlarm) -> tuple[int, int, Decimal, str]:
    """Within a priority: what makes other figures doubtful, then duties of law, then pace, then comparison."""
    return (alarm.priority, _RANK.get(alarm.rule, len(_RANK)), -Decimal(alarm.measure or 0), alarm.unit)


def _about(unit: UnitRates, rule: str, title: str, points: Decimal | None) -> OpenAlarm:
    return OpenAlarm(rule, Priority.HIGH, unit.code, unit.name, title, abs(points or Decimal(0)), "điểm")
