"""Security: what cameras, guards and people at a desk report of a day, what of it is shown, and how it ended."""

from domain.security.filters import PERIODS, SecurityFilter, SecuritySummary, summed_up
from domain.security.records import (
    KIND_NAMES,
    ORIGIN_NAMES,
    OUTCOME_NAMES,
    REPORTABLE,
    SETTLED,
    SHIFT_NAMES,
    EventOrigin,
    EventOutcome,
    GuardShift,
    SecurityEvent,
    SecurityKind,
    SecurityRecord,
    event_key,
)
from domain.security.rules import (
    SecurityLimits,
    believed_time,
    gathered,
    is_worth_keeping,
    security_alarms,
    security_priority,
)

__all__ = [
    "KIND_NAMES",
    "ORIGIN_NAMES",
    "OUTCOME_NAMES",
    "PERIODS",
    "REPORTABLE",
    "SETTLED",
    "SHIFT_NAMES",
    "EventOrigin",
    "EventOutcome",
    "GuardShift",
    "SecurityEvent",
    "SecurityFilter",
    "SecurityKind",
    "SecurityLimits",
    "SecurityRecord",
    "SecuritySummary",
    "believed_time",
    "event_key",
    "gathered",
    "is_worth_keeping",
    "security_alarms",
    "security_priority",
    "summed_up",
]
