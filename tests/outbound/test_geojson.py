"""Boundaries as GeoJSON: where Huế lies, exteriors against the clock, nothing but units."""

from __future__ import annotations

import pytest
from shapely.geometry import shape

from data_access.boundary_shapes import load_maps, stored_file
from domain.boundaries import UnitMap
from outbound.geojson import boundaries, polygons

MAPS = [unit_map for pack in ("hue", "hue-two-level") for unit_map in load_maps(stored_file(pack))]


@pytest.mark.parametrize("unit_map", MAPS, ids=lambda unit_map: f"{len(unit_map.shapes)} units")
def test_every_unit_is_drawn_in_longitude_and_latitude_by_the_right_hand_rule(unit_map: UnitMap) -> None:
    told = boundaries(unit_map, {})
    assert {feature["id"] for feature in told["features"]} == {one.unit for one in unit_map.shapes}
    for feature in told["features"]:
        drawn = shape(feature["geometry"])
        assert drawn.is_valid, feature["id"]
        west, south, east, north = drawn.bounds
        assert 107 < west <= east < 108.3 and 15.9 < south <= north < 16.9
        if drawn.geom_type == "MultiPolygon":
            for part in drawn.geoms:
                assert part.exterior.is_ccw and not any(hole.is_ccw for hole in part.interiors)
        assert feature["properties"]["is_symbol"] == (drawn.geom_type == "Point")


def test_a_hole_belongs_to_the_exterior_before_it() -> None:
    projection = MAPS[0].projection
    path = "M0,0L10,0L10,10L0,10ZM2,2L2,4L4,4L4,2ZM20,0L30,0L30,10L20,10Z"
    assert [len(rings) for rings in polygons(path, projection)] == [2, 1]
    for rings in polygons(path, projection):
        assert all(ring[0] == ring[-1] for ring in rings)
