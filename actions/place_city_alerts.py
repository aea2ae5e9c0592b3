"""Finds which units new warnings of the city touch; the worker's job, for it needs the outlines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from data_access.alert_places import AlertPlacer
from data_access.boundary_shapes import BoundariesRefused
from data_access.city_alerts import save_alert_units, unplaced_alerts
from data_access.session import Database
from domain.local_time import local_day


def place_city_alerts(database: Database, placer: Callable[[], AlertPlacer], now: datetime) -> int:
    """Ask the map which units the new warnings touch; how many were placed. Without a map they stay of the whole city.

    The worker's job; `placer` reads the outlines, which is only done when there is something to place.
    """
    with database.reading() as session:
        waiting = unplaced_alerts(session)
    if not waiting:
        return 0
    try:
        asked = placer()
        placed = {one.public_id: asked.units(one.text, local_day(now)) for one in waiting}
    except BoundariesRefused:
        placed = {one.public_id: None for one in waiting}
    with database.writing() as session:
        for public_id, units in placed.items():
            save_alert_units(session, public_id, units, now)
    return len(placed)
