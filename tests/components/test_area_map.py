"""The map: a number on each unit, three tones in words too, signs only where the list has an alarm."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from components_support import a_source, of_class, parts, words

from components.area_map import LegendEntry, MapLayer, MapMark, Tone, map_drawing, map_panel
from data_access.boundary_shapes import load_maps, map_on, stored_file
from domain.alarms import Priority
from domain.boundaries import UnitMap

TODAY = date(2026, 11, 23)
PACKS = ["hue-two-level", "hue"]


@pytest.fixture(params=PACKS)
def unit_map(request: pytest.FixtureRequest) -> UnitMap:
    found = map_on(load_maps(stored_file(request.param)), TODAY)
    assert found is not None
    return found


def a_layer(unit_map: UnitMap, **changed: MapMark) -> MapLayer:
    """Every unit in one tone with a number, but for those given."""
    marks = {shape.unit: MapMark(f"Tên {shape.unit}", "25,4", Tone.HIGH) for shape in unit_map.shapes}
    legend = (LegendEntry(Tone.LOW, "Chậm: dưới 12,4"), LegendEntry(Tone.HIGH, "Vượt: trên 22,4"))
    return MapLayer("Tỷ lệ", "so với tiến độ", legend, marks | changed)


def test_every_unit_has_its_name_and_its_number(unit_map: UnitMap) -> None:
    shown = words(map_drawing(a_layer(unit_map), unit_map))
    assert all(f"Tên {shape.unit}" in shown for shape in unit_map.shapes)
    assert shown.count("25,4") == len(unit_map.shapes)


def test_the_tones_are_said_in_words(unit_map: UnitMap) -> None:
    shown = words(map_panel(a_layer(unit_map), unit_map, a_source()))
    assert "Chậm: dưới 12,4" in shown and "Vượt: trên 22,4" in shown
    assert unit_map.note in shown


def test_a_sign_carries_the_number_of_alarms_and_its_priority(unit_map: UnitMap) -> None:
    unit = unit_map.shapes[-1].unit
    drawn = map_drawing(a_layer(unit_map, **{unit: MapMark("Một", "1", Tone.LOW, Priority.URGENT, 4)}), unit_map)
    assert len(of_class(drawn, "map-sign")) == len(of_class(drawn, "map-sign--1")) == 1
    assert words(of_class(drawn, "map-count")[0]) == "4"
    assert len(of_class(drawn, "map-urgent")) == 1


def test_without_alarms_there_is_no_sign(unit_map: UnitMap) -> None:
    drawn = map_drawing(a_layer(unit_map), unit_map)
    assert not of_class(drawn, "map-sign") and not of_class(drawn, "map-urgent")


def test_units_outside_the_scope_have_a_border_and_no_words(unit_map: UnitMap) -> None:
    others = {shape.unit: MapMark(shape.unit, "9", Tone.CONTEXT) for shape in unit_map.shapes[:-1]}
    drawn = map_drawing(a_layer(unit_map, **others), unit_map)
    assert len(of_class(drawn, "map-value")) == 1
    assert len(of_class(drawn, "map-own")) == 1


def test_shapes_of_one_tone_are_one_path(unit_map: UnitMap) -> None:
    areas = of_class(map_drawing(a_layer(unit_map), unit_map), "map-area")
    assert len(areas) == 1
    assert areas[0].d.count("M") >= sum(bool(shape.path) for shape in unit_map.shapes)


def test_a_map_of_an_older_version_without_places_for_signs_is_drawn_too(unit_map: UnitMap) -> None:
    from dataclasses import replace

    bare = replace(unit_map, shapes=tuple(replace(shape, marker=None, callout=None) for shape in unit_map.shapes))
    drawn = map_drawing(a_layer(bare), bare)
    assert len(of_class(drawn, "map-value")) == len(bare.shapes)


def test_a_map_spares_components(unit_map: UnitMap) -> None:
    """The browser's work grows with their square; see components/svg.py."""
    kinds = Counter(type(part).__name__ for part in parts(map_drawing(a_layer(unit_map), unit_map)))
    assert sum(kinds.values()) <= 4 * len(unit_map.shapes) + 6


def test_the_maps_that_ship_are_there() -> None:
    assert all(Path(stored_file(pack)).exists() for pack in PACKS)
