"""Dự báo cuối năm: where the completion rate will stand when the statistical year ends, how well that could have been
said in earlier years, and with which error. What a unit must do to reach its target is in domain/year_path.py.

Two methods compete in a back-test over rolling origins; the baseline ships unless the other one beats it there. A rate
is completed over có điều kiện, in việc or in đồng alike, so that nothing here depends on the size of a unit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property

from domain.statistics import TWO_PLACES, StatisticalYear, same_day_last_year

# Fewer tests than these say nothing about a horizon; errors of one year only are the errors of that year.
LEAST_TESTS = 20
LEAST_YEARS = 2
# The interval holds the middle eight tenths of the errors.
LOWER_SHARE, UPPER_SHARE = Decimal("0.1"), Decimal("0.9")
# Points that stand for "as in the years before": with a rate near zero the pace of a few weeks says little.
DRAWN_IN_POINTS = Decimal(15)
_MONTH_DAYS = Decimal("30.4375")
_ALL = Decimal(100)


class ForecastMethod(StrEnum):
    """How the year end is reckoned: last year's curve scaled, or what was added in earlier years, scaled less."""

    LAST_YEAR = "last_year"
    DRAWN_IN = "drawn_in"


METHOD_NAMES = {
    ForecastMethod.LAST_YEAR: "Đường năm trước nhân theo tỷ lệ hiện tại",
    ForecastMethod.DRAWN_IN: "Phần còn lại của các năm trước, thu về trung bình",
}


class VerdictReason(StrEnum):
    """Why a method is the one that ships."""

    TOO_FEW = "too_few"
    NOT_BETTER = "not_better"
    BETTER = "better"


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Completed and có điều kiện of the year to the end of a day, in việc or in đồng."""

    day: date
    completed: int
    enforceable: int

    @property
    def rate(self) -> Decimal | None:
        """In percent, not rounded; None without a denominator."""
        return rate_of(Decimal(self.completed), Decimal(self.enforceable))


@dataclass(frozen=True)
class YearCurve:
    """Đường lũy kế of a statistical year: its days in order, or the ends of its months."""

    year: StatisticalYear
    days: tuple[DayFigures, ...]

    @cached_property
    def _ordered(self) -> list[date]:
        return [each.day for each in self.days]

    @property
    def last(self) -> DayFigures:
        """The newest day that is known."""
        return self.days[-1]

    @property
    def is_whole(self) -> bool:
        """Whether it ran to the end and completed anything: a year nobody recorded has no shape."""
        return bool(self.days) and self.last.day == self.year.last_on and self.last.completed > 0

    def at(self, day: date) -> tuple[Decimal, Decimal] | None:
        """Completed and có điều kiện on a day, in a straight line between two that are known; None outside of them."""
        place = bisect_left(self._ordered, day)
        if place == len(self.days) or (place == 0 and self.days[0].day != day):
            return None
        after = self.days[place]
        if after.day == day:
            return Decimal(after.completed), Decimal(after.enforceable)
        before = self.days[place - 1]
        share = Decimal((day - before.day).days) / (after.day - before.day).days
        return (
            before.completed + (after.completed - before.completed) * share,
            before.enforceable + (after.enforceable - before.enforceable) * share,
        )

    def rate_at(self, day: date) -> Decimal | None:
        """The rate on a day; None where it is unknown."""
        known = self.at(day)
        return None if known is None else rate_of(*known)


@dataclass(frozen=True, slots=True)
class PastForecast:
    """Một lần đối chiếu: what each method would have said at `origin_on`, less what came (actual minus forecast)."""

    series: str
    year: int
    origin_on: date
    months: int
    errors: Mapping[ForecastMethod, Decimal]


@dataclass(frozen=True, slots=True)
class HorizonErrors:
    """Kết quả đối chiếu at one horizon: how many forecasts, of how many years, and the mean absolute error of each."""

    months: int
    number: int
    years: int
    mean_errors: Mapping[ForecastMethod, Decimal]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The method that ships for a horizon, and why."""

    method: ForecastMethod = ForecastMethod.LAST_YEAR
    reason: VerdictReason = VerdictReason.TOO_FEW
    here: HorizonErrors | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """Dự báo: the rate at the year's end in percent, two places, and between what it may lie; no bounds where too few
    past years can tell."""

    rate: Decimal
    bounds: tuple[Decimal, Decimal] | None = field(default=None)


def rate_of(completed: Decimal, enforceable: Decimal) -> Decimal | None:
    """In percent, not rounded; None without a denominator."""
    return completed * 100 / enforceable if enforceable > 0 else None


def months_until(day: date, target_on: date) -> int:
    """A horizon in whole months, half up."""
    return int((Decimal((target_on - day).days) / _MONTH_DAYS).quantize(Decimal(1), ROUND_HALF_UP))


def later_rate(method: ForecastMethod, before: Sequence[YearCurve], now: DayFigures, target_on: date) -> Decimal | None:
    """The rate on a later day of the same year, within 0 and 100; None where no earlier year can tell.

    `before` are whole earlier years in order; nothing after `now` is looked at.
    """
    rate = now.rate
    shapes = _shapes(before, now.day, target_on)
    if rate is None or not shapes or shapes[-1][0] != 1:
        return None
    if method is ForecastMethod.LAST_YEAR:
        _, then, end = shapes[-1]
        return _within(rate * end / then) if then > 0 else None
    then = sum((shape[1] for shape in shapes), Decimal(0)) / len(shapes)
    end = sum((shape[2] for shape in shapes), Decimal(0)) / len(shapes)
    scale = (rate + DRAWN_IN_POINTS) / (then + DRAWN_IN_POINTS)
    return _within(rate + scale * (end - then))


