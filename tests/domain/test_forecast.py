"""A forecast stays within 0 and 100, ends where the year ends, knows nothing of what came later, and is tested."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.forecast import (
    LEAST_TESTS,
    DayFigures,
    Forecast,
    ForecastMethod,
    PastForecast,
    VerdictReason,
    YearCurve,
    back_test,
    horizons_of,
    later_rate,
    months_until,
    verdict_of,
    whole_years,
    year_end,
)
from domain.statistics import StatisticalYear

METHODS = st.sampled_from(list(ForecastMethod))
ENFORCEABLE = 1000


def month_ends(year: StatisticalYear) -> list[date]:
    days = [year.first_on + timedelta(days=step) for step in range(year.days)]
    return [day for day in days if (day + timedelta(days=1)).day == 1]


def a_curve(
    year: int, completed: Sequence[int], enforceable: Callable[[int], int] = lambda _: ENFORCEABLE
) -> YearCurve:
    """The ends of the first months of a year."""
    ends = month_ends(StatisticalYear(year))
    days = [DayFigures(ends[step], done, enforceable(step)) for step, done in enumerate(completed)]
    return YearCurve(StatisticalYear(year), tuple(days))


def a_linear(year: int, end: int = 800, months: int = 12) -> YearCurve:
    return a_curve(year, [end * (step + 1) // 12 for step in range(months)])


steps = st.lists(st.integers(0, 90), min_size=12, max_size=12)


@st.composite
def years(draw: st.DrawFn) -> list[YearCurve]:
    """Two to four whole years and one that runs."""
    found = []
    for year in range(2023, 2023 + draw(st.integers(2, 4))):
        so_far = 0
        completed = []
        for step in draw(steps):
            so_far += step
            completed.append(so_far)
        base, grows = draw(st.integers(1080, 2000)), draw(st.integers(0, 60))
        found.append(a_curve(year, completed, lambda step, base=base, grows=grows: base + grows * step))
    until = draw(st.integers(1, 12))
    return [*found[:-1], replace(found[-1], days=found[-1].days[:until])]


@given(years(), METHODS)
def test_a_forecast_lies_between_nothing_and_everything(curves: list[YearCurve], method: ForecastMethod) -> None:
    now = curves[-1].last
    rate = later_rate(method, whole_years(curves[:-1]), now, curves[-1].year.last_on)
    assert rate is None or 0 <= rate <= 100
    tests = back_test({"A": curves})
    told = year_end(curves, tests, verdict_of(tests, months_until(now.day, curves[-1].year.last_on)))
    assert told is None or 0 <= told.rate <= 100


@given(years())
def test_on_the_last_day_the_forecast_is_what_was_reached(curves: list[YearCurve]) -> None:
    ended = curves[-2]
    told = year_end(curves[:-1], [], verdict_of([], 0))
    assert ended.last.day == ended.year.last_on and ended.last.rate is not None
    assert told == Forecast(ended.last.rate.quantize(Decimal("0.01")), None)
    for method in ForecastMethod:
        rate = later_rate(method, whole_years(curves[:-2]), ended.last, ended.year.last_on)
        assert rate is None or abs(rate - ended.last.rate) < Decimal("1e-20")


@given(years(), METHODS, st.integers(2, 10**9))
def test_twice_the_cases_is_the_same_rate(curves: list[YearCurve], method: ForecastMethod, factor: int) -> None:
    def told(some: list[YearCurve]) -> Decimal | None:
        rate = later_rate(method, whole_years(some[:-1]), some[-1].last, some[-1].year.last_on)
        return None if rate is None else rate.quantize(Decimal("1e-12"))

    larger = [
        replace(
            curve,
            days=tuple(
                replace(day, completed=day.completed * factor, enforceable=day.enforceable * factor)
                for day in curve.days
            ),
        )
        for curve in curves
    ]
    assert told(larger) == told(curves)


@given(years(), st.integers(0, 11), st.integers(0, 900))
def test_nothing_after_the_origin_changes_what_the_back_test_said(
    curves: list[YearCurve], place: int, completed: int
) -> None:
    """Everything later in the tested year but its last day, which is the truth to be met, may change at will."""
    tested = curves[-2]
    changed = tuple(
        replace(day, completed=completed) if place < step < len(tested.days) - 1 else day
        for step, day in enumerate(tested.days)
    )
    before = {test.origin_on: test for test in back_test({"A": curves[:-1]}) if test.year == tested.year.year}
    after = {
        test.origin_on: test
        for test in back_test({"A": [*curves[:-2], replace(tested, days=changed)]})
        if test.year == tested.year.year
    }
    early = {day.day for day in tested.days[: place + 1]}
    assert {on: one for on, one in before.items() if on in early} == {
        on: one for on, one in after.items() if on in early
    }
    later = [replace(curves[-1], days=()), a_linear(2028, 999)]
    assert before == {
        test.origin_on: test for test in back_test({"A": [*curves[:-1], *later]}) if test.year == tested.year.year
    }


def test_last_year_scaled_is_the_baseline_and_the_other_is_drawn_in() -> None:
    last_year, now = a_linear(2026, 800), DayFigures(date(2026, 12, 31), 260, ENFORCEABLE)
    told = [later_rate(method, [last_year], now, date(2027, 9, 30)) for method in ForecastMethod]
    assert told[0] is not None and told[1] is not None
    # 26% against 20% then, 80% in the end: scaled wholly it would be beyond everything.
    assert told[0] == 100
    assert told[1].quantize(Decimal("0.1")) == Decimal("96.3")


def test_without_last_year_or_without_a_denominator_there_is_no_number() -> None:
    now = DayFigures(date(2026, 12, 31), 260, ENFORCEABLE)
    for method in ForecastMethod:
        assert later_rate(method, [], now, date(2027, 9, 30)) is None
        assert later_rate(method, [a_linear(2025)], now, date(2027, 9, 30)) is None
        assert later_rate(method, [a_linear(2026)], replace(now, enforceable=0), date(2027, 9, 30)) is None
    unrecorded = a_curve(2026, [0] * 12)
    assert whole_years([unrecorded]) == []
    assert year_end([unrecorded, a_linear(2027, months=3)], [], verdict_of([], 9)) is None


def errors(months: int, year: int, last_year: str, drawn_in: str) -> PastForecast:
    said = {ForecastMethod.LAST_YEAR: Decimal(last_year), ForecastMethod.DRAWN_IN: Decimal(drawn_in)}
    return PastForecast("A", year, date(2026, 1, 31), months, said)


def test_the_baseline_ships_unless_the_other_was_better_here_and_everywhere() -> None:
    better = [errors(8, 2026, "-6", "2")] * LEAST_TESTS
    worse = [errors(3, 2026, "1", "-9")] * LEAST_TESTS
    assert verdict_of([], 8).reason is VerdictReason.TOO_FEW
    assert verdict_of(better[1:], 8).reason is VerdictReason.TOO_FEW
    assert verdict_of(better, 8).method is ForecastMethod.DRAWN_IN
    assert verdict_of(worse, 3).reason is VerdictReason.NOT_BETTER
    assert verdict_of([*better, *worse, *worse], 8).method is ForecastMethod.LAST_YEAR
    assert verdict_of(better, 3).method is ForecastMethod.LAST_YEAR
    (table,) = horizons_of(better)
    assert (table.months, table.number, table.years) == (8, LEAST_TESTS, 1)
    assert table.mean_errors[ForecastMethod.LAST_YEAR] == 6


def test_bounds_come_from_the_errors_of_two_years_and_more() -> None:
    curves = [a_linear(2026, 800), a_linear(2027, 800, months=3)]
    one_year = [errors(9, 2025, str(step), "0") for step in range(-10, 11)]
    two_years = [replace(test, year=2025 + place % 2) for place, test in enumerate(one_year)]
    told = year_end(curves, one_year, verdict_of([], 9))
    assert told == Forecast(Decimal("80.00"), None)
    told = year_end(curves, two_years, verdict_of([], 9))
    assert told == Forecast(Decimal("80.00"), (Decimal("72.00"), Decimal("88.00")))
