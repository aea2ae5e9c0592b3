"""Who of a unit is at work: counts that always add up to the unit's staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from domain.attendance.records import DayStatus


@dataclass(frozen=True, slots=True)
class UnitPresence:
    """Có mặt theo đơn vị: how many people of a unit are in each state; every person is in exactly one."""

    present: int = 0
    late: int = 0
    left_early: int = 0
    leave: int = 0
    trip: int = 0
    field_duty: int = 0
    unexplained: int = 0
    unknown: int = 0
    not_due: int = 0

    @property
    def staff(self) -> int:
        """Everybody on the roster."""
        return self.expected + self.leave + self.trip + self.field_duty

    @property
    def expected(self) -> int:
        """Who would be at the office: staff less leave, business trips and field duty."""
        return self.came + self.unexplained + self.unknown + self.not_due

    @property
    def due(self) -> int:
        """Of those expected, whoever should be there by now; 0 on a day off and before the first shift."""
        return self.expected - self.not_due

    @property
    def came(self) -> int:
        """Who was seen today: in time, late, or gone early."""
        return self.present + self.late + self.left_early

    def __add__(self, other: UnitPresence) -> UnitPresence:
        return UnitPresence(*(getattr(self, name) + getattr(other, name) for name in UnitPresence.__slots__))


_FIELDS = {
    DayStatus.PRESENT: "present",
    DayStatus.LATE: "late",
    DayStatus.LEFT_EARLY: "left_early",
    DayStatus.ON_LEAVE: "leave",
    DayStatus.BUSINESS_TRIP: "trip",
    DayStatus.FIELD_DUTY: "field_duty",
    DayStatus.UNEXPLAINED: "unexplained",
    DayStatus.UNKNOWN: "unknown",
    DayStatus.NOT_DUE: "not_due",
}


def presence_of(statuses: Iterable[DayStatus]) -> UnitPresence:
    """Count the people of one unit."""
    return UnitPresence(**{_FIELDS[status]: count for status, count in Counter(statuses).items()})