def back_test(series: Mapping[str, Sequence[YearCurve]]) -> list[PastForecast]:
    """Every forecast that could have been made at the end of a month for the last day known of its year, with no more
    than was known then; of each series (a unit, or the whole) by itself."""
    tests: list[PastForecast] = []
    for name, curves in series.items():
        for place, curve in enumerate(curves):
            tests += _tests_of(name, whole_years(curves[:place]), curve)
    return tests


def whole_years(curves: Sequence[YearCurve]) -> list[YearCurve]:
    """The years that ran to their end, in order."""
    return [curve for curve in curves if curve.is_whole]


def horizons_of(tests: Iterable[PastForecast]) -> list[HorizonErrors]:
    """The table of the back-test, nearest first."""
    by_months: dict[int, list[PastForecast]] = {}
    for test in tests:
        by_months.setdefault(test.months, []).append(test)
    return [
        HorizonErrors(months, len(found), len({test.year for test in found}), _mean_errors(found))
        for months, found in sorted(by_months.items())
    ]


def verdict_of(tests: Sequence[PastForecast], months: int) -> Verdict:
    """The method for a horizon: the baseline, unless the other had the smaller mean error both at this horizon and
    over all of them."""
    here = next((one for one in horizons_of(tests) if one.months == months), None)
    if here is None or here.number < LEAST_TESTS:
        return Verdict(here=here)
    is_better = all(
        means[ForecastMethod.DRAWN_IN] < means[ForecastMethod.LAST_YEAR]
        for means in (here.mean_errors, _mean_errors(tests))
    )
    if not is_better:
        return Verdict(reason=VerdictReason.NOT_BETTER, here=here)
    return Verdict(ForecastMethod.DRAWN_IN, VerdictReason.BETTER, here)


def recorded_money(cases: Sequence[YearCurve], amount: Sequence[YearCurve]) -> list[YearCurve]:
    """The curves of tiền without the ended years in which no việc is known to have been completed: what is left of such
    a year are payments on việc that still live, not its shape."""
    known = {curve.year for curve in whole_years(cases)}
    return [curve for curve in amount if not curve.is_whole or curve.year in known]


def year_end(curves: Sequence[YearCurve], tests: Sequence[PastForecast], verdict: Verdict) -> Forecast | None:
    """The forecast of one series for the end of its newest year; None where nothing can be said. On the last day it is
    what was reached."""
    if not curves or not curves[-1].days:
        return None
    curve = curves[-1]
    now, last_on = curve.last, curve.year.last_on
    rate = now.rate if now.day == last_on else later_rate(verdict.method, whole_years(curves[:-1]), now, last_on)
    if rate is None:
        return None
    return Forecast(_rounded(rate), _bounds(tests, verdict.method, months_until(now.day, last_on), rate))


def years_behind(tests: Iterable[PastForecast], months: int) -> int:
    """Of how many years the errors near a horizon are known."""
    return len({test.year for test in tests if abs(test.months - months) <= 1})


def _bounds(
    tests: Sequence[PastForecast], method: ForecastMethod, months: int, rate: Decimal
) -> tuple[Decimal, Decimal] | None:
    near = sorted(test.errors[method] for test in tests if abs(test.months - months) <= 1)
    if len(near) < LEAST_TESTS or years_behind(tests, months) < LEAST_YEARS:
        return None
    low = near[int(LOWER_SHARE * (len(near) - 1))]
    high = near[-1 - int((1 - UPPER_SHARE) * (len(near) - 1))]
    return _rounded(_within(rate + min(low, Decimal(0)))), _rounded(_within(rate + max(high, Decimal(0))))


def _tests_of(name: str, before: Sequence[YearCurve], curve: YearCurve) -> list[PastForecast]:
    if not before or not curve.days:
        return []
    target_on, actual = curve.last.day, curve.last.rate
    found = []
    for now in curve.days:
        months = months_until(now.day, target_on)
        if (now.day + timedelta(days=1)).day != 1 or months < 1 or actual is None:
            continue
        told = {method: later_rate(method, before, now, target_on) for method in ForecastMethod}
        errors = {method: actual - rate for method, rate in told.items() if rate is not None}
        if len(errors) == len(told):
            found.append(PastForecast(name, curve.year.year, now.day, months, errors))
    return found


def _shapes(before: Sequence[YearCurve], day: date, target_on: date) -> list[tuple[int, Decimal, Decimal]]:
    """How many years back, the rate on that day and on the day of the target, of each earlier year that has both."""
    found = []
    for curve in before:
        back = StatisticalYear.of(day).year - curve.year.year
        then, end = curve.rate_at(_years_before(day, back)), curve.rate_at(_years_before(target_on, back))
        if back > 0 and then is not None and end is not None:
            found.append((back, then, end))
    return found


def _years_before(day: date, back: int) -> date:
    for _ in range(back):
        day = same_day_last_year(day)
    return day


def _mean_errors(tests: Sequence[PastForecast]) -> dict[ForecastMethod, Decimal]:
    return {
        method: sum((abs(test.errors[method]) for test in tests), Decimal(0)) / len(tests) for method in ForecastMethod
    }


def _within(rate: Decimal) -> Decimal:
    return min(max(rate, Decimal(0)), _ALL)


def _rounded(rate: Decimal) -> Decimal:
    return rate.quantize(TWO_PLACES, ROUND_HALF_UP)
