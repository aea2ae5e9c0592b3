"""Ngưỡng: from where on a figure is abnormal. The values are the agency's (data/wall_limits.csv), never constants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from domain.reception import ReceptionLimits


@dataclass(frozen=True, slots=True)
class WallLimits:
    """Ngưỡng của màn hình: a fall against last year and a lead over the pace in points, overdue clocks in việc, how
    long before its due time a field report has to be looked at, how many people missing without a reason are too many,
    and what a reception desk may let wait.
    """

    fall_points: Decimal
    band_points: Decimal
    overdue_clocks: int
    report_soon: timedelta
    unexplained_absences: int
    reception: ReceptionLimits
