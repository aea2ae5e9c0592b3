"""Reporting periods of the statistical year: months, and cumulative 3, 6, 9, 10, 12 months. Pure.

A month is one calendar month; a cumulative period begins on 1 October (TTLT 12/2021 Đ6).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.statistics import Period, StatisticalYear

CUMULATIVE_MONTHS = (3, 6, 9, 10, 12)
MONTHS = 12
DAY = timedelta(days=1)
EARLIEST_YEAR, LATEST_YEAR = 2001, 2100
_CODE = re.compile(r"(\d{4})-(m|t)(\d{2})")


class PeriodRefused(ValueError):
    """What was asked of a period is not possible; the text is Vietnamese and can be shown."""


class PeriodKind(StrEnum):
    """Kỳ tháng, or kỳ cộng dồn from the first day of the year; the value stands in the code."""

    MONTH = "t"
    CUMULATIVE = "m"


class PeriodState(StrEnum):
    """Running, over but not closed, closed."""

    RUNNING = "running"
    PROVISIONAL = "provisional"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, order=True)
class ReportingPeriod:
    """Kỳ báo cáo of statistical year `year`: its `months`-th month, or its first `months` months together."""

    year: int
    kind: PeriodKind
    months: int

    def __post_init__(self) -> None:
        allowed = range(1, MONTHS + 1) if self.kind is PeriodKind.MONTH else CUMULATIVE_MONTHS
        if self.months not in allowed or not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            raise ValueError(f"there is no period {self.kind} {self.months} of {self.year}")

    @property
    def code(self) -> str:
        """'2027-t02' is its second month, '2027-m06' its first six months."""
        return f"{self.year}-{self.kind}{self.months:02}"

    @property
    def first_on(self) -> date:
        return self._month(self.months) if self.kind is PeriodKind.MONTH else StatisticalYear(self.year).first_on

    @property
    def last_on(self) -> date:
        first = self._month(self.months)
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])

    @property
    def name(self) -> str:
        """'Tháng 11/2026', '6 tháng năm 2027'."""
        if self.kind is PeriodKind.MONTH:
            return f"Tháng {self.first_on:%m/%Y}"
        return f"{self.months} tháng năm {self.year}"

    def includes(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first_on <= day <= self.last_on

    def has_begun(self, today: date) -> bool:
        return self.first_on <= today

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return today > self.last_on

    def counted_until(self, today: date) -> Period:
        """The days that are counted: all of a period that is over, up to today of a running one; raises ValueError for
        one that has not begun."""
        return Period(self.first_on, min(self.last_on, today))

    def state(self, today: date, is_closed: bool) -> PeriodState:
        """Where it stands on a day."""
        if is_closed:
            return PeriodState.CLOSED
        return PeriodState.PROVISIONAL if self.is_over(today) else PeriodState.RUNNING

    def _month(self, number: int) -> date:
        """The first day of the year's `number`-th month: the first is October."""
        return date(self.year - 1, 9 + number, 1) if number <= 3 else date(self.year, number - 3, 1)


def months_of_year(year: int) -> list[ReportingPeriod]:
    """Its twelve months in order: they are disjoint and together the year."""
    return [ReportingPeriod(year, PeriodKind.MONTH, number) for number in range(1, MONTHS + 1)]


def periods_of_year(year: int) -> list[ReportingPeriod]:
    """Its twelve months and five cumulative periods, by last day, the month before the cumulative one."""
    cumulative = [ReportingPeriod(year, PeriodKind.CUMULATIVE, months) for months in CUMULATIVE_MONTHS]
    return sorted(
        [*months_of_year(year), *cumulative], key=lambda each: (each.last_on, each.kind is not PeriodKind.MONTH)
    )


def month_of_day(day: date) -> ReportingPeriod:
    """The monthly period a day lies in."""
    year = StatisticalYear.of(day).year
    return next(each for each in months_of_year(year) if each.includes(day))


def periods_of_day(day: date) -> list[ReportingPeriod]:
    """Every period a day lies in: its month, and the cumulative ones that are not over."""
    return [each for each in periods_of_year(StatisticalYear.of(day).year) if each.includes(day)]


def period_by_code(code: str) -> ReportingPeriod | None:
    """The period of a code; None for what is none."""
    found = _CODE.fullmatch(code)
    try:
        return ReportingPeriod(int(found[1]), PeriodKind(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def periods_offered(today: date, years: int = 3) -> list[ReportingPeriod]:
    """Periods of the last `years` statistical years that have begun, newest first."""
    this_year = StatisticalYear.of(today).year
    found = [each for year in range(this_year, this_year - years, -1) for each in periods_of_year(year)]
    return sorted(
        (each for each in found if each.has_begun(today)),
        key=lambda each: (each.first_on if each.kind is PeriodKind.MONTH else _reached(each, today), each.months),
        reverse=True,
    )


def over_and_open(today: date, closed: Iterable[str]) -> list[ReportingPeriod]:
    """Periods of this year that are over and not closed, and those that ended with the year before: somebody has to
    close them. The oldest first."""
    done, this_year = set(closed), StatisticalYear.of(today)
    ended = [each for each in periods_of_year(this_year.year - 1) if each.last_on >= this_year.first_on - DAY]
    found = [*ended, *periods_of_year(this_year.year)]
    return [each for each in found if each.is_over(today) and each.code not in done]


def _reached(period: ReportingPeriod, today: date) -> date:
    """The first day of the last month a cumulative period has reached."""
    return min(period.last_on, today).replace(day=1)
