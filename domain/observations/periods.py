"""Kỳ của số liệu: calendar days, months, quarters and years of Huế, as other software states them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

EARLIEST_YEAR, LATEST_YEAR = 2001, 2100
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?")


class PeriodLength(StrEnum):
    """How long a period of an indicator is; calendar days, months, quarters, years of Huế."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


LENGTH_NAMES = {
    PeriodLength.DAY: "ngày",
    PeriodLength.MONTH: "tháng",
    PeriodLength.QUARTER: "quý",
    PeriodLength.YEAR: "năm",
}
LONGEST_DAYS = {PeriodLength.DAY: 1, PeriodLength.MONTH: 31, PeriodLength.QUARTER: 92, PeriodLength.YEAR: 366}
LENGTH_EXAMPLES = {
    PeriodLength.DAY: "2026-11-25",
    PeriodLength.MONTH: "2026-11",
    PeriodLength.QUARTER: "2026-Q4",
    PeriodLength.YEAR: "2026",
}


@dataclass(frozen=True, slots=True, order=True)
class ObservedPeriod:
    """Kỳ của số liệu: one calendar period by its first day."""

    first_on: date
    length: PeriodLength

    @classmethod
    def read(cls, text: str) -> ObservedPeriod:
        """'2026', '2026-Q4', '2026-11' or '2026-11-25'; raises ValueError for anything else."""
        found = _PERIOD.fullmatch(text.strip().upper())
        if found is None or not EARLIEST_YEAR <= int(found[1]) <= LATEST_YEAR:
            raise ValueError(text)
        year = int(found[1])
        if found[2]:
            return cls(date(year, 3 * int(found[2]) - 2, 1), PeriodLength.QUARTER)
        if found[4]:
            return cls(date(year, int(found[3]), int(found[4])), PeriodLength.DAY)
        if found[3]:
            return cls(date(year, int(found[3]), 1), PeriodLength.MONTH)
        return cls(date(year, 1, 1), PeriodLength.YEAR)

    @classmethod
    def of(cls, day: date, length: PeriodLength) -> ObservedPeriod:
        """The period of a length that a day lies in."""
        match length:
            case PeriodLength.DAY:
                return cls(day, length)
            case PeriodLength.MONTH:
                return cls(day.replace(day=1), length)
            case PeriodLength.QUARTER:
                return cls(date(day.year, day.month - (day.month - 1) % 3, 1), length)
            case PeriodLength.YEAR:
                return cls(date(day.year, 1, 1), length)

    @property
    def code(self) -> str:
        match self.length:
            case PeriodLength.DAY:
                return f"{self.first_on:%Y-%m-%d}"
            case PeriodLength.MONTH:
                return f"{self.first_on:%Y-%m}"
            case PeriodLength.QUARTER:
                return f"{self.first_on:%Y}-Q{(self.first_on.month + 2) // 3}"
            case PeriodLength.YEAR:
                return f"{self.first_on:%Y}"

    @property
    def name(self) -> str:
        """'25/11/2026', 'tháng 11/2026', 'quý 4/2026', 'năm 2026'."""
        match self.length:
            case PeriodLength.DAY:
                return f"{self.first_on:%d/%m/%Y}"
            case PeriodLength.MONTH:
                return f"tháng {self.first_on:%m/%Y}"
            case PeriodLength.QUARTER:
                return f"quý {(self.first_on.month + 2) // 3}/{self.first_on:%Y}"
            case PeriodLength.YEAR:
                return f"năm {self.first_on:%Y}"

    @property
    def last_on(self) -> date:
        if self.length is PeriodLength.DAY:
            return self.first_on
        months = {PeriodLength.MONTH: 1, PeriodLength.QUARTER: 3, PeriodLength.YEAR: 12}[self.length]
        last = self.first_on.replace(month=self.first_on.month + months - 1)
        return last.replace(day=calendar.monthrange(last.year, last.month)[1])

    def before(self) -> ObservedPeriod:
        """The period that ends the day before this one begins."""
        return ObservedPeriod.of(self.first_on - timedelta(days=1), self.length)
