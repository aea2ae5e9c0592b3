"""Funnel limits are those of the agreed pictures, and colour nobody by chance alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.funnel import funnel_limits

PICTURE = [
    (74, "3.6", "18.0"),
    (69, "3.3", "18.2"),
    (61, "2.8", "18.7"),
    (48, "1.8", "19.7"),
    (66, "3.1", "18.4"),
]


@pytest.mark.parametrize(("number", "low", "high"), PICTURE)
def test_limits_are_those_of_the_picture(number: int, low: str, high: str) -> None:
    limits = funnel_limits(40, 371, number)
    assert limits is not None
    assert (limits.low, limits.high) == (Decimal(low), Decimal(high))


def test_only_beyond_the_limits_is_somebody_marked() -> None:
    limits = funnel_limits(40, 371, 66)
    assert limits is not None
    assert limits.side(Decimal("3.03")) == -1
    assert limits.side(Decimal("3.1")) == 0
    assert limits.side(Decimal("18.45")) == 1


@given(st.integers(1, 500), st.integers(2, 500), st.integers(1, 500))
def test_the_whole_lies_inside_its_own_limits_and_fewer_cases_widen_them(part: int, whole: int, number: int) -> None:
    part = min(part, whole - 1)
    wide, narrow = funnel_limits(part, whole, number), funnel_limits(part, whole, number * 4)
    assert wide is not None and narrow is not None
    assert 0 <= wide.low <= narrow.low <= narrow.high <= wide.high <= 100
    assert wide.side(Decimal(part) * 100 / whole) == 0


def test_without_cases_there_are_no_limits() -> None:
    assert funnel_limits(0, 0, 10) is None
    assert funnel_limits(1, 10, 0) is None


def test_where_nobody_or_everybody_completed_there_is_no_spread_to_reckon_with() -> None:
    assert funnel_limits(0, 40, 7) is None
    assert funnel_limits(40, 40, 7) is None
