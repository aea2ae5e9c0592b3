"""The working calendar: nights, weekends and holidays do not count, and time never runs backwards."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.working_days import load_working_calendar
from domain.local_time import LOCAL
from domain.working_days import NoWorkingTime, WorkingCalendar

WINDOWS = ((time(7, 30), time(11, 30)), (time(13), time(17)))
CALENDAR = WorkingCalendar(frozenset({date(2026, 11, 20)}), WINDOWS, frozenset({date(2026, 11, 28)}))
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(lambda at: at.replace(tzinfo=LOCAL))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (at(23, 7, 30), 4, at(23, 11, 30)),
        (at(23, 10), 4, at(23, 15, 30)),
        (at(23, 20), 1, at(24, 8, 30)),
        (at(19, 16), 2, at(23, 8, 30)),
        (at(27, 16), 2, at(28, 8, 30)),
        (at(23, 12), 0, at(23, 13)),
    ],
    ids=["a morning", "over noon", "at night", "over a holiday and a weekend", "a Saturday worked instead", "no time"],
)
def test_only_working_time_counts(start: datetime, hours: int, due: datetime) -> None:
    assert CALENDAR.due_after(start, hours) == due


@given(INSTANTS, st.integers(0, 80), st.integers(0, 80))
def test_more_hours_and_a_later_start_never_end_earlier(start: datetime, hours: int, more: int) -> None:
    due = CALENDAR.due_after(start, hours)
    assert due >= start
    assert CALENDAR.due_after(start, hours + more) >= due
    assert CALENDAR.due_after(start + timedelta(hours=more), hours) >= due


@given(INSTANTS, st.integers(1, 80))
def test_a_due_time_ends_a_stretch_of_working_time(start: datetime, hours: int) -> None:
    assert CALENDAR.is_working_time(CALENDAR.due_after(start, hours) - timedelta(seconds=1))


def test_a_calendar_without_working_time_is_refused_not_searched_for_ever() -> None:
    with pytest.raises(NoWorkingTime):
        WorkingCalendar(frozenset(), ()).due_after(at(23, 8), 1)


def test_the_calendar_that_ships_knows_fixed_holidays() -> None:
    calendar = load_working_calendar()
    assert not calendar.is_working_day(date(2026, 9, 2))
    assert calendar.is_working_day(date(2026, 11, 23))
    assert calendar.windows == WINDOWS
