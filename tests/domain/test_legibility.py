"""Which layout is honest: the table of screens.md 1.3, for 55", 65", 98" panels and 2x2 walls."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.legibility import (
    DENSE_BODY_REM,
    FAR_TEXT_REM,
    LEAST_ARC_MINUTES,
    Layout,
    arc_minutes,
    farthest_m,
    layout_for,
)


@pytest.mark.parametrize(
    ("diagonal", "distance", "layout"),
    [
        (55, 2.5, Layout.DENSE),
        (55, 3, Layout.FAR),
        (65, 3, Layout.DENSE),
        (65, 4, Layout.FAR),
        (75, 3, Layout.DENSE),
        (98, 4, Layout.DENSE),
        (98, 4.5, Layout.DENSE),
        (98, 5, Layout.FAR),
        (2 * 55, 5, Layout.DENSE),
        (2 * 55, 6, Layout.FAR),
    ],
)
def test_the_layout_of_every_supported_wall(diagonal: float, distance: float, layout: Layout) -> None:
    assert layout_for(diagonal, distance) is layout


@pytest.mark.parametrize(
    ("diagonal", "pitch_mm", "distance", "pixels"),
    [(55, 0.317, 3, 60), (65, 0.375, 3, 51), (98, 0.565, 5, 57), (65, 0.375, 6, 102)],
)
def test_the_formula_gives_the_measured_table(diagonal: float, pitch_mm: float, distance: float, pixels: int) -> None:
    """The table states 16' in pixels of a 3840 wide panel: one rem is 20 of them."""
    assert arc_minutes(pixels / 20, diagonal, distance) == pytest.approx(LEAST_ARC_MINUTES, rel=0.02)


def test_the_far_layout_reaches_six_metres_on_65_inches() -> None:
    assert arc_minutes(FAR_TEXT_REM, 65, 6) >= LEAST_ARC_MINUTES
    assert arc_minutes(DENSE_BODY_REM, 55, 3) == pytest.approx(13.8, abs=0.1)


@given(st.floats(20, 300), st.floats(0.5, 30))
def test_the_dense_layout_is_chosen_exactly_as_far_as_it_reaches(diagonal: float, distance: float) -> None:
    reach = farthest_m(Layout.DENSE, diagonal)
    if abs(distance - reach) > 1e-6:
        assert (layout_for(diagonal, distance) is Layout.DENSE) == (distance < reach)
    assert farthest_m(Layout.FAR, diagonal) == pytest.approx(2 * reach)


@pytest.mark.parametrize(("diagonal", "distance"), [(0, 3), (55, 0), (-1, 3)])
def test_a_screen_without_size_or_distance_is_refused(diagonal: float, distance: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        arc_minutes(2.6, diagonal, distance)
