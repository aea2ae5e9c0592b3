"""Vietnamese numbers, money and dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import format as text


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567"), (-1234, "\u22121.234")]
)
def test_thousands_are_set_off_by_dots(number: int, shown: str) -> None:
    assert text.whole(number) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("22.25", "22,3"),
        ("22.24", "22,2"),
        ("-4.95", "\u22125,0"),
        ("-0.04", "0,0"),
        ("1234.56", "1.234,6"),
        ("100", "100,0"),
    ],
)
def test_decimals_have_a_comma_and_round_half_away_from_zero(value: str, shown: str) -> None:
    assert text.decimal(Decimal(value)) == shown


def test_percent_and_points_say_what_they_are() -> None:
    assert text.percent(Decimal("63.75"), 2) == "63,75%"
    assert text.points(Decimal("9.9")) == "9,9 điểm"


@pytest.mark.parametrize(
    ("dong", "shown"),
    [
        (243_849_000_000, "243,8 tỷ đồng"),
        (85_150_000, "85,2 triệu đồng"),
        (999_999, "999.999 đồng"),
        (0, "0 đồng"),
        (-1_500_000_000, "\u22121,5 tỷ đồng"),
    ],
)
def test_money_is_said_in_the_largest_fitting_unit(dong: int, shown: str) -> None:
    assert text.money(dong) == shown


def test_times_are_those_of_hue() -> None:
    at = datetime(2026, 11, 23, 1, 42, 59, tzinfo=UTC)
    assert text.clock_time(at) == "08:42"
    assert text.day(date(2026, 11, 3)) == "03/11/2026"
    assert text.milliseconds(at) == 1795398179000


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_what_is_shown_can_be_read_back_within_half_a_step(value: Decimal) -> None:
    shown = text.decimal(value)
    read = Decimal(shown.replace(text.MINUS, "-").replace(".", "").replace(",", "."))
    assert abs(read - value) <= Decimal("0.05")


def test_hours_have_a_comma_and_no_needless_zero() -> None:
    assert [text.hours(timedelta(minutes=minutes)) for minutes in (240, 270)] == ["4", "4,5"]
