"""How a figure changed: moments of yesterday, differences that know the unknown, rows counted by kind of move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.counted_share import CountedShare
from domain.figure_changes import FigureMove, difference, moment_before, moves_between, since_of, terms_beside
from domain.indicators import Value
from domain.local_time import local_day
from domain.other_figures import FigureTerm, OtherFigure, share_figure
from domain.other_indicators import Compared

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
REASONS = st.dictionaries(st.integers(0, 9), st.tuples(st.sampled_from("abc"), st.just("")))


def test_a_moment_of_yesterday_is_the_same_hour_or_the_end_of_the_day() -> None:
    hour, end = moment_before(Compared.SAME_HOUR, NOW), moment_before(Compared.DAY_END, NOW)
    assert hour == NOW - timedelta(days=1) and moment_before(Compared.NOT_KEPT, NOW) is None
    assert end is not None and local_day(end) < local_day(NOW) == local_day(end + timedelta.resolution)
    assert since_of(Compared.SAME_HOUR, hour) == "hôm qua lúc 09:45 (23/11/2026)"
    assert since_of(Compared.DAY_END, end) == "hết hôm qua (23/11/2026)"


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(3, 5, 2), (5, 5, 0), (None, 5, None), (5, None, None), (Decimal("10.50"), Decimal("9.25"), Decimal("-1.25"))],
)
def test_what_is_unknown_has_no_difference(before: Value, now: Value, expected: Value) -> None:
    assert difference(before, now) == expected


@given(left=REASONS, entered=REASONS)
def test_moves_add_up_to_the_difference(left: dict[str, tuple[str, str]], entered: dict[str, tuple[str, str]]) -> None:
    moves = moves_between(left, entered)
    assert sum(move.number for move in moves) == len(entered) - len(left)
    assert sum(abs(move.number) for move in moves) == len(entered.keys() ^ left.keys())


def test_rows_are_counted_by_kind_and_those_that_stayed_are_not() -> None:
    left = {"1": ("đã đóng", "/x"), "2": ("đã đóng", "/x"), "3": ("hết hạn", "")}
    entered = {"3": ("mới", ""), "4": ("mới", "")}
    assert moves_between(left, entered) == (FigureMove("mới", 1), FigureMove("đã đóng", -2, "/x"))


def test_parts_stand_beside_each_other_and_a_missing_one_is_unknown() -> None:
    before = share_figure("", CountedShare(1, 4), ("đạt", "biết được"), (FigureTerm("chưa rõ", 2),))
    now = OtherFigure("", Decimal(50), CountedShare(2, 4), ("đạt", "biết được"), left_out=(FigureTerm("mới", 1),))
    assert terms_beside(before, now) == [("đạt", 1, 2), ("biết được", 4, 4), ("mới", None, 1), ("chưa rõ", 2, None)]
