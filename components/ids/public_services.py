"""Ids of the page /public-services."""

from __future__ import annotations

from typing import Final

SERVICES_ADDRESS: Final = "public_services-filter-address"
SERVICES_FILTER: Final = "public_services-filter-store"
SERVICES_UNIT: Final = "public_services-unit-select"
SERVICES_SERVICE: Final = "public_services-service-select"
SERVICES_CHANNEL: Final = "public_services-channel-select"
SERVICES_ORIGIN: Final = "public_services-origin-select"
SERVICES_MONTHS: Final = "public_services-months-select"
SERVICES_STATE: Final = "public_services-state-select"
SERVICES_EXPORT: Final = "public_services-export-link"
SERVICES_TRAIL: Final = "public_services-trail-list"
SERVICES_FIGURES: Final = "public_services-figures-list"
SERVICES_BY_SERVICE: Final = "public_services-services-list"
SERVICES_BY_CHANNEL: Final = "public_services-channels-list"
SERVICES_BY_UNIT: Final = "public_services-units-list"
SERVICES_TREND: Final = "public_services-trend-list"
SERVICES_LIST: Final = "public_services-rows-list"
