"""What reading a workbook gives back, what it needs to know, and the limits it keeps to."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from connectors.case_workbook.fields import SheetKind
from domain.cases import CaseRecord, DecisionRecord, MoneyRecord


@dataclass(frozen=True, slots=True)
class Reference:
    """What cells may name. Keys are `reference_key` of codes and names, values are codes; `today` is the local day."""

    unit_codes: Mapping[str, str]
    area_codes: Mapping[str, str]
    today: date


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask for. The defaults admit 120,000 việc with three decisions each and refuse bombs.

    Measured: 100,000 việc and 100,000 decisions unpack to 89 MB, ten times their packed size.
    """

    file_bytes: int = 40_000_000
    unpacked_bytes: int = 320_000_000
    ratio: int = 100
    parts: int = 200
    sheets: int = 50
    columns: int = 256
    rows: int = 600_000
    rejected_kept: int = 5_000
    memory_bytes: int = 768 * 1024 * 1024
    cpu_seconds: int = 20
    wall_seconds: float = 60.0


class RowRef(NamedTuple):
    """Where a row stands in the file: the sheet's name and the row number that Excel shows (from 1)."""

    sheet: str
    row_number: int


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not accepted. `cells` are the texts of the known columns in the order of `headers_of(kind)`.

    Unknown columns are left out on purpose, they may name people; so is whatever stood in place of an officer's code.
    `column`, `value` and the beginning of `reason` are those of the first trouble; `reason` goes on with the others.
    """

    kind: SheetKind
    sheet: str
    row_number: int
    column: str
    value: str
    reason: str
    cells: tuple[str, ...]


class SheetPart(NamedTuple):
    """Records of one kind from `first` on, until the next part of that kind begins, come from this sheet."""

    sheet: str
    first: int


@dataclass(slots=True)
class ParsedWorkbook:
    """Everything a workbook said. The `*_rows` arrays give the Excel row number of each record, in parallel.

    `as_of_on` is the stated export date (a day of Asia/Ho_Chi_Minh) or None; `as_of_at` the stated instant, aware UTC,
    only when a time was stated too. `rows_read` counts rows with content: accepted + rejected; total rows and notes are
    counted apart. `rejected` keeps the first `Limits.rejected_kept`; `rejected_beyond` counts the others.
    """

    as_of_on: date | None = None
    as_of_at: datetime | None = None
    cases: list[CaseRecord] = field(default_factory=list)
    decisions: list[DecisionRecord] = field(default_factory=list)
    money: list[MoneyRecord] = field(default_factory=list)
    case_rows: array[int] = field(default_factory=lambda: array("I"))
    decision_rows: array[int] = field(default_factory=lambda: array("I"))
    money_rows: array[int] = field(default_factory=lambda: array("I"))
    rejected: list[RejectedRow] = field(default_factory=list)
    rejected_beyond: int = 0
    ignored_columns: dict[str, list[str]] = field(default_factory=dict)
    ignored_sheets: list[str] = field(default_factory=list)
    rows_read: int = 0
    total_rows: int = 0
    note_rows: int = 0
    parts: dict[SheetKind, list[SheetPart]] = field(default_factory=lambda: {kind: [] for kind in SheetKind})

    @property
    def rejected_count(self) -> int:
        """Every rejected row, kept or only counted."""
        return len(self.rejected) + self.rejected_beyond

    def case_ref(self, index: int) -> RowRef:
        """Where `cases[index]` stands in the file."""
        return self._ref(SheetKind.CASES, self.case_rows, index)

    def decision_ref(self, index: int) -> RowRef:
        """Where `decisions[index]` stands in the file."""
        return self._ref(SheetKind.DECISIONS, self.decision_rows, index)

    def money_ref(self, index: int) -> RowRef:
        """Where `money[index]` stands in the file."""
        return self._ref(SheetKind.MONEY, self.money_rows, index)

    def _ref(self, kind: SheetKind, rows: array[int], index: int) -> RowRef:
        parts = self.parts[kind]
        part = parts[bisect_right(parts, index, key=lambda item: item.first) - 1]
        return RowRef(part.sheet, rows[index])
