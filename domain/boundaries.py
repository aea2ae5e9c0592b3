"""Map shapes ready to draw: each unit's border as an SVG path on one plane, where its label fits, where its seat is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Point = tuple[float, float]
# The mean width of a letter of a name on the plane (a thousandth of whose width is one unit).
LETTER_WIDTH = 13.6


@dataclass(frozen=True, slots=True)
class Projection:
    """From longitude and latitude (degrees, WGS 84) to the map's plane; straight, because a province is small."""

    west: float
    north: float
    x_per_degree: float
    y_per_degree: float
    margin: float

    def place(self, longitude: float, latitude: float) -> Point:
        """Where a point lies on the plane: x to the right, y down."""
        return (
            self.margin + (longitude - self.west) * self.x_per_degree,
            self.margin + (self.north - latitude) * self.y_per_degree,
        )


@dataclass(frozen=True, slots=True)
class UnitShape:
    """Hình của một đơn vị on the plane of its map.

    `path` is empty for a unit that serves no area of its own: it has a `seat` (a place for its symbol, not an address).
    `label` is the middle of the widest ellipse inside the shape, `room` half its width; its height is 2/3 of its width.
    `marker` is a place inside the shape, or beside the seat, for a sign that covers neither label nor border.
    `callout` is the middle of the nearest place outside of all shapes for a name that has no room in its own; None
    where the sea or a neighbour is too far away.
    """

    unit: str
    path: str = ""
    label: Point | None = None
    room: float = 0.0
    seat: Point | None = None
    marker: Point | None = None
    callout: Point | None = None

    def holds(self, name: str) -> bool:
        """Whether a name has room inside at the size maps print it."""
        return len(name) * LETTER_WIDTH <= 2 * self.room


@dataclass(frozen=True, slots=True)
class AreaShape:
    """Hình của một địa bàn on the plane of its map: its border, and a place inside for its number; `kind` is 'district'
    or 'ward', which lie over each other."""

    area: str
    kind: str
    path: str
    label: Point


@dataclass(frozen=True, slots=True)
class UnitMap:
    """Bản đồ đơn vị for one stretch of time; `valid_to` is the last day, None means still in force.

    `note` is printed with the map ("Ranh giới khái quát"), `attribution` says whose figures it is drawn from.
    `areas` are the districts or wards that the units serve; empty on a map that was made of units only.
    """

    note: str
    attribution: str
    valid_from: date
    valid_to: date | None
    width: float
    height: float
    projection: Projection
    outline: str
    shapes: tuple[UnitShape, ...]
    areas: tuple[AreaShape, ...] = ()

    def shape_of(self, unit: str) -> UnitShape | None:
        """The shape of a unit code; None when the map does not have it."""
        return next((shape for shape in self.shapes if shape.unit == unit), None)
