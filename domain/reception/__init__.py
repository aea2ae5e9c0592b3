"""Tiếp công dân: visits and their queue, large delegations, what cameras watched, complaints and denunciations."""

from domain.reception.day import (
    Delegation,
    ReceptionCounts,
    ReceptionDay,
    ReceptionLimits,
    delegations_of,
    reception_counts,
    reception_day,
)
from domain.reception.monitoring import MONITORING_NAMES, Monitoring, monitoring_of
from domain.reception.petitions import PetitionCounts, petition_counts, petition_due_on, petition_rule
from domain.reception.records import (
    OUTCOME_NAMES,
    PETITION_NAMES,
    PURPOSE_NAMES,
    SUBJECT_NAMES,
    PetitionKind,
    PetitionRecord,
    PetitionSubject,
    VisitOutcome,
    VisitPurpose,
    VisitRecord,
    VisitState,
)

__all__ = [
    "MONITORING_NAMES",
    "OUTCOME_NAMES",
    "PETITION_NAMES",
    "PURPOSE_NAMES",
    "SUBJECT_NAMES",
    "Delegation",
    "Monitoring",
    "PetitionCounts",
    "PetitionKind",
    "PetitionRecord",
    "PetitionSubject",
    "ReceptionCounts",
    "ReceptionDay",
    "ReceptionLimits",
    "VisitOutcome",
    "VisitPurpose",
    "VisitRecord",
    "VisitState",
    "delegations_of",
    "monitoring_of",
    "petition_counts",
    "petition_due_on",
    "petition_rule",
    "reception_counts",
    "reception_day",
]
