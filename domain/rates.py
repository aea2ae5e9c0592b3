"""A rate beside what it is measured against: the pace to date, the same day last year, the annual target.

Differences are those of the printed roundings (one decimal, half up), so that a reader can check them on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ONE_PLACE = Decimal("0.1")


def printed(rate: Decimal) -> Decimal:
    """A rate as the wall prints it: one decimal, half up."""
    return rate.quantize(ONE_PLACE, ROUND_HALF_UP)


def points_between(value: Decimal | None, other: Decimal | None, places: Decimal = ONE_PLACE) -> Decimal | None:
    """How many points `value` lies above (or, negative, below) `other`, as both are printed; None when either is not
    known."""
    if value is None or other is None:
        return None
    return value.quantize(places, ROUND_HALF_UP) - other.quantize(places, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class RateComparison:
    """One rate in percent; None wherever there is no figure to compare, which is never the same as zero.

    `fall_points` is the limit of the agency for a fall against last year; None where a fall is not judged.
    """

    value: Decimal | None
    pace: Decimal | None = None
    last_year: Decimal | None = None
    target: Decimal | None = None
    fall_points: Decimal | None = None

    @property
    def points_to_pace(self) -> Decimal | None:
        """How many points above (or, negative, below) the pace; None when either is unknown."""
        return points_between(self.value, self.pace)

    @property
    def points_to_last_year(self) -> Decimal | None:
        """How many points above (or, negative, below) the same day last year (± cùng kỳ)."""
        return points_between(self.value, self.last_year)

    @property
    def is_behind(self) -> bool:
        """Chậm tiến độ: the printed rate is below the printed pace."""
        points = self.points_to_pace
        return points is not None and points < 0

    @property
    def has_fallen(self) -> bool:
        """Below the same day last year by the limit or more."""
        points = self.points_to_last_year
        return points is not None and self.fall_points is not None and -points >= self.fall_points

    @property
    def is_abnormal(self) -> bool:
        """Whether the rate deserves amber: behind the pace, or fallen against last year."""
        return self.is_behind or self.has_fallen
