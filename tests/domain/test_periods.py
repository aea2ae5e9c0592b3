"""Reporting periods: months part the year, cumulative ones begin with it, each is running, provisional or closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.periods import (
    CUMULATIVE_MONTHS,
    PeriodKind,
    PeriodState,
    ReportingPeriod,
    month_of_day,
    months_of_year,
    over_and_open,
    period_by_code,
    periods_of_day,
    periods_of_year,
    periods_offered,
)
from domain.statistics import Period, StatisticalYear

years = st.integers(2001, 2099)
days = st.dates(date(2004, 1, 1), date(2098, 12, 31))


@given(years)
def test_months_part_the_year(year: int) -> None:
    months = months_of_year(year)
    whole = StatisticalYear(year)
    assert (months[0].first_on, months[-1].last_on) == (whole.first_on, whole.last_on)
    assert [each.first_on for each in months[1:]] == [each.last_on + timedelta(days=1) for each in months[:-1]]


@given(days)
def test_a_day_lies_in_one_month_and_in_the_cumulative_periods_that_reach_it(day: date) -> None:
    months = [each for each in months_of_year(StatisticalYear.of(day).year) if each.includes(day)]
    assert months == [month_of_day(day)]
    found = periods_of_day(day)
    assert [each for each in found if each.kind is PeriodKind.MONTH] == months
    reached = (day.year - StatisticalYear.of(day).first_on.year) * 12 + day.month - 10 + 1
    assert {each.months for each in found if each.kind is PeriodKind.CUMULATIVE} == {
        number for number in CUMULATIVE_MONTHS if number >= reached
    }


@given(years)
def test_a_cumulative_period_is_its_months_together_and_every_code_leads_back(year: int) -> None:
    months = months_of_year(year)
    for period in periods_of_year(year):
        assert period_by_code(period.code) == period
        if period.kind is PeriodKind.CUMULATIVE:
            assert (period.first_on, period.last_on) == (months[0].first_on, months[period.months - 1].last_on)
    assert len({period.code for period in periods_of_year(year)}) == 17


def test_periods_are_called_as_offices_call_them() -> None:
    six, november = ReportingPeriod(2027, PeriodKind.CUMULATIVE, 6), month_of_day(date(2026, 11, 23))
    assert (six.name, november.name) == ("6 tháng năm 2027", "Tháng 11/2026")
    assert (six.first_on, six.last_on) == (date(2026, 10, 1), date(2027, 3, 31))
    assert (november.code, six.code) == ("2027-t02", "2027-m06")
    assert month_of_day(date(2028, 2, 29)).last_on == date(2028, 2, 29)


@pytest.mark.parametrize("code", ["", "2027", "2027-m07", "2027-t13", "2027-t00", "1999-t01", "2027-x01", "2027-m06 "])
def test_what_is_no_period_has_none(code: str) -> None:
    assert period_by_code(code) is None


def test_a_period_is_over_only_after_its_last_day() -> None:
    october = month_of_day(date(2026, 10, 5))
    last = date(2026, 10, 31)
    assert october.state(last, is_closed=False) is PeriodState.RUNNING
    assert october.state(last + timedelta(days=1), is_closed=False) is PeriodState.PROVISIONAL
    assert october.state(last + timedelta(days=1), is_closed=True) is PeriodState.CLOSED
    assert october.counted_until(date(2026, 10, 20)) == Period(date(2026, 10, 1), date(2026, 10, 20))
    assert october.counted_until(date(2026, 12, 1)) == Period(date(2026, 10, 1), last)


@given(days)
def test_what_is_offered_has_begun_and_what_waits_is_over_and_not_closed(today: date) -> None:
    offered = periods_offered(today)
    assert all(each.has_begun(today) for each in offered)
    assert set(periods_of_day(today)) <= set(offered)
    waiting = over_and_open(today, [])
    assert all(each.is_over(today) for each in waiting)
    assert over_and_open(today, [each.code for each in waiting]) == []


def test_the_end_of_the_year_waits_to_be_closed_in_the_new_one() -> None:
    found = over_and_open(date(2026, 11, 23), [])
    assert [each.name for each in found] == ["Tháng 09/2026", "12 tháng năm 2026", "Tháng 10/2026"]
