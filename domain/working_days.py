"""Ngày làm việc: which days and hours are working time in Huế, and when so many working hours are over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.local_time import LOCAL, local

DAY = timedelta(days=1)
# Longer than any stretch of holidays: a calendar without working time within it is a mistake.
SEARCHED_DAYS = 400


class NoWorkingTime(ValueError):
    """The calendar has no working time within a year: its windows or holidays are wrong."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Lịch làm việc: Monday to Friday but for holidays, and days off worked instead; windows of a day are local
    clock times in order, each (from, to)."""

    holidays: frozenset[date]
    windows: tuple[tuple[time, time], ...]
    extra_working_days: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open on a day."""
        return day in self.extra_working_days or (day.weekday() < 5 and day not in self.holidays)

    def working_day_from(self, day: date) -> date:
        """The day itself when offices are open on it, else the next one on which they are; raises NoWorkingTime."""
        return self.working_day_after(day - DAY, 1)

    def working_day_after(self, day: date, count: int) -> date:
        """The day on which `count` working days after `day` are over, `day` itself not counted; with none to count the
        first working day from `day` on. Raises NoWorkingTime."""
        if count == 0:
            return self.working_day_from(day)
        left, stretch = count, 0
        while left:
            day, stretch = day + DAY, stretch + 1
            if self.is_working_day(day):
                left, stretch = left - 1, 0
            if stretch > SEARCHED_DAYS:
                raise NoWorkingTime(f"no working day within {SEARCHED_DAYS} days before {day}")
        return day

    def has_holidays_of(self, year: int) -> bool:
        """Whether the days off of a year are known: no year is without one, so none named means nobody entered them."""
        return any(day.year == year for day in self.holidays)

    def is_working_time(self, at: datetime) -> bool:
        """Whether an aware instant lies in working time."""
        here = local(at)
        return self.is_working_day(here.date()) and any(begins <= here.time() < ends for begins, ends in self.windows)

    def due_after(self, start_at: datetime, hours: int) -> datetime:
        """The aware instant at which `hours` of working time since `start_at` are over; raises NoWorkingTime.

        Time outside working hours does not count: what is received at night begins in the morning.
        """
        left = timedelta(hours=hours)
        day = local(start_at).date()
        for _ in range(SEARCHED_DAYS):
            for begins_at, ends_at in self._spans(day):
                begins_at = max(begins_at, start_at)
                if begins_at >= ends_at:
                    continue
                if ends_at - begins_at >= left:
                    return begins_at + left
                left -= ends_at - begins_at
            day += DAY
        raise NoWorkingTime(f"no {hours} working hours within {SEARCHED_DAYS} days of {start_at}")

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        if not self.is_working_day(day):
            return []
        return [
            (datetime.combine(day, begins, LOCAL), datetime.combine(day, ends, LOCAL)) for begins, ends in self.windows
        ]
