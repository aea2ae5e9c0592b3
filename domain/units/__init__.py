"""The dated organisation: units, their tree, the areas they serve, who succeeded whom, and their targets."""

from __future__ import annotations

from domain.units.organisation import Organisation
from domain.units.problems import TARGET_MEASURES
from domain.units.records import Area, Succession, Target, Territory, Unit, UnitKind, covers
from domain.units.restatement import Restatement, Restructured, restatement, sum_of

__all__ = [
    "TARGET_MEASURES",
    "Area",
    "Organisation",
    "Restatement",
    "Restructured",
    "Succession",
    "Target",
    "Territory",
    "Unit",
    "UnitKind",
    "covers",
    "restatement",
    "sum_of",
]
