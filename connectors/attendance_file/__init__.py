"""Sheets of attendance (Excel, CSV): terminals, staff as codes, absences, punches; docs/sources/attendance.md."""

from connectors.attendance_file.reading import ParsedSheet, read_attendance_sheet
from connectors.attendance_file.sheets import TITLES, SheetKind

__all__ = ["TITLES", "ParsedSheet", "SheetKind", "read_attendance_sheet"]
