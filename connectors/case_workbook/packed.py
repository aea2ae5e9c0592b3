"""Cells that pack "Số; ngày; số tiền" into one text: "Số: 46/QĐ-THADS ngày 05/10/2025, số tiền 150.000đ"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from connectors.case_workbook.cells import Cell, CellProblem, amount_due, decision_number, plain_text, read_day

_DATE = re.compile(
    r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}(?!\d)|\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}"
    r"|(?<=ngày )\d{1,2}[-/.]\d{1,2}[-/.]\d{2}(?!\d)",
    re.ASCII,
)
_MONEY = re.compile(
    r"(?<![\d/.,-])(\d{1,3}(?:[., ]\d{3})+(?:[.,]0+)?|\d+)\s*(?:₫|đồng|đ(?!\w)|vnđ|vnd)"
    r"|(?:số tiền|tiền)\s*:?\s*(\d[\d., ]*\d|\d)",
    re.ASCII,
)
_LONGEST = 500


def packed_number(cell: Cell) -> str:
    """The decision number at the head of the cell, before the date."""
    text = _lower(cell)
    found = _DATE.search(text)
    head = text[: found.start()] if found else text
    head = re.sub(r"\s*ngày\s*:?\s*$", "", head).strip(" ;,.")
    return decision_number(head or text)


def packed_day(read_fact_day: Callable[[Cell], date]) -> Callable[[Cell], date]:
    """A reader of the first day in the cell."""

    def read(cell: Cell) -> date:
        found = _DATE.search(_lower(cell))
        if found is None:
            raise CellProblem("ô gộp không có ngày; hãy ghi số; ngày; số tiền")
        read_day(found[0])
        return read_fact_day(found[0])

    return read


def packed_amount(cell: Cell) -> int:
    """The amount after the day: a number with its currency, or the third of three parts."""
    text = _lower(cell)
    found = _DATE.search(text)
    rest = text[found.end() :] if found else text
    amounts = [one or other for one, other in _MONEY.findall(rest)]
    if len(amounts) == 1:
        return amount_due(amounts[0])
    parts = [part.strip() for part in rest.split(";") if part.strip()]
    if not amounts and len(parts) == 1 and any(letter.isdigit() for letter in parts[0]):
        return amount_due(parts[0])
    raise CellProblem("ô gộp không có đúng một số tiền; hãy ghi số; ngày; số tiền")


def _lower(cell: Cell) -> str:
    text = plain_text(cell).lower()
    if not text or text == "-":
        raise CellProblem("ô bắt buộc bị trống")
    if len(text) > _LONGEST:
        raise CellProblem("ô gộp quá dài")
    return text
