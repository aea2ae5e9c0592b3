"""Where warnings of the city hold, as shapes on the map of the units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.boundaries import UnitMap
from domain.city_alerts import KM_PER_DEGREE, AlertArea, CityAlert, PlacePoint

# What a glass can tell apart, and what it bears in every layer of its map.
MOST_CORNERS = 400
MOST_ZONES = 20


def zone_paths(alerts: Iterable[CityAlert], unit_map: UnitMap) -> tuple[str, ...]:
    """One path for each warning, each shape once: what it draws itself, else its units; none for the whole city. The
    first so many, so pass the worst first."""
    paths = (_path(alert, unit_map) for alert in alerts)
    return tuple(dict.fromkeys(path for path in paths if path))[:MOST_ZONES]


def _path(alert: CityAlert, unit_map: UnitMap) -> str:
    drawn = "".join(_drawn(area, unit_map) for area in alert.text.areas)
    if drawn:
        return drawn
    return "".join(shape.path for shape in unit_map.shapes if shape.unit in (alert.units or ()))


def _drawn(area: AlertArea, unit_map: UnitMap) -> str:
    place = unit_map.projection.place
    rings = [[place(point.longitude, point.latitude) for point in _thinned(ring[:-1])] for ring in area.rings]
    paths = ["M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + "Z" for ring in rings]
    for middle, kilometres in area.circles:
        x, y = place(middle.longitude, middle.latitude)
        radius = max(kilometres / KM_PER_DEGREE * unit_map.projection.y_per_degree, 4.0)
        half = f"a{radius:.1f},{radius:.1f} 0 1,0"
        paths.append(f"M{x - radius:.1f},{y:.1f}{half} {2 * radius:.1f},0{half} {-2 * radius:.1f},0Z")
    return "".join(paths)


def _thinned(ring: Sequence[PlacePoint]) -> Sequence[PlacePoint]:
    """Every so many corners, so that no more are left than a glass can tell apart."""
    return ring[:: max(1, -(-len(ring) // MOST_CORNERS))]
