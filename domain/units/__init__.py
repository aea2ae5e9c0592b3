"""The dated organisation: units, their tree, the areas they serve, who succeeded whom, and their targets."""

from __future__ import annotations

from domain.units.organisation import Organisation
from domain.units.problems import TARGET_MEASURES
from domain.units.records import Area, Succession, Target, Territory, Unit, UnitKind, covers

__all__ = [
    "TARGET_MEASURES",
    "Area",
    "Organisation",
    "Succession",
    "Target",
    "Territory",
    "Unit",
    "UnitKind",
    "covers",
]
