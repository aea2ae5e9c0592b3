"""Which units a warning of the city touches: its rings and circles over the outlines of the areas (geopandas), its
codes, its words. The worker's only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import geopandas
import pandas
import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from data_access.boundaries import OUTLINES, WGS84, outline_areas
from domain.city_alerts import AlertArea, AlertText
from domain.units import Organisation

# Metres in Huế: UTM 48 N.
METRES = "EPSG:32648"
# The outlines are up to 500 m off: a neighbour that is only brushed is not touched.
LEAST_SHARE = 0.02
# A place without a size still is somewhere.
SMALLEST_RADIUS_M = 100.0


class AlertPlacer:
    """Asks the generalised outlines; raises BoundariesRefused when they cannot be read."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        frames = [outline_areas(path).to_crs(METRES) for path in OUTLINES.values()]
        self._areas = geopandas.GeoDataFrame(pandas.concat(frames, ignore_index=True), crs=METRES)

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
        crossed: set[str] = set()
        for zone in _zones(area):
            for hit in self._areas.sindex.query(zone, predicate="intersects"):
                shape: BaseGeometry = self._areas.geometry.iloc[hit]
                shared = shape.intersection(zone).area
                code = str(self._areas["code"].iloc[hit])
                if code in known and shared >= LEAST_SHARE * min(shape.area, zone.area):
                    crossed.add(code)
        return crossed


def _zones(area: AlertArea) -> Iterator[BaseGeometry]:
    """Rings and circles in metres; a ring that crosses itself is mended."""
    rings = [Polygon([(point.longitude, point.latitude) for point in ring]) for ring in area.rings]
    points = [Point(circle.middle.longitude, circle.middle.latitude) for circle in area.circles]
    for zone in geopandas.GeoSeries(rings, crs=WGS84).to_crs(METRES) if rings else ():
        yield shapely.make_valid(zone)
    places = geopandas.GeoSeries(points, crs=WGS84).to_crs(METRES) if points else ()
    for circle, place in zip(area.circles, places, strict=True):
        yield place.buffer(max(circle.radius_km * 1000, SMALLEST_RADIUS_M))
