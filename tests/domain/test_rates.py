"""Rates beside their comparators: differences of what is printed, amber at the stated limits."""

from __future__ import annotations

from decimal import Decimal

from domain.rates import RateComparison


def rate(value: str | None, pace: str | None = None, last_year: str | None = None) -> RateComparison:
    numbers = (None if number is None else Decimal(number) for number in (value, pace, last_year))
    return RateComparison(*numbers, fall_points=Decimal("2.0"))


def test_a_difference_is_that_of_the_printed_numbers() -> None:
    # 22,26 prints 22,3 and 12,35 prints 12,4: the reader computes 9,9, not 9,91.
    assert rate("22.26", "12.35").points_to_pace == Decimal("9.9")


def test_half_a_tenth_is_rounded_up() -> None:
    assert rate("22.25", "12.34").points_to_pace == Decimal("10.0")


def test_a_rate_that_prints_like_its_pace_is_not_behind() -> None:
    assert not rate("12.36", "12.44").is_behind
    assert rate("12.34", "12.44").is_behind


def test_a_fall_of_two_points_is_abnormal_and_of_less_is_not() -> None:
    assert rate("20.0", "12.4", "22.0").is_abnormal
    assert not rate("20.1", "12.4", "22.0").is_abnormal


def test_without_a_limit_a_fall_is_not_judged() -> None:
    assert not RateComparison(Decimal(1), Decimal(0), Decimal(90)).has_fallen


def test_an_unknown_comparator_is_neither_good_nor_bad() -> None:
    unknown = rate("5.0")
    assert unknown.points_to_pace is None
    assert unknown.points_to_last_year is None
    assert not unknown.is_abnormal


def test_without_a_rate_nothing_is_compared() -> None:
    assert rate(None, "12.4", "22.0").points_to_pace is None
