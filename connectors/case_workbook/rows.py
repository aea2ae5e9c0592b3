"""One sheet's rows, turned into plain values or rejected with reasons.

A row becomes a tuple of JSON values (days as ordinals, enums by value), because it may have to leave a child process;
`assembling.py` makes records of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from connectors.case_workbook.cells import (
    MASKED,
    Cell,
    CellProblem,
    PersonalCell,
    amount_due,
    decision_number,
    fact_day,
    is_empty,
    is_error,
    officer_code,
    read_amount,
    read_mark,
    shown_text,
)
from connectors.case_workbook.fields import FIELDS, Field, SheetKind, header_key
from connectors.case_workbook.headers import Header
from connectors.case_workbook.packed import packed_amount, packed_day, packed_number
from connectors.case_workbook.parsed import Reference, RejectedRow
from connectors.case_workbook.words import area_code, case_kind, case_type, decision_kind, groups, money_kind, unit_code

Read = Callable[[Cell], Any]
BATCH_ROWS = 1000

_TOTAL = re.compile(r"(?:tong )?cong|tong(?: so| cong)?|cong (?:trang|don|luy ke|chung)|tong (?:so|cong) .*|luy ke.*")
_KEY_FIELDS = 3


class _Memo(dict[Cell, Any]):
    """Remembers what a cell was read as; columns of units, days and kinds repeat a few values 100,000 times."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Cell) -> Any:
        value = self[cell] = self._read(cell)
        return value


def _optional(read: Read, default: Any = None) -> Read:
    def read_if_filled(cell: Cell) -> Any:
        return default if is_empty(cell) else read(cell)

    return read_if_filled


def _ordinal(read_fact_day: Read) -> Read:
    def read(cell: Cell) -> int:
        return int(read_fact_day(cell).toordinal())

    return read


def _readers(kind: SheetKind, reference: Reference, packed: frozenset[str]) -> list[Read]:
    """One reader per field of the sheet, in the order of FIELDS; the repeating ones remember."""
    day = fact_day(reference.today)
    key: list[Read] = [
        _Memo(unit_code(reference.unit_codes)).__getitem__,
        packed_number if "number" in packed else decision_number,
        _ordinal(packed_day(day)) if "decided_on" in packed else _Memo(_ordinal(day)).__getitem__,
    ]
    effective_on = _Memo(_ordinal(day)).__getitem__
    if kind is SheetKind.CASES:
        return [
            *key,
            _Memo(_optional(_ordinal(day))).__getitem__,
            _Memo(_optional(unit_code(reference.unit_codes))).__getitem__,
            _Memo(case_kind).__getitem__,
            _Memo(case_type).__getitem__,
            _Memo(_optional(officer_code)).__getitem__,
            _Memo(_optional(area_code(reference.area_codes))).__getitem__,
            packed_amount if "amount_due" in packed else amount_due,
            _Memo(groups).__getitem__,
        ]
    if kind is SheetKind.DECISIONS:
        mark = _Memo(read_mark).__getitem__
        return [*key, _Memo(decision_kind).__getitem__, effective_on, _optional(amount_due), mark]
    return [*key, effective_on, _Memo(money_kind).__getitem__, read_amount]


@dataclass(slots=True)
class Batch:
    """Accepted rows with their Excel row numbers, rejected ones, and how many rows were totals or notes."""

    row_numbers: list[int]
    rows: list[list[Any]]
    rejected: list[RejectedRow]
    totals: int = 0
    notes: int = 0


class SheetRows:
    """Reads the rows of one sheet under one header."""

    def __init__(self, sheet: str, header: Header, reference: Reference) -> None:
        self._sheet = sheet
        self._header = header
        self._fields = FIELDS[header.kind]
        self._readers = _readers(header.kind, reference, header.packed)
        # Every row gets one empty cell at its end: the place of columns the file does not have.
        self._pick = itemgetter(*(header.columns.get(field.name, -1) for field in self._fields))
        self._width = max(header.columns.values()) + 1

    def batches(self, rows: Iterable[list[Cell]], first_row_number: int) -> Iterator[Batch]:
        """Read all rows, about BATCH_ROWS at a time."""
        batch = Batch([], [], [])
        pick, readers, width = self._pick, self._readers, self._width
        for row_number, row in enumerate(rows, first_row_number):
            if len(row) < width:
                row = [*row, *[""] * (width - len(row))]
            row.append("")
            cells = pick(row)
            if not any(cells):
                continue
            try:
                values = [read(cell) for read, cell in zip(readers, cells, strict=True)]
            except CellProblem:
                self._set_aside(batch, row_number, cells, row)
            else:
                batch.row_numbers.append(row_number)
                batch.rows.append(values)
            if len(batch.rows) + len(batch.rejected) >= BATCH_ROWS:
                yield batch
                batch = Batch([], [], [])
        yield batch

    def texts(self, row: list[Cell]) -> tuple[str, ...]:
        """The row as an error report shows it: known columns in canonical order, officers only by code."""
        cells = self._pick([*row, *[""] * (self._width - len(row)), ""])
        return self._shown(cells)

    def _set_aside(self, batch: Batch, row_number: int, cells: Sequence[Cell], row: list[Cell]) -> None:
        """Sort out what could not be read: blank, total and note rows are no data, everything else is rejected."""
        filled = [cell for cell in cells if not is_empty(cell)]
        if not filled:
            return
        has_key = sum(not is_empty(cell) for cell in cells[1:_KEY_FIELDS])
        # The word may stand in a column nobody reads, such as STT.
        words = [header_key(shown_text(cell)) for cell in row if isinstance(cell, str) and not is_empty(cell)]
        if has_key < 2 and any(_TOTAL.fullmatch(word) for word in words[:2]):
            batch.totals += 1
        elif len(filled) <= 2 and (not has_key or not any(_says_a_fact(cell) for cell in filled)):
            # Signatures below a table stand in any column; they are names and must not reach the rejected rows.
            batch.notes += 1
        else:
            batch.rejected.append(self._rejected(row_number, cells))

    def _rejected(self, row_number: int, cells: Sequence[Cell]) -> RejectedRow:
        problems = list(self._problems(cells))
        column, value, reason = problems[0]
        return RejectedRow(
            kind=self._header.kind,
            sheet=self._sheet,
            row_number=row_number,
            column=column,
            value=value,
            reason=reason + "".join(f"; {header}: {other}" for header, _value, other in problems[1:]),
            cells=self._shown(cells),
        )

    def _problems(self, cells: Sequence[Cell]) -> Iterator[tuple[str, str, str]]:
        """Header, shown value and reason of every cell that cannot be read."""
        for field, read, cell in zip(self._fields, self._readers, cells, strict=True):
            try:
                read(cell)
            except PersonalCell as problem:
                yield field.header, MASKED, str(problem)
            except CellProblem as problem:
                yield field.header, shown_text(cell), "ô công thức bị lỗi" if is_error(cell) else str(problem)

    def _shown(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        return tuple(_shown_cell(field, cell) for field, cell in zip(self._fields, cells, strict=True))


def _says_a_fact(cell: Cell) -> bool:
    """Whether a cell holds a number, a day, or a text with a digit in it."""
    return not isinstance(cell, str) or any(letter.isdigit() for letter in cell)


def _shown_cell(field: Field, cell: Cell) -> str:
    if field.name == "officer" and not is_empty(cell):
        try:
            return officer_code(cell)
        except PersonalCell:
            return MASKED
    return shown_text(cell)
