"""Ids of the page /training."""

from __future__ import annotations

from typing import Final

TRAINING_ADDRESS: Final = "training-filter-address"
TRAINING_FILTER: Final = "training-filter-store"
TRAINING_UNIT: Final = "training-unit-select"
TRAINING_YEAR: Final = "training-year-select"
TRAINING_EXPORT: Final = "training-export-link"
TRAINING_FIGURES: Final = "training-figures-list"
TRAINING_UNITS: Final = "training-units-list"
TRAINING_SESSIONS: Final = "training-sessions-list"
EQUIPMENT_EXPORT: Final = "equipment-export-link"
EQUIPMENT_FIGURES: Final = "equipment-figures-list"
EQUIPMENT_UNITS: Final = "equipment-units-list"
EQUIPMENT_LINES: Final = "equipment-lines-list"
