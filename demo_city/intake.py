"""What courts and citizens bring to a unit: invented judgments with their kind, type, money and groups."""

from __future__ import annotations

import math
from datetime import date
from itertools import accumulate
from random import Random
from typing import NamedTuple

from demo_city.lives import Life
from demo_city.plans import DOCKETED_A_YEAR, Plan
from demo_city.units import Pack, Unit
from demo_city.working_days import first_day, statistical_year


class Profile(NamedTuple):
    """A sort of việc: its weight, and money as a log-normal of median đồng and sigma (sigma 0 = always the median)."""

    weight: float
    is_ex_officio: bool
    case_type: str
    groups: str
    median: int
    sigma: float


# Refunds of advance court fees are 28 % of what is enforced ex officio, as practitioners report.
_PROFILES = (
    Profile(0.11, True, "Dân sự", "", 1_500_000, 0.9),
    Profile(0.06, True, "Hôn nhân và gia đình", "", 300_000, 0.0),
    Profile(0.09, True, "Dân sự", "NS", 3_800_000, 1.2),
    Profile(0.05, True, "Hôn nhân và gia đình", "NS", 300_000, 0.0),
    Profile(0.135, True, "Hình sự", "NS", 200_000, 0.0),
    Profile(0.11, True, "Hình sự", "NS", 9_000_000, 1.1),
    Profile(0.02, True, "Hình sự", "NS", 45_000_000, 1.3),
    Profile(0.016, True, "Kinh doanh thương mại", "NS;DN", 25_000_000, 1.2),
    Profile(0.005, True, "Hành chính", "NS", 300_000, 0.0),
    Profile(0.004, True, "Hình sự", "TN;NS", 700_000_000, 1.3),
    Profile(0.20, False, "Dân sự", "", 60_000_000, 1.4),
    Profile(0.03, False, "Dân sự", "", 0, 0.0),
    Profile(0.06, False, "Hôn nhân và gia đình", "", 24_000_000, 0.8),
    Profile(0.04, False, "Hình sự", "", 35_000_000, 1.1),
    Profile(0.01, False, "Lao động", "DN", 40_000_000, 1.0),
    Profile(0.026, False, "Kinh doanh thương mại", "DN", 380_000_000, 1.3),
    Profile(0.018, False, "Dân sự", "TD", 420_000_000, 1.1),
    Profile(0.013, False, "Kinh doanh thương mại", "TD;DN", 1_600_000_000, 1.2),
    Profile(0.001, False, "Phá sản", "DN", 900_000_000, 1.0),
    Profile(0.002, False, "Khác", "", 5_000_000, 1.0),
)
_CUMULATIVE = list(accumulate(profile.weight for profile in _PROFILES))
_LARGEST = 45_000_000_000


class Intake:
    """Numbers decisions and invents new lives; one for the whole city, because an issuing unit numbers its own."""

    def __init__(self, pack: Pack, today: date) -> None:
        self._pack = pack
        self._numbers: dict[tuple[str, int], int] = {}
        self._suffixes: dict[str, str] = {}
        for unit in pack.units_on(today):
            self._suffixes[unit.code] = unit.decision_suffix

    def new_life(self, unit: Unit, plan: Plan, day: date, rng: Random, number: int | None = None) -> Life:
        """A việc decided on `day`; the number is the next of its issuing unit and year, at least `number`."""
        profile = rng.choices(_PROFILES, cum_weights=_CUMULATIVE)[0]
        ward = unit.wards[int(len(unit.wards) * rng.random() ** 1.3)][0] if unit.wards else ""
        issuing = self._pack.issuing_unit(unit.code, ward, day, self._suffixes)
        place = (issuing, statistical_year(day))
        self._numbers[place] = max(self._numbers.get(place, 0) + 1, number or 0)
        return Life(
            issuing=issuing,
            number=self._numbers[place],
            suffix=self._suffixes[issuing],
            decided_on=day,
            docketed_on=day,
            handling=unit.code,
            is_ex_officio=profile.is_ex_officio,
            case_type=profile.case_type,
            officer=f"CHV-{1 + int(rng.random() * officers_of(plan)):02d}",
            ward=ward,
            due=_amount(profile, plan, rng),
            groups=profile.groups,
        )


def number_by_then(plan: Plan, day: date) -> int:
    """About how many decisions a unit had issued in a year by a day: old numbers are sparse, because most are over."""
    passed = (day - first_day(statistical_year(day))).days / 366
    return 1 + int(DOCKETED_A_YEAR * plan.share * passed)


def officers_of(plan: Plan) -> int:
    """How many chấp hành viên a unit has; their codes run from CHV-01."""
    return max(3, round(60 * plan.share))


def _amount(profile: Profile, plan: Plan, rng: Random) -> int:
    if not profile.sigma:
        return profile.median
    amount = profile.median * math.exp(profile.sigma * rng.gauss(0.0, 1.0))
    largest = min(_LARGEST, int(120_000_000_000 * plan.share))
    return max(200_000, min(largest, round(amount) if amount > 1e9 else round(amount / 1000) * 1000))
