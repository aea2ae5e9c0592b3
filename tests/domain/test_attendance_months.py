"""A month of attendance: which one is meant, which days it has so far, and that its counts add up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.attendance import DayStatus, PersonMonth, days_of, month_of, previous_month

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2026-10", date(2026, 10, 1)),
        ("2026-11", date(2026, 11, 1)),
        ("2026-12", date(2026, 11, 1)),
        ("1970-01", date(2026, 11, 1)),
        ("", date(2026, 11, 1)),
        ("tháng 10", date(2026, 11, 1)),
    ],
)
def test_a_month_that_has_not_begun_or_is_none_is_this_one(text: str, first: date) -> None:
    assert month_of(text, TODAY) == first


def test_a_month_has_its_days_up_to_today() -> None:
    assert len(days_of(date(2026, 11, 1), TODAY)) == 24
    assert days_of(date(2024, 2, 1), TODAY)[-1] == date(2024, 2, 29)
    assert previous_month(date(2026, 1, 1)) == date(2025, 12, 1)


@given(st.lists(st.sampled_from([None, *DayStatus]), max_size=31))
def test_counts_add_up_to_the_days_that_are_known(days: list[DayStatus | None]) -> None:
    month = PersonMonth("PHUVANG", "CHV-01", tuple(days))
    assert sum(month.counts.values()) == sum(day is not None for day in days)
