"""Chấm công: punches, rosters and absences, what they make of a person's day, and who of a unit is at work."""

from domain.attendance.presence import UnitPresence, presence_of
from domain.attendance.records import (
    ABSENCE_NAMES,
    LEAVE_NAMES,
    STATUS_NAMES,
    AbsenceRecord,
    Correction,
    DayStatus,
    LeaveKind,
    Overlay,
    OverlayKind,
    Punch,
    Shift,
    StaffRecord,
    TerminalRecord,
    plain_pin,
)
from domain.attendance.status import DayFacts, TerminalHealth, day_status, next_status_change_at, terminals_could_tell

__all__ = [
    "ABSENCE_NAMES",
    "LEAVE_NAMES",
    "STATUS_NAMES",
    "AbsenceRecord",
    "Correction",
    "DayFacts",
    "DayStatus",
    "LeaveKind",
    "Overlay",
    "OverlayKind",
    "Punch",
    "Shift",
    "StaffRecord",
    "TerminalHealth",
    "TerminalRecord",
    "UnitPresence",
    "day_status",
    "next_status_change_at",
    "plain_pin",
    "presence_of",
    "terminals_could_tell",
]
