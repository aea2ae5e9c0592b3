"""A rate beside what it is measured against: the pace to date, the same day last year, the annual target.

Differences are those of the printed roundings (one decimal, half up), so that a reader can check them on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ONE_PLACE = Decimal("0.1")

# A fall of this many points or more against the same day last year is abnormal (wall rule; agencies may revise it).
FALL_POINTS = Decimal("-2.0")
# Up to this many points above the pace is "đúng tiến độ", beyond it "vượt" (a placeholder of pictures.md).
BAND_POINTS = Decimal(10)


def printed(rate: Decimal) -> Decimal:
    """A rate as the wall prints it: one decimal, half up."""
    return rate.quantize(ONE_PLACE, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class RateComparison:
    """One rate in percent; None wherever there is no figure to compare, which is never the same as zero."""

    value: Decimal | None
    pace: Decimal | None = None
    last_year: Decimal | None = None
    target: Decimal | None = None

    @property
    def points_to_pace(self) -> Decimal | None:
        """How many points above (or, negative, below) the pace; None when either is unknown."""
        return _points(self.value, self.pace)

    @property
    def points_to_last_year(self) -> Decimal | None:
        """How many points above (or, negative, below) the same day last year (± cùng kỳ)."""
        return _points(self.value, self.last_year)

    @property
    def is_behind(self) -> bool:
        """Chậm tiến độ: the printed rate is below the printed pace."""
        points = self.points_to_pace
        return points is not None and points < 0

    @property
    def has_fallen(self) -> bool:
        """At least two points below the same day last year."""
        points = self.points_to_last_year
        return points is not None and points <= FALL_POINTS

    @property
    def is_abnormal(self) -> bool:
        """Whether the rate deserves amber: behind the pace, or fallen against last year."""
        return self.is_behind or self.has_fallen


def _points(value: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if value is None or other is None else printed(value) - printed(other)
