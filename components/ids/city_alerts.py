"""Ids of the page of the city's warnings."""

from __future__ import annotations

from typing import Final

CITY_ALERTS_FIGURES: Final = "city_alerts-counts-list"
CITY_ALERTS_AXIS: Final = "city_alerts-axis-list"
CITY_ALERTS_MAP: Final = "city_alerts-map-list"
CITY_ALERTS_LIST: Final = "city_alerts-list-list"
CITY_ALERTS_ONE: Final = "city_alerts-one-words"
CITY_ALERTS_FILTER: Final = "city_alerts-filter-store"
