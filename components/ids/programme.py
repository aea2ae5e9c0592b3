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
PROGRAMME_FILTER: Final = "programme-filter-store"
PROGRAMME_COUNTS: Final = "programme-counts-figures"
PROGRAMME_PLEDGES: Final = "programme-pledges-table"
PROGRAMME_DETAIL: Final = "programme-detail-card"
PROGRAMME_TARGET: Final = "programme-target-input"
PROGRAMME_FROM: Final = "programme-from-input"
PROGRAMME_REASON: Final = "programme-reason-input"
PROGRAMME_DECIDE: Final = "programme-decide-button"
PROGRAMME_DECIDED: Final = "programme-decided-message"
PROGRAMME_BOARD: Final = "programme-board-panel"
SOFTWARE_WALL: Final = "software_systems-wall-panel"
AGENDA_FILTER: Final = "agenda-filter-store"
AGENDA_LIST: Final = "agenda-list-table"
AGENDA_TITLE: Final = "agenda-title-input"
AGENDA_DAY: Final = "agenda-day-input"
AGENDA_ROLE: Final = "agenda-role-select"
AGENDA_UNIT: Final = "agenda-unit-select"
AGENDA_BASIS: Final = "agenda-basis-input"
AGENDA_ENTER: Final = "agenda-enter-button"
AGENDA_DONE: Final = "agenda-done-message"
AGENDA_WITHDRAWN: Final = "agenda-withdrawn-message"
AGENDA_PRESSED: Final = "agenda-withdraw-store"


def agenda_withdraw(item: str) -> dict[str, str]:
    """The button that takes back one entered day."""
    return {"type": "agenda-withdraw-button", "item": item}
