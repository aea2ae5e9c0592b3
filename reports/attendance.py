"""The month table of a unit as a workbook: one row per code, one letter per day, the sums. Nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from domain.attendance import LETTERS, STATUS_NAMES, DayStatus, PersonMonth

SUMS = tuple(status for status in DayStatus if LETTERS[status])


def write_month(path: Path, people: Sequence[PersonMonth], days: Sequence[date], notes: Sequence[str]) -> None:
    """The table below its notes, and what the letters mean; raises OSError."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#D9E4F2"})
        sheet = book.add_worksheet("Chấm công")
        for at, note in enumerate(notes):
            sheet.write_string(at, 0, note)
        top = len(notes) + 1
        heads = ["Mã", *(str(day.day) for day in days), *(STATUS_NAMES[status] for status in SUMS)]
        for column, head in enumerate(heads):
            sheet.write_string(top, column, head, bold)
        sheet.set_column(1, len(days), 3)
        sheet.set_column(len(days) + 1, len(heads) - 1, 14)
        for line, person in enumerate(people, top + 1):
            sheet.write_string(line, 0, person.code)
            for column, status in enumerate(person.days, 1):
                sheet.write_string(line, column, "" if status is None else LETTERS[status])
            for column, status in enumerate(SUMS, len(days) + 1):
                sheet.write_number(line, column, person.counts.get(status, 0))
        words = "; ".join(f"{LETTERS[status]}: {STATUS_NAMES[status]}" for status in SUMS)
        sheet.write_string(top + len(people) + 2, 0, f"{words}. Ô trống: ngày nghỉ, hoặc không có trong danh sách.")
        sheet.freeze_panes(top + 1, 1)
