"""Ngưỡng: from where on a figure is abnormal. The values are the agency's (data/wall_limits.csv), never constants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from domain.reception import ReceptionLimits

# Counts are whole; what is not here (points, hours, minutes) may have a fraction.
COUNTS = frozenset({"việc", "người", "lần", "cảnh báo", "ngày làm việc", "phần mềm"})
# More than this is a slip of the hand, by unit; what is dangerous when large has a bound of its own.
MOST_BY_UNIT = {
    "điểm": Decimal(100),
    "giờ": Decimal(720),
    "phút": Decimal(1440),
    "ngày": Decimal(365),
    "ngày làm việc": Decimal(60),
}
MOST = {"shelve_urgent": Decimal(30), "maintenance_most": Decimal(168), "waiting": Decimal(480)}
MOST_COUNT = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Limit:
    """Một ngưỡng as the agency reads it: its value on a day, in `unit`, and whether it is a sample or decided."""

    code: str
    name: str
    value: Decimal
    unit: str
    status: str

    @property
    def is_whole(self) -> bool:
        """Whether only a whole number makes sense."""
        return self.unit in COUNTS

    @property
    def most(self) -> Decimal:
        """The largest value that can be meant."""
        return MOST.get(self.code, MOST_BY_UNIT.get(self.unit, MOST_COUNT))

    def admits(self, value: Decimal) -> bool:
        """Whether a value can be meant."""
        is_number = value.is_finite() and Decimal(0) < value <= self.most
        return is_number and (not self.is_whole or value == value.to_integral_value())


@dataclass(frozen=True, slots=True)
class WallLimits:
    """Ngưỡng của màn hình: a fall against last year and a lead over the pace in points, overdue clocks in việc, how
    long before its due time a field report has to be looked at, how many people missing without a reason are too many,
    what a reception desk may let wait, and after what silence a paired screen counts as dark,
    how long before its end a certificate has to be renewed, within how many working days a statutory term counts
    as soon due, for how long a software of the sector may fail, from how many that are silent together on it is our own
    line, and how long a warning of the city holds that says no end.
    """

    fall_points: Decimal
    band_points: Decimal
    overdue_clocks: int
    report_soon: timedelta
    unexplained_absences: int
    reception: ReceptionLimits
    screen_dark: timedelta
    certificate_soon: timedelta
    deadline_soon: int
    software_silent: timedelta
    software_together: int
    city_alert_hold: timedelta


def lowered(limits: WallLimits, by: Mapping[str, Decimal]) -> WallLimits:
    """The limits lowered by a hysteresis for each of the codes `by`, never so far that what is not there counts."""
    reception = limits.reception
    waiting = reception.waiting - timedelta(minutes=float(by.get("waiting", 0)))
    return replace(
        limits,
        overdue_clocks=_lower(limits.overdue_clocks, by.get("overdue_clocks"), 1),
        unexplained_absences=_lower(limits.unexplained_absences, by.get("unexplained_absences"), 1),
        reception=replace(
            reception,
            waiting=max(waiting, min(reception.waiting, timedelta(minutes=1))),
            delegation_people=_lower(reception.delegation_people, by.get("delegation_people"), 2),
        ),
    )


def _lower(limit: int, by: Decimal | None, least: int) -> int:
    return max(limit - int(by or 0), min(limit, least))
