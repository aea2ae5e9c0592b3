"""Which units a warning of the city touches: its rings and circles over the outlines of the areas (geopandas), its
codes, its words. The worker's only."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

import geopandas
import pandas
import shapely
from shapely.affinity import scale
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from data_access.boundaries import OUTLINES, WGS84, outline_areas
from domain.city_alerts import KM_PER_DEGREE, AlertArea, AlertText, PlaceCircle
from domain.units import Organisation

# Metres in Huế: UTM 48 N. It tells of nothing far away, so zones are cut to the surroundings first.
METRES = "EPSG:32648"
AROUND_DEGREES = 0.5
# The outlines are up to 500 m off: a neighbour that is only brushed is not touched.
LEAST_SHARE = 0.02
# A place without a size still is somewhere.
SMALLEST_RADIUS_KM = 0.1


class AlertPlacer:
    """Asks the generalised outlines; raises BoundariesRefused when they cannot be read."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        frames = [outline_areas(path) for path in OUTLINES.values()]
        areas = geopandas.GeoDataFrame(pandas.concat(frames, ignore_index=True), crs=WGS84)
        west, south, east, north = areas.total_bounds
        self._here = box(west, south, east, north).buffer(AROUND_DEGREES)
        self._areas = areas.to_crs(METRES)

    def units(self, text: AlertText, day: date) -> frozenset[str] | None:
        """The codes of the units that handle cases where the warning holds; None for the whole city.

        An area that can be placed by nothing may be anywhere: then it is the whole city, never nowhere.
        """
        found = [self._units_of(area, day) for area in text.areas]
        if not found or any(units is None for units in found):
            return None
        return frozenset[str]().union(*(units for units in found if units is not None))

    def _units_of(self, area: AlertArea, day: date) -> frozenset[str] | None:
        """A drawn area is where it is drawn; else where its codes are; else where its words are."""
        if area.rings or area.circles:
            return self._of_areas(self._crossed(area, day), day)
        named = [self._named(word, day) for word in (area.codes or (area.words,))]
        if not named or any(units is None for units in named):
            return None
        return frozenset[str]().union(*(units for units in named if units is not None))

    def _named(self, word: str, day: date) -> frozenset[str] | None:
        unit = self._organisation.unit_by_name(word, day)
        if unit is not None:
            return frozenset({unit.code}) if unit.handles_cases else None
        area = self._organisation.area_by_name(word)
        return None if area is None else self._of_areas({area.code}, day) or None

    def _of_areas(self, areas: set[str], day: date) -> frozenset[str]:
        """The units that serve the areas, and those that sit in one of them."""
        served_by = self._organisation.territory_on(day)
        seated = {unit.code for unit in self._organisation.case_units_on(day) if unit.seat_area in areas}
        return frozenset(served_by[area] for area in areas if area in served_by) | seated

    def _crossed(self, area: AlertArea, day: date) -> set[str]:
        """The areas of the day that the warning covers more than by a hair."""
        known = {each.code for each in self._organisation.areas_on(day)}
        zone = self._zone(area)
        crossed: set[str] = set()
        for hit in self._areas.sindex.query(zone, predicate="intersects") if not zone.is_empty else ():
            shape: BaseGeometry = self._areas.geometry.iloc[hit]
            code = str(self._areas["code"].iloc[hit])
            if code in known and shape.intersection(zone).area >= LEAST_SHARE * min(shape.area, zone.area):
                crossed.add(code)
        return crossed

    def _zone(self, area: AlertArea) -> BaseGeometry:
        """What of an area lies around here, as one shape in metres; empty where nothing does."""
        near = shapely.union_all([part.intersection(self._here) for part in _parts(area)])
        return geopandas.GeoSeries([near], crs=WGS84).to_crs(METRES).iloc[0]


def _parts(area: AlertArea) -> Iterator[BaseGeometry]:
    """Rings and circles in degrees. A ring that crosses itself counts with all it goes around: mending the worst of
    them would take minutes, and a warning that is too wide is better than one too narrow."""
    for ring in area.rings:
        drawn = Polygon([(point.longitude, point.latitude) for point in ring])
        yield drawn if drawn.is_valid else drawn.convex_hull
    for circle in area.circles:
        yield _round(circle)


def _round(circle: PlaceCircle) -> BaseGeometry:
    high = max(circle.radius_km, SMALLEST_RADIUS_KM) / KM_PER_DEGREE
    wide = high / max(math.cos(math.radians(circle.middle.latitude)), 0.01)
    return scale(Point(circle.middle.longitude, circle.middle.latitude).buffer(1), wide, high)
