"""Where a map's signs and names stand: beside the label inside the unit's own border, or out on the sea."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

from domain.boundaries import Point, UnitShape

# All in units of the plane (a thousandth of its width). A label is a name above a number, or the number alone; a sign
# is a small triangle.
LABEL_BOX = (72.0, 42.0, 36.0)
NUMBER_BOX = (54.0, 24.0, 26.0)
SIGN_ROOM = 26.0
# A sign may lean over its unit's border where the unit is narrow, but its middle stays inside.
BORDER_ROOMS = (24.0, 16.0, 8.0, 2.0)
SEAT_HALF = 18.0
CALLOUT_HALF_WIDTH, CALLOUT_HALF_HEIGHT = 100.0, 36.0
# The sign of a seat stands right of the number in its callout.
SIGN_IN_CALLOUT = (84.0, 12.0)
CALLOUT_FARTHEST = 240.0
CALLOUT_STEP = 6.0
CLEAR_OF_LAND = 8.0
# The title stands over the top left corner of the plane, the legend over its top right one.
TITLE_CORNER = (380.0, 70.0)
LEGEND_CORNER = (330.0, 110.0)


def place_signs(
    shapes: Sequence[UnitShape],
    names: Mapping[str, str],
    polygons: Mapping[str, BaseGeometry],
    land: BaseGeometry,
    size: tuple[float, float],
) -> list[UnitShape]:
    """The shapes with `callout` (where the name has no room) and `marker`; `land` is all of them together, `names` are
    the printed names by unit code, `size` is the plane's width and height."""
    seaside = _free_places(land, size)
    named = []
    for shape in shapes:
        at, callout = shape.seat or shape.label, None
        if at is not None and not shape.holds(names[shape.unit]):
            callout = _nearest(seaside, at)
            seaside = seaside if callout is None else _without(seaside, callout)
        named.append(replace(shape, callout=callout))
    taken = shapely.union_all([box for shape in named for box in _covered(shape)])
    return [replace(shape, marker=_marker(shape, polygons.get(shape.unit), taken)) for shape in named]


def _covered(shape: UnitShape) -> list[BaseGeometry]:
    """Where words and seats stand on the land."""
    if shape.seat is not None:
        return [_box(shape.seat, SEAT_HALF, SEAT_HALF, SEAT_HALF)]
    if shape.label is None:
        return []
    return [_box(shape.label, *(LABEL_BOX if shape.callout is None else NUMBER_BOX))]


def _marker(shape: UnitShape, polygon: BaseGeometry | None, taken: BaseGeometry) -> Point | None:
    if polygon is None or shape.label is None:
        if shape.callout is not None:
            return _rounded((shape.callout[0] + SIGN_IN_CALLOUT[0], shape.callout[1] + SIGN_IN_CALLOUT[1]))
        return None if shape.seat is None else _rounded((shape.seat[0] - 2.4 * SEAT_HALF, shape.seat[1]))
    clear = taken.buffer(SIGN_ROOM)
    beside = shapely.Point(shape.label[0] + LABEL_BOX[0] + SIGN_ROOM, shape.label[1])
    for room in BORDER_ROOMS:
        free = polygon.buffer(-room).difference(clear)
        if not free.is_empty:
            return _rounded(shapely.shortest_line(free, beside).coords[0])
    return _rounded(shapely.maximum_inscribed_circle(polygon, tolerance=1).coords[0])


def _free_places(land: BaseGeometry, size: tuple[float, float]) -> numpy.ndarray:
    """Middles of callouts that cover neither land nor the corners of title and legend; one row (x, y) each."""
    width, height = size
    xs = numpy.arange(CALLOUT_HALF_WIDTH, width - CALLOUT_HALF_WIDTH, CALLOUT_STEP)
    ys = numpy.arange(CALLOUT_HALF_HEIGHT, height - CALLOUT_HALF_HEIGHT, CALLOUT_STEP)
    middles = numpy.stack(numpy.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    boxes = shapely.box(
        middles[:, 0] - CALLOUT_HALF_WIDTH,
        middles[:, 1] - CALLOUT_HALF_HEIGHT,
        middles[:, 0] + CALLOUT_HALF_WIDTH,
        middles[:, 1] + CALLOUT_HALF_HEIGHT,
    )
    corners = [
        shapely.box(0, 0, *TITLE_CORNER),
        shapely.box(width - LEGEND_CORNER[0], 0, width, LEGEND_CORNER[1]),
    ]
    blocked = shapely.union_all([land.buffer(CLEAR_OF_LAND), *corners])
    shapely.prepare(blocked)
    free: numpy.ndarray = middles[~shapely.intersects(blocked, boxes)]
    return free


def _nearest(places: numpy.ndarray, at: Point) -> Point | None:
    if not len(places):
        return None
    # A leader ends at the callout's left or right side: the shorter of the two counts.
    aside = numpy.maximum(numpy.abs(places[:, 0] - at[0]) - CALLOUT_HALF_WIDTH, 0)
    overlap = numpy.maximum(CALLOUT_HALF_WIDTH - numpy.abs(places[:, 0] - at[0]), 0)
    distances = numpy.hypot(aside, places[:, 1] - at[1]) + overlap
    nearest = int(distances.argmin())
    return _rounded(places[nearest]) if distances[nearest] <= CALLOUT_FARTHEST else None


def _without(places: numpy.ndarray, taken: Point) -> numpy.ndarray:
    """The places whose callout would not touch the one at `taken`."""
    apart_x = numpy.abs(places[:, 0] - taken[0]) >= 2 * CALLOUT_HALF_WIDTH
    apart_y = numpy.abs(places[:, 1] - taken[1]) >= 2 * CALLOUT_HALF_HEIGHT
    left: numpy.ndarray = places[apart_x | apart_y]
    return left


def _box(middle: Point, half_width: float, above: float, below: float) -> BaseGeometry:
    x, y = middle
    return shapely.box(x - half_width, y - above, x + half_width, y + below)


def _rounded(point: Sequence[float]) -> Point:
    return (round(float(point[0]), 1), round(float(point[1]), 1))
