"""Messages of the row readers, put together to a ParsedWorkbook; the same in one process and across two.

Messages are JSON arrays: ["part", kind, sheet], ["rows", kind, row numbers, rows], ["rejected", rows],
["ignored", sheet, headers] and at last ["end", summary]. Equal units, days, keys and groups become one object each, to
save memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from connectors.base import WorkbookRefused
from connectors.case_workbook.fields import SheetKind
from connectors.case_workbook.parsed import ParsedWorkbook, RejectedRow, SheetPart
from domain.cases import (
    CaseGroup,
    CaseKey,
    CaseKind,
    CaseRecord,
    CaseType,
    DecisionKind,
    DecisionRecord,
    MoneyKind,
    MoneyRecord,
    statistical_year,
)

Message = list[Any]


def assemble(messages: Iterable[Message]) -> ParsedWorkbook:
    """Build the records; raises WorkbookRefused when the messages stop before their end."""
    assembler = _Assembler()
    for message in messages:
        assembler.take(message)
    if not assembler.ended:
        raise WorkbookRefused("Việc đọc tệp dừng giữa chừng; hãy gửi lại tệp.", detail="no end message")
    return assembler.parsed


class _Assembler:
    def __init__(self) -> None:
        self.parsed = ParsedWorkbook()
        self.ended = False
        self._days: dict[int, tuple[date, int]] = {}
        self._words: dict[str, str] = {}
        self._keys: dict[CaseKey, CaseKey] = {}
        self._groups: dict[str, frozenset[CaseGroup]] = {"": frozenset()}

    def take(self, message: Message) -> None:
        """Apply one message."""
        what, *content = message
        if what == "rows":
            self._rows(SheetKind(content[0]), content[1], content[2])
        elif what == "part":
            kind = SheetKind(content[0])
            self.parsed.parts[kind].append(SheetPart(content[1], len(self._records(kind))))
        elif what == "rejected":
            self.parsed.rejected.extend(_rejected_row(*row) for row in content[0])
        elif what == "ignored":
            self.parsed.ignored_columns[content[0]] = content[1]
        elif what == "end":
            self._end(content[0])

    def _records(self, kind: SheetKind) -> list[Any]:
        records: list[Any] = getattr(self.parsed, kind.value)
        return records

    def _rows(self, kind: SheetKind, row_numbers: list[int], rows: list[list[Any]]) -> None:
        if kind is SheetKind.CASES:
            self.parsed.case_rows.extend(row_numbers)
            self.parsed.cases.extend(self._case(*row) for row in rows)
        elif kind is SheetKind.DECISIONS:
            self.parsed.decision_rows.extend(row_numbers)
            self.parsed.decisions.extend(self._decision(*row) for row in rows)
        else:
            self.parsed.money_rows.extend(row_numbers)
            self.parsed.money.extend(self._money(*row) for row in rows)

    def _case(
        self,
        unit: str,
        number: str,
        decided: int,
        docketed: int | None,
        handling: str | None,
        kind: str,
        case_type: str,
        officer: str | None,
        area: str | None,
        amount: int,
        groups: str,
    ) -> CaseRecord:
        key, decided_on = self._key(unit, number, decided)
        return CaseRecord(
            key,
            decided_on,
            decided_on if docketed is None else self._day(docketed)[0],
            key.issuing_unit if handling is None else self._word(handling),
            _CASE_KINDS[kind],
            _CASE_TYPES[case_type],
            officer and self._word(officer),
            area and self._word(area),
            amount,
            self._groups.get(groups) or self._group_set(groups),
        )

    def _decision(
        self, unit: str, number: str, decided: int, kind: str, effective: int, amount: int | None, withdrawn: bool
    ) -> DecisionRecord:
        key, decided_on = self._key(unit, number, decided)
        return DecisionRecord(key, decided_on, _DECISION_KINDS[kind], self._day(effective)[0], amount, withdrawn)

    def _money(self, unit: str, number: str, decided: int, effective: int, kind: str, amount: int) -> MoneyRecord:
        key, decided_on = self._key(unit, number, decided)
        return MoneyRecord(key, decided_on, _MONEY_KINDS[kind], self._day(effective)[0], amount)

    def _key(self, unit: str, number: str, decided: int) -> tuple[CaseKey, date]:
        decided_on, year = self._day(decided)
        key = CaseKey(self._word(unit), number, year)
        return self._keys.setdefault(key, key), decided_on

    def _day(self, ordinal: int) -> tuple[date, int]:
        known = self._days.get(ordinal)
        if known is None:
            day = date.fromordinal(ordinal)
            known = self._days[ordinal] = (day, statistical_year(day))
        return known

    def _word(self, text: str) -> str:
        return self._words.setdefault(text, text)

    def _group_set(self, codes: str) -> frozenset[CaseGroup]:
        found = frozenset(CaseGroup(code) for code in codes.split(";") if code)
        return self._groups.setdefault(codes, found)

    def _end(self, summary: dict[str, Any]) -> None:
        parsed = self.parsed
        parsed.as_of_on = None if summary["as_of_on"] is None else date.fromordinal(summary["as_of_on"])
        parsed.as_of_at = None if summary["as_of_at"] is None else datetime.fromtimestamp(summary["as_of_at"], UTC)
        parsed.ignored_sheets = summary["ignored_sheets"]
        parsed.total_rows, parsed.note_rows = summary["total_rows"], summary["note_rows"]
        parsed.rejected_beyond = summary["rejected_beyond"]
        parsed.rows_read = len(parsed.cases) + len(parsed.decisions) + len(parsed.money) + parsed.rejected_count
        self.ended = True


def _rejected_row(
    kind: str, sheet: str, row_number: int, column: str, value: str, reason: str, cells: list[str]
) -> RejectedRow:
    return RejectedRow(SheetKind(kind), sheet, row_number, column, value, reason, tuple(cells))


_CASE_KINDS = {kind.value: kind for kind in CaseKind}
_CASE_TYPES = {kind.value: kind for kind in CaseType}
_DECISION_KINDS = {kind.value: kind for kind in DecisionKind}
_MONEY_KINDS = {kind.value: kind for kind in MoneyKind}
