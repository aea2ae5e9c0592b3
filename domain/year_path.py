"""Đường tới chỉ tiêu: what is still to be completed until 30 September, in how many working weeks, beside the pace of
the last weeks; and what so many việc a week more would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from urllib.parse import urlencode

from domain.forecast import (
    DayFigures,
    Forecast,
    PastForecast,
    Verdict,
    YearCurve,
    rate_of,
    whole_years,
    year_end,
)
from domain.indicators import CountedIn
from domain.statistics import TWO_PLACES, same_day_last_year
from domain.working_days import WorkingCalendar

PACE_WEEKS = 8
WORKING_DAYS_A_WEEK = 5
# More steps a week than this are no wish of one unit or province any more.
MOST_MORE = 100
# What one step of "so much more a week" is: one việc, or so many đồng.
MORE_STEP: Mapping[CountedIn, int] = {CountedIn.CASES: 1, CountedIn.AMOUNT: 100_000_000}
ONE_PLACE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class YearPath:
    """Đường tới chỉ tiêu of a unit, in việc or in đồng.

    `expected` is có điều kiện at the year's end: as much more than today as last year, today's where last year cannot
    tell (`is_today`). `pace` is a week's mean of the last eight, None where they are not known.
    """

    target: Decimal
    completed: int
    expected: int
    is_today: bool
    weeks_left: Decimal
    pace: Decimal | None

    @property
    def needed(self) -> int:
        """What is still to be completed; 0 when the target is reached."""
        wanted = (self.target * self.expected / 100).to_integral_value(ROUND_CEILING)
        return max(0, int(wanted) - self.completed)

    @property
    def per_week(self) -> Decimal | None:
        """What is needed in each working week that is left, one decimal, rounded up; None when none is left."""
        if self.needed == 0:
            return Decimal(0)
        return (self.needed / self.weeks_left).quantize(ONE_PLACE, ROUND_CEILING) if self.weeks_left else None

    @property
    def is_behind(self) -> bool:
        """Whether the pace of the last weeks does not reach the target."""
        return self.per_week is None or (self.pace is not None and self.pace < self.per_week)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Nếu: the rate at the year's end with so many việc, or đồng, a week more than the last eight weeks, and the day on
    which the target is reached; None when it is not before the year ends."""

    weekly: Decimal
    rate: Decimal | None
    reached_on: date | None


def year_path(curves: Sequence[YearCurve], target: Decimal, calendar: WorkingCalendar) -> YearPath | None:
    """The path of the newest year of a series; None where nothing of it is known."""
    if not curves or not curves[-1].days:
        return None
    now = curves[-1].last
    last_year = next(iter(whole_years(curves[:-1])[-1:]), None)
    expected = _expected(last_year, now, curves[-1].year.last_on)
    return YearPath(
        target=target,
        completed=now.completed,
        expected=max(now.completed, now.enforceable if expected is None else expected),
        is_today=expected is None,
        weeks_left=working_weeks(calendar, now.day, curves[-1].year.last_on),
        pace=weekly_pace(curves),
    )


def weekly_pace(curves: Sequence[YearCurve]) -> Decimal | None:
    """Completed in the last eight weeks, a week; None where one of the days is not known."""
    curve = curves[-1]
    now, since = curve.last, curve.last.day - timedelta(weeks=PACE_WEEKS)
    before = curve.at(since)
    if before is not None:
        return (now.completed - before[0]) / PACE_WEEKS
    if since == curve.year.first_on - timedelta(days=1):
        return Decimal(now.completed) / PACE_WEEKS
    last_year = curves[-2] if len(curves) > 1 else None
    then = last_year.at(since) if last_year is not None and last_year.is_whole else None
    if last_year is None or then is None:
        return None
    return (now.completed + last_year.last.completed - then[0]) / PACE_WEEKS


def working_weeks(calendar: WorkingCalendar, after: date, last_on: date) -> Decimal:
    """The working days after a day until the last one, in weeks of five."""
    days = sum(calendar.is_working_day(after + timedelta(days=step)) for step in range(1, (last_on - after).days + 1))
    return Decimal(days) / WORKING_DAYS_A_WEEK


