"""Builds map shapes with geopandas: areas from the outline figures, dissolved to units, projected, ready to draw.

`python -m data_access.boundaries` rebuilds the maps that ship. The web side never imports this module.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.affinity import scale
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from data_access.boundary_shapes import BOUNDARIES_DIR, BoundariesRefused, save_maps, stored_file
from data_access.boundary_signs import place_signs
from data_access.units import load_organisation
from domain.boundaries import AreaShape, Point, Projection, UnitMap, UnitShape
from domain.units import Organisation

NOTE = "Ranh giới khái quát"
ATTRIBUTION = "Ranh giới khái quát theo dữ liệu mở: T. L. Quốc (MIT), M. Choisy (MIT), Who's On First (CC0)."
OUTLINES = {
    "district": BOUNDARIES_DIR / "outline_points_districts.json",
    "ward": BOUNDARIES_DIR / "outline_points_wards_2025.json",
}
WGS84 = "EPSG:4326"
WIDTH = 1000.0
MARGIN = 6.0
# In units of the plane (a thousandth of its width, about 130 m in Huế): what the eye does not see from the wall.
SIMPLIFY = 0.8
SMALLEST_PART = 3.0
# Rounding points makes a border touch or cross itself; a shape whose area changes more when mended was drawn wrong.
MENDED_SHARE = 0.01
LABEL_ASPECT = 1.5
LABEL_ROOM = 60.0
SEAT_ROOM = 16.0


@dataclass(frozen=True, slots=True)
class Era:
    """A stretch of days on which the same units serve the same areas; `codes` are those areas."""

    valid_from: date
    valid_to: date | None
    codes: frozenset[str]


def outline_areas(path: Path) -> geopandas.GeoDataFrame:
    """Polygons (WGS 84) rebuilt from shared arcs of points; columns code, geometry. Raises BoundariesRefused."""
    try:
        figures = json.loads(path.read_text(encoding="utf-8"))
        arcs = [[(float(x), float(y)) for x, y in arc] for arc in figures["arcs"]]
        codes = [str(unit["code"]) for unit in figures["units"]]
        shapes = [_from_arcs(unit, arcs) for unit in figures["units"]]
    except OSError as error:
        raise BoundariesRefused(f"Không đọc được {path.name}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise BoundariesRefused(f"{path.name}: không đúng dạng điểm ranh giới ({error})") from error
    return geopandas.GeoDataFrame({"code": codes}, geometry=shapes, crs=WGS84)


def build_shapes(organisation: Organisation, areas: geopandas.GeoDataFrame, day: date) -> UnitMap:
    """The map of the units that handle cases on a day, from polygons of areas (columns code, geometry; WGS 84).

    Valid from that day on; raises BoundariesRefused when a unit cannot be drawn or two of them overlap.
    """
    served_by = organisation.territory_on(day)
    known = areas[areas["code"].isin(list(served_by))]
    by_unit = known.assign(unit=known["code"].map(served_by)).dissolve("unit").reset_index()
    places = dict(zip(known["code"], known.geometry, strict=True))
    return draw_units(organisation, by_unit[["unit", "geometry"]], places, day)


def draw_units(
    organisation: Organisation, by_unit: geopandas.GeoDataFrame, places: dict[str, BaseGeometry], day: date
) -> UnitMap:
    """The map from polygons of units (columns unit, geometry; WGS 84); `places` are areas in which seats may lie."""
    projection, height = _projection(by_unit.total_bounds)
    polygons = dict(zip(by_unit["unit"], _plane(by_unit.geometry, projection), strict=True))
    labels = {code: _label(polygon) for code, polygon in polygons.items()}
    served_by = organisation.territory_on(day)
    seats: dict[str, Point] = {}
    for unit in organisation.case_units_on(day):
        if unit.code in polygons:
            continue
        area = unit.seat_area or ""
        host = served_by.get(area, "")
        within = _plane([places[area]], projection)[0] if area in places else polygons.get(host)
        if within is None:
            raise BoundariesRefused(f"Đơn vị {unit.code} ({unit.name}) không có ranh giới và không có nơi đặt ký hiệu")
        seats[unit.code], is_clear = _seat(within, [point for point, _ in labels.values()])
        if host in polygons and not is_clear:
            labels[host] = _label(polygons[host].difference(_around(seats[unit.code], SEAT_ROOM)))
    whole = _without_slivers(shapely.union_all(list(polygons.values()), grid_size=0.01))
    drawn = [
        UnitShape(unit.code, _path(polygons[unit.code]), *labels[unit.code])
        if unit.code in polygons
        else UnitShape(unit.code, seat=seats[unit.code])
        for unit in organisation.case_units_on(day)
    ]
    names = {unit.code: unit.short_name for unit in organisation.case_units_on(day)}
    shapes = place_signs(drawn, names, polygons, whole, (WIDTH, height))
    return UnitMap(NOTE, ATTRIBUTION, day, None, WIDTH, height, projection, _path(whole), tuple(shapes))


def eras(organisation: Organisation) -> Iterator[Era]:
    """The stretches on which a map stays the same: districts where a pack has them in force, else wards."""
    current: tuple[dict[str, str], frozenset[str]] | None = None
    begins_on = date.min
    for day in [*organisation.change_days(), None]:
        served = None if day is None else _served_areas(organisation, day)
        units = frozenset(unit.code for unit in organisation.case_units_on(day)) if day else frozenset[str]()
        if served is not None and (served, units) == current:
            continue
        if current is not None and current[0]:
            last = day - timedelta(days=1) if day else None
            yield Era(begins_on, last, frozenset(current[0]))
        if day is not None and served is not None:
            current, begins_on = (served, units), day


def era_on(organisation: Organisation, day: date) -> Era | None:
    """The era of a day; None when no unit serves any area then."""
    return next((era for era in eras(organisation) if era.valid_from <= day <= (era.valid_to or date.max)), None)


def build_maps(organisation: Organisation) -> tuple[UnitMap, ...]:
    """The generalised maps of a pack, one per era; raises BoundariesRefused when the figures lack one of its areas."""
    frames = {kind: outline_areas(path) for kind, path in OUTLINES.items()}
    maps = []
    for era in eras(organisation):
        kind = next(area.kind for area in organisation.areas if area.code in era.codes)
        missing = era.codes - set(frames[kind]["code"])
        if missing:
            raise BoundariesRefused(f"Không có hình khái quát cho địa bàn {', '.join(sorted(missing))}")
        areas = frames[kind][frames[kind]["code"].isin(era.codes)]
        drawn = build_shapes(organisation, areas, era.valid_from)
        maps.append(replace(drawn, valid_to=era.valid_to, areas=_area_shapes(organisation, frames, drawn)))
    return tuple(maps)


def _area_shapes(
    organisation: Organisation, frames: dict[str, geopandas.GeoDataFrame], drawn: UnitMap
) -> tuple[AreaShape, ...]:
    """Every district and ward of the pack that has an outline: a case may name either, whatever units are drawn by."""
    shapes: list[AreaShape] = []
    for kind, frame in frames.items():
        codes = {area.code for area in organisation.areas if area.kind == kind}
        known = frame[frame["code"].isin(codes)]
        polygons = _plane(known.geometry, drawn.projection)
        pairs = zip(known["code"], polygons, strict=True)
        shapes += [AreaShape(code, kind, _path(polygon), _label(polygon)[0]) for code, polygon in pairs]
    return tuple(shapes)


def _served_areas(organisation: Organisation, day: date) -> dict[str, str]:
    here = organisation.areas_on(day)
    kind = "district" if any(area.kind == "district" for area in here) else "ward"
    served_by = organisation.territory_on(day)
    return {area.code: served_by[area.code] for area in here if area.kind == kind}


def _from_arcs(unit: dict[str, Any], arcs: Sequence[Sequence[Point]]) -> BaseGeometry:
    """TopoJSON rings: an arc number, or its complement for the arc reversed; an arc begins where the last one ended."""
    polygons = unit["arcs"] if unit["type"] == "MultiPolygon" else [unit["arcs"]]
    drawn = MultiPolygon([(_ring(rings[0], arcs), [_ring(ring, arcs) for ring in rings[1:]]) for rings in polygons])
    shape = mended(drawn)
    if shape is None:
        raise ValueError(f"{unit['code']}: {shapely.is_valid_reason(drawn)}")
    return shape


def mended(shape: BaseGeometry) -> BaseGeometry | None:
    """A valid polygon or multipolygon with the same area but for a hundredth; None when mending would change more."""
    if shape.is_valid:
        return shape
    whole = MultiPolygon(_polygons(shapely.make_valid(shape, method="structure", keep_collapsed=False)))
    return whole if abs(whole.area - abs(shape.area)) <= MENDED_SHARE * whole.area else None


def _ring(numbers: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in numbers:
        arc = list(arcs[number]) if number >= 0 else list(reversed(arcs[~number]))
        points += arc[1:] if points else arc
    return points


def _projection(bounds: Collection[float]) -> tuple[Projection, float]:
    """Equal lengths east and north in the middle of the province (ellipsoid WGS 84); and the height of the plane."""
    west, south, east, north = bounds
    middle = math.radians((south + north) / 2)
    metres_north = 111132.92 - 559.82 * math.cos(2 * middle)
    metres_east = 111412.84 * math.cos(middle) - 93.5 * math.cos(3 * middle)
    x_per_degree = (WIDTH - 2 * MARGIN) / (east - west)
    y_per_degree = x_per_degree * metres_north / metres_east
    projection = Projection(west, north, round(x_per_degree, 4), round(y_per_degree, 4), MARGIN)
    return projection, round(2 * MARGIN + (north - south) * y_per_degree, 1)


def _plane(shapes: Collection[BaseGeometry], projection: Projection) -> list[BaseGeometry]:
    """Shapes on the plane, simplified along shared borders so that neighbours still touch, without slivers."""

    def place(points: Any) -> Any:
        return [projection.place(x, y) for x, y in points]

    placed = [shapely.transform(shapely.force_2d(shape), place) for shape in shapes]
    if shapely.coverage_is_valid(placed):
        simpler = list(shapely.coverage_simplify(placed, SIMPLIFY))
    else:
        simpler = [shapely.simplify(shape, SIMPLIFY / 2) for shape in placed]
    return [_without_slivers(shape) for shape in simpler]


def _without_slivers(shape: BaseGeometry) -> BaseGeometry:
    """The same shape without islands and holes too small to see; the largest part always stays."""
    parts = sorted(_polygons(shape), key=lambda part: -part.area)
    kept = [part for number, part in enumerate(parts) if number == 0 or part.area >= SMALLEST_PART]
    return MultiPolygon(
        [
            Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area >= SMALLEST_PART])
            for part in kept
        ]
    )


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and not part.is_empty]


def _path(shape: BaseGeometry) -> str:
    rings = [ring for part in _polygons(shapely.orient_polygons(shape)) for ring in (part.exterior, *part.interiors)]
    return "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring.coords[:-1]) + "Z" for ring in rings)


def _label(shape: BaseGeometry) -> tuple[Point, float]:
    """Middle and half width of the widest ellipse inside the largest part; its axes are as 3 to 2, as labels are."""
    largest = max(_polygons(shape), key=lambda part: part.area)
    stretched = scale(largest, 1, LABEL_ASPECT, origin=(0, 0))
    circle = shapely.maximum_inscribed_circle(stretched, tolerance=0.5)
    (x, y), _ = circle.coords
    return (round(x, 1), round(y / LABEL_ASPECT, 1)), round(circle.length, 1)


def _seat(shape: BaseGeometry, labels: Collection[Point]) -> tuple[Point, bool]:
    """The roomiest place inside a shape that is clear of the labels, or its middle; and whether it is clear."""
    clear = shape.difference(shapely.union_all([_around(label, LABEL_ROOM) for label in labels]))
    for free, is_clear in ((clear, True), (shape, False)):
        largest = max(_polygons(free), key=lambda part: part.area, default=None)
        circle = shapely.maximum_inscribed_circle(largest, tolerance=0.5) if largest is not None else None
        if circle is not None and (circle.length >= SEAT_ROOM or not is_clear):
            x, y = circle.coords[0]
            return (round(x, 1), round(y, 1)), is_clear
    raise BoundariesRefused("Địa bàn đặt ký hiệu không có diện tích")


def _around(middle: Point, room: float) -> BaseGeometry:
    """The ellipse of a label, `room` units to each side."""
    return scale(shapely.Point(middle).buffer(room), 1, 1 / LABEL_ASPECT)


if __name__ == "__main__":
    for pack in sorted((BOUNDARIES_DIR.parent / "organisations").iterdir()):
        save_maps(stored_file(pack.name), build_maps(load_organisation(pack)))
