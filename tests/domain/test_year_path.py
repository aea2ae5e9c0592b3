"""The path to the target: what is still needed, in working weeks, and what more a week would change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.forecast import DayFigures, YearCurve
from domain.statistics import StatisticalYear
from domain.working_days import WorkingCalendar
from domain.year_path import YearPath, weekly_pace, what_if, working_weeks, year_path

CALENDAR = WorkingCalendar(frozenset({date(2027, 9, 2)}), ((time(7), time(17)),))
LAST_ON = date(2027, 9, 30)
TODAY = date(2026, 11, 26)


def a_year(year: int, until: date, each_day: int = 2, enforceable: int = 1000) -> YearCurve:
    first = StatisticalYear(year).first_on
    days = [first + timedelta(days=step) for step in range((until - first).days + 1)]
    return YearCurve(
        StatisticalYear(year), tuple(DayFigures(day, each_day * (n + 1), enforceable + n) for n, day in enumerate(days))
    )


def test_weeks_are_of_five_working_days_without_the_days_off() -> None:
    assert working_weeks(CALENDAR, date(2027, 8, 27), date(2027, 9, 3)) == Decimal("0.8")
    assert working_weeks(CALENDAR, LAST_ON, LAST_ON) == 0


def test_the_path_grows_with_the_cases_that_will_come_as_last_year() -> None:
    last_year, now = a_year(2026, date(2026, 9, 30)), a_year(2027, TODAY)
    path = year_path([last_year, now], Decimal("83.5"), CALENDAR)
    assert path is not None and not path.is_today
    # 1056 then became 1364; of 1056 today as many are expected: 83,5% of them less the 114 that are done.
    assert (now.last.completed, path.expected, path.needed) == (114, 1364, 1025)
    assert (path.weeks_left, path.per_week) == (Decimal("43.8"), Decimal("23.5"))
    assert (path.pace, path.is_behind) == (Decimal(14), True)


def test_without_last_year_the_cases_of_today_stand_and_are_said_to() -> None:
    path = year_path([a_year(2027, TODAY)], Decimal("83.5"), CALENDAR)
    assert path is not None and path.is_today and path.expected == 1056
    assert year_path([], Decimal("83.5"), CALENDAR) is None


def test_the_pace_reaches_back_into_last_year() -> None:
    now = a_year(2027, date(2026, 10, 7), 3)
    assert weekly_pace([a_year(2026, date(2026, 9, 30)), now]) == Decimal(7 * 3 + 49 * 2) / 8
    assert weekly_pace([now]) is None
    assert weekly_pace([a_year(2027, date(2026, 11, 25), 2)]) == Decimal(14)


def test_a_target_that_is_reached_needs_nothing_and_one_without_weeks_is_out_of_reach() -> None:
    path = YearPath(Decimal(50), 600, 1000, False, Decimal(10), Decimal(3))
    assert (path.needed, path.per_week, path.is_behind) == (0, Decimal(0), False)
    late = replace(path, completed=400, weeks_left=Decimal(0))
    assert (late.needed, late.per_week, late.is_behind) == (100, None, True)


paths = st.builds(
    YearPath,
    st.decimals(1, 100, places=2),
    st.integers(0, 500),
    st.integers(500, 2000),
    st.booleans(),
    st.just(working_weeks(CALENDAR, TODAY, LAST_ON)),
    st.decimals(0, 40, places=1),
)


@given(paths, st.integers(0, 60))
def test_more_a_week_never_ends_lower_or_later(path: YearPath, more: int) -> None:
    told = [what_if(path, each, TODAY, LAST_ON, CALENDAR) for each in (more, more + 1)]
    assert told[0] is not None and told[1] is not None
    first, second = told
    assert first.rate is not None and second.rate is not None and 0 <= first.rate <= second.rate <= 100
    if first.reached_on is not None:
        assert second.reached_on is not None and TODAY <= second.reached_on <= first.reached_on <= LAST_ON


@given(paths)
def test_what_is_needed_a_week_reaches_the_target_in_time(path: YearPath) -> None:
    assert path.per_week is not None and path.pace is not None
    enough = replace(path, pace=path.per_week)
    told = what_if(enough, 0, TODAY, LAST_ON, CALENDAR)
    assert told is not None and told.reached_on is not None and told.rate is not None
    assert told.rate >= min(path.target, Decimal(100)).quantize(Decimal("0.01"))
    assert what_if(replace(path, pace=None), 5, TODAY, LAST_ON, CALENDAR) is None
