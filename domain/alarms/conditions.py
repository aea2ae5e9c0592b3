"""What is true now and needs a person: the condition an alarm is made of, its priority, the one order of the list."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import TypeVar

FIELD_REPORTS = "field_reports"
ATTENDANCE = "attendance"
CAMERAS = "cameras"
RECEPTION = "reception"
# What the product watches itself: no connector, never old while it answers.
SYSTEM_SOURCE = "system"
SYSTEM_TITLE = "Hệ thống"


class Priority(IntEnum):
    """Mức độ: 1 act within minutes, 2 act this shift, 3 act today (screens.md 1.4)."""

    URGENT = 1
    HIGH = 2
    ORDINARY = 3


PRIORITY_NAMES = {Priority.URGENT: "Khẩn cấp", Priority.HIGH: "Cao", Priority.ORDINARY: "Thường"}


@dataclass(frozen=True, slots=True)
class Condition:
    """Điều kiện cảnh báo: one thing that is true now and needs a person; `unit` is the code of the unit that must act.

    `measure` is the number that says how bad it is, `measure_words` what it counts. `since_at` (aware UTC) is known
    only where the source states it; `due_at` is that of a field report. `source` is what the alarm is judged from: it
    lights up only while that source is not old. `subject` tells apart conditions of one rule and unit (a report, a
    site); `members` are what stands behind it, such as camera codes; `hides` are the beginnings of the rules whose
    alarms of the same unit it is the cause of.
    """

    rule: str
    priority: Priority
    unit: str
    unit_name: str
    title: str
    measure: Decimal | int | None = None
    measure_words: str = ""
    since_at: datetime | None = None
    due_at: datetime | None = None
    source: str = "cases"
    subject: str = ""
    members: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The same for the same thing, whenever it is judged: source, rule, unit, subject."""
        return "/".join((self.source, self.rule, self.unit, self.subject))

    def is_cause_of(self, other: Condition) -> bool:
        """Whether it explains the other, which is then shown as part of it."""
        same_place = self.unit == other.unit and self.rule != other.rule
        return same_place and any(other.rule.startswith(start) for start in self.hides)


AnyCondition = TypeVar("AnyCondition", bound=Condition)


def worst_first(alarms: Iterable[AnyCondition]) -> tuple[AnyCondition, ...]:
    """The one order of the list: by priority, then by rule, then what is due first, the larger measure, what has
    stood longest."""
    return tuple(sorted(alarms, key=_urgency))


def count_by_priority(alarms: Iterable[Condition]) -> dict[Priority, int]:
    """How many of each priority; none is 0."""
    counted = Counter(alarm.priority for alarm in alarms)
    return {priority: counted[priority] for priority in Priority}


def signs_by_unit(alarms: Iterable[Condition]) -> Mapping[str, tuple[Priority, int]]:
    """Per unit code: its worst priority and how many urgent and high alarms it has; units with neither are absent."""
    signs: dict[str, tuple[Priority, int]] = {}
    for alarm in alarms:
        if alarm.priority is not Priority.ORDINARY:
            worst, count = signs.get(alarm.unit, (alarm.priority, 0))
            signs[alarm.unit] = (min(worst, alarm.priority), count + 1)
    return signs


# Beginnings of rules: those of cameras and of security are told apart by their kind.
_ORDER = (
    "import_held",
    "identity_broken",
    "report_urgent",
    "delegation",
    "report_overdue",
    "clocks_overdue",
    "petitions_overdue",
    "report_due_soon",
    "city_",
    "security_",
    "reception_queue",
    "reception_uncovered",
    "camera_site",
    "camera_",
    "absence",
    "terminal_link",
    "software_",
    "cases_behind_pace",
    "money_behind_pace",
)


def _urgency(alarm: Condition) -> tuple[int, int, float, Decimal, float, str]:
    """Within a priority: what makes other figures doubtful, citizens who wait, duties of law, then pace, comparison."""
    due = alarm.due_at.timestamp() if alarm.due_at else math.inf
    since = alarm.since_at.timestamp() if alarm.since_at else math.inf
    rank = next((rank for rank, start in enumerate(_ORDER) if alarm.rule.startswith(start)), len(_ORDER))
    return (alarm.priority, rank, due, -Decimal(alarm.measure or 0), since, alarm.unit)
