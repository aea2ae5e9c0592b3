"""Số liệu theo kỳ: what other software or a clerk states of one indicator, unit and period, and when.

Nothing here is stored or fetched.
"""

from domain.observations.checking import ObservationRefused, ObservationRules, checked_observation
from domain.observations.periods import LENGTH_EXAMPLES, LENGTH_NAMES, ObservedPeriod, PeriodLength
from domain.observations.records import MEASURE_NAMES, Figures, Measure, Observation, ObservedIndicator
from domain.observations.totals import ObservedTotal, total_of

__all__ = [
    "Figures",
    "LENGTH_EXAMPLES",
    "LENGTH_NAMES",
    "MEASURE_NAMES",
    "Measure",
    "Observation",
    "ObservationRefused",
    "ObservationRules",
    "ObservedIndicator",
    "ObservedPeriod",
    "ObservedTotal",
    "PeriodLength",
    "checked_observation",
    "total_of",
]
