"""The case workbook: exports of việc, quyết định and thu chi (Excel, CSV) read into records; docs/sources/cases.md."""

from connectors.case_workbook.fields import SHEET_TITLES, SheetKind, headers_of
from connectors.case_workbook.parsed import Limits, ParsedWorkbook, Reference, RejectedRow, RowRef
from connectors.case_workbook.reader_process import read_workbook, row_cells
from connectors.case_workbook.reading import parse_workbook

__all__ = [
    "SHEET_TITLES",
    "Limits",
    "ParsedWorkbook",
    "Reference",
    "RejectedRow",
    "RowRef",
    "SheetKind",
    "headers_of",
    "parse_workbook",
    "read_workbook",
    "row_cells",
]
