"""A month of attendance: each person's days beside each other, and how many there are of each kind."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.attendance.records import DayStatus

# One letter a day: what a month table prints. A day that is not due is empty.
LETTERS = {
    DayStatus.NOT_DUE: "",
    DayStatus.PRESENT: "x",
    DayStatus.LATE: "M",
    DayStatus.LEFT_EARLY: "S",
    DayStatus.ON_LEAVE: "P",
    DayStatus.BUSINESS_TRIP: "C",
    DayStatus.FIELD_DUTY: "N",
    DayStatus.UNEXPLAINED: "V",
    DayStatus.UNKNOWN: "?",
}


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """Tháng công of one person, by code; `days` are the statuses from the first of the month on, None where not
    listed."""

    unit: str
    code: str
    days: Sequence[DayStatus | None]

    @property
    def counts(self) -> Mapping[DayStatus, int]:
        """How many days of each status."""
        return Counter(day for day in self.days if day is not None)


def month_of(text: str, today: date) -> date:
    """The first day of a month written 'YYYY-MM'; this month for anything else, and for one that has not begun."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if date(2018, 1, 1) <= first <= today else today.replace(day=1)


def days_of(first: date, today: date) -> list[date]:
    """The days of a month up to today."""
    last = calendar.monthrange(first.year, first.month)[1]
    return [first.replace(day=number) for number in range(1, last + 1) if first.replace(day=number) <= today]


def previous_month(first: date) -> date:
    """The month before."""
    return first.replace(year=first.year - 1, month=12) if first.month == 1 else first.replace(month=first.month - 1)
