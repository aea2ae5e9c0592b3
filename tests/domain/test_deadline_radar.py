"""The radar parts every clock into one window, its filter is its address, and a year without days off is named."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadline_radar import (
    ClockFilter,
    ClockGroup,
    ClockSort,
    ClockTimes,
    ClockWindow,
    RadarDays,
    RunningClocks,
    due_by_day,
    month_weeks,
    paged,
    times_by_unit,
    times_of,
    years_without_holidays,
)
from domain.deadlines import Clock
from domain.working_days import WorkingCalendar

TODAY = date(2026, 11, 26)
CALENDAR = WorkingCalendar(frozenset({date(2026, 11, 27)}), ((time(7), time(17)),), frozenset({date(2026, 11, 28)}))
DAYS = RadarDays.of(TODAY, 3, CALENDAR)

groups = st.builds(
    ClockGroup,
    st.sampled_from(list(Clock)),
    st.just(date(2026, 1, 5)),
    st.integers(-60, 60).map(lambda shift: TODAY + timedelta(days=shift)),
    st.integers(1, 9),
)
filters = st.builds(
    ClockFilter,
    unit=st.sampled_from(["", "PHUVANG"]),
    officer=st.sampled_from(["", "CHV-01"]),
    clock=st.sampled_from([None, *Clock]),
    window=st.sampled_from(list(ClockWindow)),
    day=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    month=st.sampled_from(["", "2026-11"]),
    sort=st.sampled_from(list(ClockSort)),
    descending=st.booleans(),
    page=st.integers(1, 900),
)


def test_three_working_days_pass_over_a_holiday_and_count_a_saturday_that_is_worked() -> None:
    assert RadarDays(TODAY, date(2026, 11, 29), date(2026, 12, 1)) == DAYS


def test_the_week_ends_on_its_sunday_and_what_is_due_today_is_in_time() -> None:
    assert DAYS.holds(ClockWindow.WEEK, TODAY) and not DAYS.holds(ClockWindow.OVERDUE, TODAY)
    assert DAYS.holds(ClockWindow.WEEK, date(2026, 11, 29)) and DAYS.holds(ClockWindow.LATER, date(2026, 11, 30))


@given(st.lists(groups, max_size=30))
def test_every_clock_is_over_due_this_week_or_later_and_nothing_else(found: list[ClockGroup]) -> None:
    times = times_of(found, DAYS)
    assert times.running == sum(group.count for group in found)
    clocks = RunningClocks(("A", "B", "C"), tuple(found))
    assert sum(due_by_day(clocks, ClockFilter(), DAYS).values()) == times.running


def test_units_without_a_clock_stand_at_zero_and_the_clock_of_the_filter_counts() -> None:
    some, more = ClockTimes(1, 0, 2, 3), ClockTimes(0, 1, 1, 0)
    by_unit = {(Clock.PAY_OUT, "A"): some, (Clock.REVERIFICATION, "A"): more, (Clock.PAY_OUT, "GONE"): more}
    clocks = RunningClocks(("A", "B"), by_unit=by_unit)
    assert times_by_unit(clocks, ClockFilter()) == {"A": some + more, "B": ClockTimes(), "GONE": more}
    assert times_by_unit(clocks, ClockFilter(clock=Clock.REVERIFICATION))["A"] == more


@given(st.lists(groups, max_size=12), st.integers(1, 7), st.booleans())
def test_pages_of_groups_hold_every_row_once(found: list[ClockGroup], rows: int, descending: bool) -> None:
    ordered = sorted(found, key=lambda one: one.due_on)
    every = [group.due_on for group in ordered for _ in range(group.count)]
    every = every[::-1] if descending else every
    for first in range(0, len(every), rows):
        here, skipped = paged(ordered, first, rows, descending)
        days = [group.due_on for group in here for _ in range(group.count)]
        assert days[skipped : skipped + rows] == every[first : first + rows]


@given(filters)
def test_a_filter_is_its_address(wanted: ClockFilter) -> None:
    query = wanted.address().removeprefix("?")
    assert ClockFilter.from_address(dict(part.split("=") for part in query.split("&") if part)) == wanted


@pytest.mark.parametrize("name", ["clock", "window", "day", "month", "sort", "order", "page"])
@pytest.mark.parametrize("value", ["", "x", "0", "-1", "²", "2026-13", "99999999999999", "due; drop"])
def test_what_an_address_says_wrongly_is_the_default(name: str, value: str) -> None:
    assert ClockFilter.from_address({name: value}) == ClockFilter()


def test_a_month_is_whole_weeks_from_monday() -> None:
    weeks = month_weeks(date(2026, 11, 1))
    assert (weeks[0][0], weeks[-1][-1]) == (date(2026, 10, 26), date(2026, 12, 6))
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in weeks)


def test_a_year_whose_days_off_nobody_entered_is_named_and_only_where_it_matters() -> None:
    assert years_without_holidays(CALENDAR, [TODAY, date(2028, 6, 8), date(2027, 1, 1)]) == [2027, 2028]
    assert years_without_holidays(CALENDAR, [TODAY]) == []
