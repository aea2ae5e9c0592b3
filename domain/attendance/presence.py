"""Who of a unit is at work: counts that always add up to the unit's staff, and what of them may be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

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


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """Số có mặt của một đơn vị: what is told of one unit; who is missing without a reason is told of no single unit.

    `present` is None where nobody was seen and somebody may have been: unknown, which is not zero.
    """

    staff: int
    expected: int
    present: int | None
    leave: int
    trip: int
    field_duty: int
    unknown: int
    not_due: int


@dataclass(frozen=True, slots=True)
class PresenceDay:
    """Có mặt trong ngày of everything that was asked about.

    A unit without anybody on the roster maps to None. `unexplained` is a total of the whole scope, of those who could
    be judged; None when that is nobody. `changes_at` is when time alone next changes the answer.
    """

    day: date
    units: Mapping[str, UnitCounts | None]
    total: UnitCounts | None
    unexplained: int | None
    changes_at: datetime | None = None


def counts_of(presence: UnitPresence) -> UnitCounts | None:
    """What may be told of one unit; None without anybody on the roster."""
    if not presence.staff:
        return None
    return UnitCounts(
        staff=presence.staff,
        expected=presence.expected,
        present=presence.came if presence.came or not presence.unknown else None,
        leave=presence.leave,
        trip=presence.trip,
        field_duty=presence.field_duty,
        unknown=presence.unknown,
        not_due=presence.not_due,
    )


def presence_day(day: date, by_unit: Mapping[str, UnitPresence], changes_at: datetime | None = None) -> PresenceDay:
    """The day of a scope, from the counts of each of its units."""
    total = sum(by_unit.values(), UnitPresence())
    is_judged = total.due > total.unknown or (total.staff > 0 and not total.unknown)
    return PresenceDay(
        day=day,
        units={unit: counts_of(presence) for unit, presence in by_unit.items()},
        total=counts_of(total),
        unexplained=total.unexplained if is_judged else None,
        changes_at=changes_at,
    )
