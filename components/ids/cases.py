"""Ids of the pages of cases and units, and of the search."""

from __future__ import annotations

from typing import Final

CASES_ADDRESS: Final = "cases-filter-address"
CASES_FILTER: Final = "cases-filter-store"
CASES_NOTE: Final = "cases-note-words"
CASES_CHIPS: Final = "cases-chips-list"
CASES_KPIS: Final = "cases-kpis-list"
CASES_CLOCKS: Final = "cases-clocks-list"
CASES_FLOW_CARD: Final = "cases-flow-card"
CASES_SECOND: Final = "cases-second-card"
CASES_COMPARED: Final = "cases-compared-card"
CASES_RESTATED: Final = "cases-restated-card"
CASES_HANDLERS: Final = "cases-handlers-card"
CASES_MAP: Final = "cases-map-card"
CASES_GRID: Final = "cases-rows-grid"
CASES_GRID_HEAD: Final = "cases-rows-words"
CASES_PERIOD: Final = "cases-period-select"
CASES_BEGINS: Final = "cases-begins-input"
CASES_ENDS: Final = "cases-ends-input"
CASES_UNIT: Final = "cases-unit-select"
CASES_OFFICER: Final = "cases-officer-select"
CASES_KIND: Final = "cases-kind-select"
CASES_TYPE: Final = "cases-type-select"
CASES_BAND: Final = "cases-band-select"
CASES_CLASS: Final = "cases-class-select"
CASES_AREA: Final = "cases-area-select"
CASES_AGE: Final = "cases-age-select"
CASES_GROUP: Final = "cases-group-select"
CASES_AGAINST: Final = "cases-against-select"
CASES_FIGURE: Final = "cases-figure-select"
CASES_EXPORT: Final = "cases-export-link"
CASES_EXPORT_MAKE: Final = "cases-export-button"
CASES_EXPORT_SAID: Final = "cases-export-words"
CASES_EXPORT_JOBS: Final = "cases-export_jobs-list"
CASES_EXPORT_CANCELLED: Final = "cases-export_cancelled-words"
CASES_EXPORT_PRESSED: Final = "cases-export_cancel-store"
CASES_VIEWS: Final = "cases-views-list"
CASES_VIEW_NAME: Final = "cases-view-input"
CASES_VIEW_SAVE: Final = "cases-view-button"
CASES_VIEW_SAID: Final = "cases-view-words"
CASES_VIEW_PRESSED: Final = "cases-view_action-store"
UNITS_FILTER: Final = "units-filter-store"
UNITS_LIST: Final = "units-rows-list"
UNIT_FILTER: Final = "unit-filter-store"
UNIT_TODAY: Final = "unit-today-list"
UNIT_STRIPS: Final = "unit-strips-list"
UNIT_NAME: Final = "unit-name-words"
CASE_ONE: Final = "case-one-list"
CASE_NAME: Final = "case-name-words"
CASE_FILTER: Final = "case-filter-store"
INDICATOR_FILTER: Final = "indicator-filter-store"
INDICATOR_ONE: Final = "indicator-one-list"
SEARCH_TYPED: Final = "search-typed-input"
SEARCH_ASKED: Final = "search-asked-store"
SEARCH_FOUND: Final = "search-found-list"


def view_button(action: str, view: str) -> dict[str, str]:
    """The id of a saved view's button: what is to be done to which view."""
    return {"type": "cases-view_action-button", "action": action, "view": view}


def export_job_button(job: str) -> dict[str, str]:
    """The id of the button that cancels which workbook."""
    return {"type": "cases-export_cancel-button", "job": job}
