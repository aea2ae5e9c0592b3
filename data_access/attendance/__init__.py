"""Attendance: how it is stored so that no order or repetition matters, and what may be asked about it."""

from data_access.attendance.health import silent_terminals
from data_access.attendance.questions import StaffDay, presence_on, staff_days, staff_month
from data_access.attendance.saving import save_absences, save_correction, save_staff, save_terminals
from data_access.attendance.terminals import (
    KnownTerminal,
    known_pins,
    save_contact,
    save_punches,
    terminal_by_serial,
    terminal_units,
)

__all__ = [
    "KnownTerminal",
    "StaffDay",
    "known_pins",
    "presence_on",
    "save_absences",
    "save_contact",
    "save_correction",
    "save_punches",
    "save_staff",
    "save_terminals",
    "silent_terminals",
    "staff_days",
    "staff_month",
    "terminal_by_serial",
    "terminal_units",
]
