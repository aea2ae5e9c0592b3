"""Ids of the pages that look ahead: /deadlines and /forecast."""

from __future__ import annotations

from typing import Final

RADAR_ADDRESS: Final = "deadlines-address-location"
RADAR_FILTER: Final = "deadlines-filter-store"
RADAR_UNIT: Final = "deadlines-unit-select"
RADAR_CLOCK: Final = "deadlines-clock-select"
RADAR_WINDOW: Final = "deadlines-window-select"
RADAR_FIGURES: Final = "deadlines-figures-list"
RADAR_MONTH: Final = "deadlines-month-list"
RADAR_UNITS: Final = "deadlines-units-list"
RADAR_LIST: Final = "deadlines-cases-list"
FORECAST_ADDRESS: Final = "forecast-address-location"
FORECAST_FILTER: Final = "forecast-filter-store"
FORECAST_UNIT: Final = "forecast-unit-select"
FORECAST_MEASURE: Final = "forecast-measure-select"
FORECAST_MORE: Final = "forecast-more-slider"
FORECAST_FIGURES: Final = "forecast-figures-list"
FORECAST_CHART: Final = "forecast-chart-list"
FORECAST_WHAT_IF: Final = "forecast-what_if-list"
FORECAST_UNITS: Final = "forecast-units-list"
FORECAST_BACK_TEST: Final = "forecast-back_test-list"
