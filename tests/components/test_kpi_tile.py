"""KPI tiles: the value, its comparators, and words where there is no value."""

from __future__ import annotations

from decimal import Decimal

from components_support import AT, a_source, of_class, parts, words

from components.kpi_tile import empty_tile, rate_tile, unconnected_tile
from domain.rates import RateComparison

GOOD = RateComparison(Decimal("22.26"), Decimal("12.35"), Decimal("21.5"), Decimal("83.5"))


def test_a_rate_says_by_how_many_points_it_is_ahead_and_what_the_bar_ends_at() -> None:
    shown = words(rate_tile("Xong về việc", GOOD, a_source()))
    for piece in ("22,3", "chỉ tiêu năm 83,5%", "vượt tiến độ 9,9 điểm", "12,4", "21,5", "0–40%"):
        assert piece in shown


def test_a_figure_of_some_units_only_says_of_how_many() -> None:
    assert "7/10 đơn vị ·" in words(rate_tile("Xong về việc", GOOD, a_source(), "7/10 đơn vị"))


def test_a_rate_behind_its_pace_says_so_and_carries_the_amber_edge() -> None:
    behind = RateComparison(Decimal("10.8"), Decimal("12.4"), Decimal("15.7"), Decimal("83.5"))
    tile = rate_tile("Xong về việc", behind, a_source())
    assert "chậm tiến độ 1,6 điểm" in words(tile)
    assert of_class(tile, "tile--warn")
    assert not of_class(rate_tile("Xong về việc", GOOD, a_source()), "tile--warn")


def test_without_anything_enforceable_there_is_no_rate_and_no_zero() -> None:
    shown = words(rate_tile("Xong về việc", RateComparison(None), a_source()))
    assert "không có việc có điều kiện" in shown
    assert not any(character.isdigit() for character in shown)


def test_an_unknown_comparator_is_a_dash() -> None:
    shown = words(rate_tile("Xong về việc", RateComparison(Decimal("22.3")), a_source()))
    assert "tiến độ  —" in shown and "cùng kỳ  —" in shown
    assert "chưa có chỉ tiêu" in shown


def test_a_feed_not_connected_shows_words_and_never_a_digit() -> None:
    shown = words(unconnected_tile("Camera"))
    assert "chưa kết nối" in shown
    assert not any(character.isdigit() for character in shown)


def test_an_empty_tile_says_that_there_are_no_figures_yet() -> None:
    assert "chưa có số liệu" in words(empty_tile("Xong về việc"))


def test_a_tile_carries_the_instant_and_the_limits_and_leaves_the_age_to_the_browser() -> None:
    root = rate_tile("Xong về việc", GOOD, a_source()).to_plotly_json()["props"]
    assert root["data-at"] == int(AT.timestamp() * 1000)
    assert (root["data-late"], root["data-stale"], root["data-lost"]) == (600, 1800, 7200)
    ages = [part for part in parts(rate_tile("Xong về việc", GOOD, a_source())) if hasattr(part, "data-age")]
    assert len(ages) == 1
    assert getattr(ages[0], "children", None) is None
