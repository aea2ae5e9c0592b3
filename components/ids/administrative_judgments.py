"""Ids of the page of administrative judgments."""

from __future__ import annotations

from typing import Final

JUDGMENTS_ADDRESS: Final = "administrative_judgments-filter-address"
JUDGMENTS_FILTER: Final = "administrative_judgments-filter-store"
JUDGMENTS_UNIT: Final = "administrative_judgments-unit-select"
JUDGMENTS_YEAR: Final = "administrative_judgments-year-select"
JUDGMENTS_SHOWING: Final = "administrative_judgments-showing-select"
JUDGMENTS_EXPORTS: Final = "administrative_judgments-exports-list"
JUDGMENTS_FIGURES: Final = "administrative_judgments-figures-list"
JUDGMENTS_FLOW: Final = "administrative_judgments-flow-list"
JUDGMENTS_ONE: Final = "administrative_judgments-one-list"
JUDGMENTS_TABLE: Final = "administrative_judgments-units-list"
JUDGMENTS_LIST: Final = "administrative_judgments-rows-list"
