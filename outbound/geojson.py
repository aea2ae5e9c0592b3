"""Boundaries of units as GeoJSON (RFC 7946): longitude and latitude, exteriors against the clock, holes with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.boundaries import Projection, UnitMap, UnitShape

Position = list[float]
# About ten metres: the shapes are generalised by more than that.
DECIMALS = 4


def boundaries(unit_map: UnitMap, names: Mapping[str, str]) -> dict[str, Any]:
    """A FeatureCollection of the map's units; a unit without an area of its own is a point that places its symbol and
    is no address. `names` are their names by code."""
    return {
        "type": "FeatureCollection",
        "note": unit_map.note,
        "attribution": unit_map.attribution,
        "valid_from": unit_map.valid_from.isoformat(),
        "valid_to": None if unit_map.valid_to is None else unit_map.valid_to.isoformat(),
        "features": [
            {
                "type": "Feature",
                "id": shape.unit,
                "geometry": geometry(shape, unit_map.projection),
                "properties": {
                    "unit": shape.unit,
                    "name": names.get(shape.unit, shape.unit),
                    "is_symbol": not shape.path,
                },
            }
            for shape in unit_map.shapes
        ],
    }


def geometry(shape: UnitShape, projection: Projection) -> dict[str, Any] | None:
    """The shape on the globe; None for a unit that the map places nowhere."""
    if shape.path:
        return {"type": "MultiPolygon", "coordinates": polygons(shape.path, projection)}
    if shape.seat is None:
        return None
    return {"type": "Point", "coordinates": _position(*shape.seat, projection)}


def polygons(path: str, projection: Projection) -> list[list[list[Position]]]:
    """The rings of a path of the plane, grouped: each exterior with the holes that follow it.

    On the plane, where y grows downwards, an exterior has a positive area (domain/boundaries.py says how paths are
    drawn); seen with north up that is with the clock, so every ring is turned round.
    """
    found: list[list[list[Position]]] = []
    for part in path.removesuffix("Z").split("Z"):
        points = [(float(x), float(y)) for x, _, y in (pair.partition(",") for pair in part.lstrip("M").split("L"))]
        ring = [_position(x, y, projection) for x, y in reversed([*points, points[0]])]
        if _area(points) > 0 or not found:
            found.append([ring])
        else:
            found[-1].append(ring)
    return found


def _area(points: list[tuple[float, float]]) -> float:
    """Twice the signed area of a ring."""
    following = [*points[1:], points[0]]
    return sum(x * after_y - after_x * y for (x, y), (after_x, after_y) in zip(points, following, strict=True))


def _position(x: float, y: float, projection: Projection) -> Position:
    longitude = projection.west + (x - projection.margin) / projection.x_per_degree
    latitude = projection.north - (y - projection.margin) / projection.y_per_degree
    return [round(longitude, DECIMALS), round(latitude, DECIMALS)]
