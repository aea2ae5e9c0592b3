"""One table in a workbook, with lines above that say what it is and as of when, and lines below that explain it.

Text is written as text, so nothing in it can act as a formula on the reader's side; what nobody knows is an empty cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from domain.local_time import local

Cell = str | datetime | date | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are (head, width); a datetime is aware and written as Huế shows it, a date as a day, a float with one
    decimal."""

    title: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    legend: Sequence[str] = field(default=())


def write_table(path: Path, table: Table) -> None:
    """Write the workbook; raises OSError."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), {**options, "default_date_format": "hh:mm dd/mm/yyyy"}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#D9E4F2"})
        decimal = book.add_format({"num_format": "0.0"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet(table.title)
        for at, note in enumerate(table.notes):
            sheet.write_string(at, 0, note)
        top = len(table.notes) + 1
        for column, (head, width) in enumerate(table.columns):
            sheet.write_string(top, column, head, bold)
            sheet.set_column(column, column, width)
        for line, row in enumerate(table.rows, top + 1):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(line, column, local(value).replace(tzinfo=None))
                elif isinstance(value, date):
                    sheet.write_datetime(line, column, value, day)
                elif isinstance(value, float | int):
                    sheet.write_number(line, column, value, decimal if isinstance(value, float) else None)
                elif value is not None:
                    sheet.write_string(line, column, value)
        for at, words in enumerate(table.legend, top + len(table.rows) + 2):
            sheet.write_string(at, 0, words)
        sheet.freeze_panes(top + 1, 1)