def what_if(path: YearPath, more: int, today: date, last_on: date, calendar: WorkingCalendar) -> WhatIf | None:
    """With `more` (việc or đồng, as the path counts) a week besides the pace of the last weeks; None where that pace is
    not known."""
    if path.pace is None:
        return None
    weekly = max(Decimal(0), path.pace + more)
    completed = min(Decimal(path.expected), path.completed + weekly * path.weeks_left)
    rate = rate_of(completed, Decimal(path.expected))
    rounded = None if rate is None else rate.quantize(TWO_PLACES, ROUND_HALF_UP)
    if path.needed == 0:
        return WhatIf(weekly, rounded, today)
    if weekly == 0 or path.needed > weekly * path.weeks_left:
        return WhatIf(weekly, rounded, None)
    days = int((path.needed * WORKING_DAYS_A_WEEK / weekly).to_integral_value(ROUND_CEILING))
    reached_on = calendar.working_day_after(today, days)
    return WhatIf(weekly, rounded, reached_on if reached_on <= last_on else None)


def _expected(last_year: YearCurve | None, now: DayFigures, last_on: date) -> int | None:
    """Có điều kiện at the end, grown from this day on as it grew last year."""
    if last_year is None or last_year.year.last_on != same_day_last_year(last_on):
        return None
    then = last_year.at(same_day_last_year(now.day))
    if then is None or then[1] <= 0:
        return None
    grown = now.enforceable * Decimal(last_year.last.enforceable) / then[1]
    return int(grown.to_integral_value(ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Outlook:
    """Triển vọng of a unit (or of all): its rate to date, where it will end, its target and the path there; each None
    where it is not known, which is never a number."""

    code: str
    rate: Decimal | None
    forecast: Forecast | None
    target: Decimal | None
    path: YearPath | None

    @property
    def falls_short(self) -> bool:
        """Whether the forecast lies below the target."""
        return self.forecast is not None and self.target is not None and self.forecast.rate < self.target

    @property
    def is_behind(self) -> bool:
        """Whether the pace of the last weeks is abnormal: too slow for the target, and no forecast says that the year
        will make up for it, as it did last year."""
        return self.path is not None and self.path.is_behind and (self.forecast is None or self.falls_short)


@dataclass(frozen=True, slots=True)
class ForecastFilter:
    """Bộ lọc: a unit, '' for all; what is counted; so many steps (MORE_STEP) a week more."""

    unit: str = ""
    counted_in: CountedIn = CountedIn.CASES
    more: int = 0

    @classmethod
    def from_address(cls, values: Mapping[str, str]) -> ForecastFilter:
        """What an address asks for; anything not understood is the default."""
        counted_in, more = values.get("in", ""), values.get("more", "")
        return cls(
            unit=values.get("unit", "")[:40],
            counted_in=CountedIn(counted_in) if counted_in in set(CountedIn) else CountedIn.CASES,
            more=min(int(more[:6]), MOST_MORE) if more.isascii() and more.isdecimal() else 0,
        )

    @property
    def more_a_week(self) -> int:
        """In việc, or in đồng."""
        return self.more * MORE_STEP[self.counted_in]

    def address(self) -> str:
        """The query of an address that asks for this, '' for the default."""
        counted_in = "" if self.counted_in is CountedIn.CASES else self.counted_in.value
        said = {"unit": self.unit, "in": counted_in, "more": str(self.more) if self.more else ""}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"?{query}" if query else ""


def outlook(
    code: str,
    curves: Sequence[YearCurve],
    told: tuple[Sequence[PastForecast], Verdict],
    target: Decimal | None,
    calendar: WorkingCalendar,
) -> Outlook:
    """The outlook of a series whose newest year is the current one, by the back-test and verdict `told`."""
    rate = curves[-1].last.rate if curves and curves[-1].days else None
    return Outlook(
        code=code,
        rate=None if rate is None else rate.quantize(TWO_PLACES, ROUND_HALF_UP),
        forecast=year_end(curves, *told),
        target=target,
        path=None if target is None else year_path(curves, target, calendar),
    )
