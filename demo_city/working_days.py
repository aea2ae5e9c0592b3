"""Working days and the statistical year (1 October to 30 September) as the invented offices keep them.

Sample holidays only: fixed days and the week of Tết of 2024-2030. Deadlines of the product do not use this calendar.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_FIXED_HOLIDAYS = frozenset({(1, 1), (4, 30), (5, 1), (9, 1), (9, 2)})
_NEW_YEARS = (
    date(2024, 2, 10),
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 2),
)
_TET = frozenset(first + timedelta(days=shift) for first in _NEW_YEARS for shift in range(-1, 5))

# Share of a year's new cases that each calendar month brings, 1 = January: slow at the start of the statistical year,
# slow at Tết, busy from March on, as provinces publish. They sum to 1.
_SEASON = dict(
    zip(range(1, 13), (0.085, 0.055, 0.1, 0.09, 0.095, 0.095, 0.09, 0.09, 0.082, 0.055, 0.078, 0.085), strict=True)
)


def is_working_day(day: date) -> bool:
    """Monday to Friday, neither a fixed holiday nor in the week of Tết."""
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED_HOLIDAYS and day not in _TET


def working_day_from(day: date) -> date:
    """The day itself, or the next working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_until(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def statistical_year(day: date) -> int:
    """The year named after its last day, 30 September."""
    return day.year + 1 if day.month >= 10 else day.year


def first_day(year: int) -> date:
    """The 1 October on which a statistical year begins."""
    return date(year - 1, 10, 1)


def share_of_year(day: date, part_of_day: float = 1.0) -> tuple[float, float]:
    """How far the year has come at `part_of_day` of a day: (share of its working days, share of its new cases)."""
    work, season = _progress(statistical_year(day))[day]
    before = _progress(statistical_year(day)).get(day - timedelta(days=1), (0.0, 0.0))
    return before[0] + (work - before[0]) * part_of_day, before[1] + (season - before[1]) * part_of_day


@lru_cache(maxsize=8)
def _progress(year: int) -> dict[date, tuple[float, float]]:
    days = [first_day(year) + timedelta(days=n) for n in range((first_day(year + 1) - first_day(year)).days)]
    working = [day for day in days if is_working_day(day)]
    in_month = {month: sum(day.month == month for day in working) for month in _SEASON}
    progress: dict[date, tuple[float, float]] = {}
    work = season = 0.0
    for day in days:
        if is_working_day(day):
            work += 1 / len(working)
            season += _SEASON[day.month] / in_month[day.month]
        progress[day] = (work, season)
    return progress
