"""What needs a person: from which figure on, in which order, and never twice for one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alarms import (
    Priority,
    UnitRates,
    clock_alarms,
    count_by_priority,
    figure_alarms,
    held_file_alarm,
    rate_alarms,
    signs_by_unit,
    worst_first,
)
from domain.limits import WallLimits
from domain.rates import RateComparison
from domain.reception import ReceptionLimits

FALL = Decimal("2.0")
LIMITS = WallLimits(
    fall_points=FALL,
    band_points=Decimal(10),
    overdue_clocks=3,
    report_soon=timedelta(hours=4),
    unexplained_absences=1,
    reception=ReceptionLimits(timedelta(minutes=20), 5, timedelta(hours=2)),
    screen_dark=timedelta(minutes=15),
    certificate_soon=timedelta(days=14),
    deadline_soon=3,
    software_silent=timedelta(minutes=5),
    software_together=3,
    city_alert_hold=timedelta(hours=24),
)
PACE = Decimal("12.4")


def a_unit(
    value: str | None = "20.0", code: str = "PHUVANG", last_year: str = "20.0", clocks: int | None = 0
) -> UnitRates:
    """A unit with this rate in việc; money is on its pace."""
    rate = RateComparison(None if value is None else Decimal(value), PACE, Decimal(last_year), fall_points=FALL)
    return UnitRates(code, code.title(), rate, RateComparison(Decimal(9), Decimal(7), Decimal(9)), clocks)


@pytest.mark.parametrize(
    ("value", "rules"), [("12.35", []), ("12.34", ["cases_behind_pace"]), ("10.8", ["cases_behind_pace"])]
)
def test_a_unit_is_behind_only_below_the_printed_pace(value: str, rules: list[str]) -> None:
    assert [alarm.rule for alarm in rate_alarms(a_unit(value, last_year="12.0"))] == rules


@pytest.mark.parametrize(("last_year", "rules"), [("21.9", []), ("22.0", ["cases_below_last_year"])])
def test_a_fall_of_two_points_is_an_alarm(last_year: str, rules: list[str]) -> None:
    assert [alarm.rule for alarm in rate_alarms(a_unit(last_year=last_year))] == rules


def test_a_unit_that_is_behind_and_has_fallen_is_one_alarm() -> None:
    assert [alarm.rule for alarm in rate_alarms(a_unit("10.8", last_year="15.7"))] == ["cases_behind_pace"]


def test_a_unit_without_a_rate_is_no_alarm() -> None:
    assert rate_alarms(a_unit(None)) == []


def test_money_is_looked_at_only_where_it_is_shown() -> None:
    poor = replace(a_unit(), money=RateComparison(Decimal(5), Decimal(7), Decimal(9)))
    assert rate_alarms(poor) == []
    assert [alarm.rule for alarm in rate_alarms(poor, with_money=True)] == ["money_behind_pace"]


@pytest.mark.parametrize(("overdue", "alarms"), [(None, 0), (0, 0), (2, 0), (3, 1), (9, 1)])
def test_overdue_clocks_are_one_alarm_from_three_up_and_unknown_is_none(overdue: int | None, alarms: int) -> None:
    found = clock_alarms(a_unit(clocks=overdue), LIMITS)
    assert len(found) == alarms
    assert all(alarm.measure == overdue for alarm in found)


def test_a_held_file_stands_first_because_it_makes_the_other_figures_doubtful() -> None:
    held = held_file_alarm("HUE", "Toàn tỉnh", 1, datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    found = worst_first([*figure_alarms([a_unit("10.8", clocks=4)], a_unit(code="HUE"), LIMITS), *held])
    assert [alarm.rule for alarm in found] == ["import_held", "clocks_overdue", "cases_behind_pace"]
    assert held_file_alarm("HUE", "Toàn tỉnh", 0, None) == []


def test_the_clocks_of_the_whole_are_its_units_clocks_and_no_alarm_of_their_own() -> None:
    found = figure_alarms([a_unit(clocks=4)], a_unit(code="HUE", clocks=9), LIMITS)
    assert [(alarm.rule, alarm.unit) for alarm in found] == [("clocks_overdue", "PHUVANG")]


def test_a_wall_of_one_unit_has_that_unit_s_clocks() -> None:
    assert [alarm.rule for alarm in figure_alarms([], a_unit(clocks=4), LIMITS)] == ["clocks_overdue"]


@given(st.lists(st.tuples(st.decimals(0, 40, places=2), st.decimals(0, 40, places=2), st.integers(0, 9)), max_size=12))
def test_counts_and_signs_are_those_of_the_list(rows: list[tuple[Decimal, Decimal, int]]) -> None:
    units = [
        replace(a_unit(clocks=clocks, code=f"U{number}"), cases=RateComparison(rate, PACE, before, fall_points=FALL))
        for number, (rate, before, clocks) in enumerate(rows)
    ]
    found = worst_first(figure_alarms(units, a_unit(code="HUE"), LIMITS))
    assert list(found) == sorted(found, key=lambda alarm: alarm.priority)
    assert sum(count_by_priority(found).values()) == len(found)
    signs = signs_by_unit(found)
    assert sum(count for _, count in signs.values()) == sum(alarm.priority is not Priority.ORDINARY for alarm in found)
    for unit in units:
        abnormal = unit.cases.is_abnormal or (unit.overdue_clocks or 0) >= LIMITS.overdue_clocks
        assert (unit.code in signs) == abnormal
