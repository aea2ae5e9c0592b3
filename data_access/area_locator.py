"""Where a point lies: the ward it is in and the unit that serves it, by the outlines (geopandas). The worker's only."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import geopandas
import pandas
from shapely.geometry import Point

from data_access.boundaries import OUTLINES, outline_areas
from domain.units import Organisation


class Place(NamedTuple):
    """The area a point lies in (the smallest known) and the unit serving it; None where the map does not say."""

    area: str | None
    unit: str | None


class AreaLocator:
    """Finds places in the generalised outlines, which are up to 500 m off: near a border the unit may be the neighbour.

    Raises BoundariesRefused when the outlines cannot be read.
    """

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        frames = [outline_areas(path) for path in OUTLINES.values()]
        self._areas = geopandas.GeoDataFrame(pandas.concat(frames, ignore_index=True), crs=frames[0].crs)
        # Wards are smaller than districts: the smallest area that holds a point names it best.
        self._areas["size"] = self._areas.geometry.to_crs(3857).area
        self._areas = self._areas.sort_values("size", ignore_index=True)

    def place(self, latitude: float, longitude: float, day: date) -> Place:
        """The area and unit at a point (WGS 84 degrees) on a day; both None outside every outline."""
        served_by = self._organisation.territory_on(day)
        known = {area.code for area in self._organisation.areas_on(day)}
        hits = sorted(self._areas.sindex.query(Point(longitude, latitude), predicate="intersects"))
        codes = [str(self._areas["code"].iloc[hit]) for hit in hits]
        area = next((code for code in codes if code in known), codes[0] if codes else None)
        unit = next((served_by[code] for code in codes if code in served_by), None)
        return Place(area, unit)
