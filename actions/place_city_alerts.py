"""Finds which units new warnings of the city touch; the worker's job, for it needs the outlines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from shapely.errors import ShapelyError

from data_access.alert_places import AlertPlacer
from data_access.boundary_shapes import BoundariesRefused
from data_access.city_alerts import save_alert_units, unplaced_alerts
from data_access.session import Database
from domain.city_alerts import CityAlert
from domain.local_time import local_day

log = structlog.get_logger(__name__)


def place_city_alerts(database: Database, placer: Callable[[], AlertPlacer], now: datetime) -> int:
    """Ask the map which units the new warnings touch; how many were placed. One that the map cannot tell of is of the
    whole city, and holds up no other.

    The worker's job; `placer` reads the outlines, which is only done when there is something to place.
    """
    with database.reading() as session:
        waiting = unplaced_alerts(session)
    if not waiting:
        return 0
    try:
        asked: AlertPlacer | None = placer()
    except BoundariesRefused as error:
        log.warning("no outlines to place warnings", reason=str(error))
        asked = None
    placed = {one.public_id: _units(asked, one, now) for one in waiting}
    with database.writing() as session:
        for public_id, units in placed.items():
            save_alert_units(session, public_id, units, now)
    return len(placed)


def _units(asked: AlertPlacer | None, alert: CityAlert, now: datetime) -> frozenset[str] | None:
    try:
        return None if asked is None else asked.units(alert.text, local_day(now))
    except (ShapelyError, ValueError) as error:
        log.warning("warning not placed", alert=alert.public_id, reason=type(error).__name__)
        return None
