"""Ids of the programme's pages: its scoreboard, figures by period, the calendar."""

from __future__ import annotations

from typing import Final

OBSERVATIONS_FILTER: Final = "observations-filter-store"
OBSERVATIONS_ADDRESS: Final = "observations-address-location"
OBSERVATIONS_SYSTEM: Final = "observations-system-select"
OBSERVATIONS_INDICATOR: Final = "observations-indicator-select"
OBSERVATIONS_EXPORT: Final = "observations-export-link"
OBSERVATIONS_LIST: Final = "observations-list-table"
OBSERVATIONS_UNITS: Final = "observations-units-table"
OBSERVATIONS_ENTRY_INDICATOR: Final = "observations-entry_indicator-select"
OBSERVATIONS_ENTRY_UNIT: Final = "observations-entry_unit-select"
OBSERVATIONS_ENTRY_PERIOD: Final = "observations-entry_period-input"
OBSERVATIONS_ENTRY_NUMERATOR: Final = "observations-entry_numerator-input"
OBSERVATIONS_ENTRY_DENOMINATOR: Final = "observations-entry_denominator-input"
OBSERVATIONS_ENTRY_VALUE: Final = "observations-entry_value-input"
OBSERVATIONS_ENTRY_SAVE: Final = "observations-entry_save-button"
OBSERVATIONS_ENTRY_DONE: Final = "observations-entry_done-message"
