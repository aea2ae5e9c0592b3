"""Rates, pace and comparisons, against what the ministry and the pictures print."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from statistics_support import CURRENT

from domain.statistics import (
    ClassTotal,
    Figures,
    Measure,
    Period,
    StatisticalYear,
    figures,
    pace,
    percentage,
    same_day_last_year,
    total,
)


def test_rates_are_percent_of_enforceable_rounded_half_up_to_two_places() -> None:
    measure = Measure(completed=369_372, enforceable_in_progress=210_041, not_enforceable=148_814)
    assert measure.completion_rate == Decimal("63.75")
    assert measure.enforceable_rate == Decimal("79.56")
    assert measure.not_enforceable_rate == Decimal("20.44")
    assert percentage(1, 800) == Decimal("0.13")


def test_a_rate_without_a_denominator_is_unknown_and_not_zero() -> None:
    assert Measure().completion_rate is None
    assert Figures().as_dict()["cases"]["completion_rate"] is None


@pytest.mark.parametrize(
    ("target", "on", "expected"),
    [
        ("83.90", date(2025, 3, 31), "41.95"),
        ("51.90", date(2025, 3, 31), "25.95"),
        ("83.5", date(2026, 11, 23), "12.35"),
        ("47.5", date(2026, 11, 23), "7.03"),
        ("83.5", date(2026, 12, 31), "20.88"),
        ("83.5", date(2027, 9, 30), "83.50"),
        ("83.5", date(2026, 10, 1), "0.23"),
        ("60", date(2028, 2, 29), "25.00"),
    ],
)
def test_pace_is_twelfths_at_a_month_end_and_days_between(target: str, on: date, expected: str) -> None:
    assert pace(Decimal(target), on) == Decimal(expected)


def test_day_fifty_four_of_the_sample_year_is_the_twenty_third_of_november() -> None:
    year = StatisticalYear.of(date(2026, 11, 23))
    assert year.year == 2027
    assert (date(2026, 11, 23) - year.first_on).days + 1 == 54
    assert (year.days, StatisticalYear(2028).days) == (365, 366)


def test_the_same_day_last_year_of_a_leap_day_is_the_twenty_eighth() -> None:
    assert same_day_last_year(date(2028, 2, 29)) == date(2027, 2, 28)
    assert same_day_last_year(date(2026, 11, 23)) == date(2025, 11, 23)


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends on or after"):
        Period(date(2026, 10, 2), date(2026, 10, 1))


def test_stocks_are_read_at_the_end_and_flows_inside_the_period() -> None:
    totals = {
        "enforceable": ClassTotal(stock_cases=7, flow_cases=-3),
        "completed": ClassTotal(stock_cases=100, flow_cases=5),
        "docketed": ClassTotal(stock_cases=200, flow_cases=4),
    }
    cases = figures(totals, CURRENT).cases
    assert (cases.enforceable, cases.completed, cases.newly_docketed, cases.carried_over) == (12, 5, 4, 8)


def test_the_total_of_units_adds_every_figure() -> None:
    one = Figures(Measure(completed=1, entrusted=2), Measure(reduced=3))
    assert total([one, one]) == Figures(Measure(completed=2, entrusted=4), Measure(reduced=6))
    assert total([]) == Figures()


def test_the_dictionary_says_every_figure_of_the_form_in_plain_numbers() -> None:
    told = Figures(Measure(completed=1, enforceable_in_progress=2), Measure()).as_dict()["cases"]
    assert told["completion_rate"] == "33.33"
    assert told["carried_forward"] == 2
    assert set(told) >= {
        "total_docketed",
        "carried_over",
        "to_enforce",
        "separate_register",
        "enforceable_carried_forward",
    }
