"""The export of another system in the structure of the statistical form: one row a unit, named columns (Excel, CSV).

Read in a child process under the limits of sheets. A column, row or cell that cannot be used is listed, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from connectors.base import WorkbookRefused
from connectors.case_workbook.cells import CellProblem, read_amount
from connectors.case_workbook.fields import header_key
from connectors.case_workbook.words import reference_key
from connectors.sheet_rows import HEADER_WITHIN, Row, sheet_rows
from domain.indicators import CATALOGUE, CountedIn
from domain.reconciliation import COMPARED, WHOLE, NotCompared, StatedForm, StatedRow
from domain.statistical_form import column_name

UNIT_HEAD = "Đơn vị"
UNIT_HEADS = frozenset(header_key(text) for text in (UNIT_HEAD, "Tên đơn vị", "Cơ quan thi hành án", "Cơ quan"))
WHOLE_NAMES = frozenset(header_key(text) for text in ("Toàn tỉnh", "Toàn thành phố", "Cộng", "Tổng cộng", "Tổng số"))
COUNTED_WORDS = {CountedIn.CASES: ("về việc", "việc"), CountedIn.AMOUNT: ("về tiền", "tiền", "đồng")}
NOT_CLEAR = "ghi rõ về việc hay về tiền"
NO_COLUMN = "không có cột này trong biểu"
RATE = "tỷ lệ được tính từ các cột khác, không đối chiếu"


def template_heads() -> list[str]:
    """The header of the empty sheet."""
    return [UNIT_HEAD, *(CATALOGUE[name].name for name in COMPARED)]


def read_stated_form(path: Path, name: str, units: Mapping[str, str]) -> StatedForm:
    """Read a file; `units` are codes by reference key. Raises WorkbookRefused (its content) or SourceUnavailable."""
    with sheet_rows(path, name) as rows:
        return parse_stated_form(rows, units)


def parse_stated_form(rows: Iterable[Row], units: Mapping[str, str]) -> StatedForm:
    """The figures of rows with content; raises WorkbookRefused when none of the first ones is a header."""
    left = iter(rows)
    for _, (_number, cells) in zip(range(HEADER_WITHIN), left, strict=False):
        keys = [header_key(text) for text in cells]
        unit_at = next((place for place, key in enumerate(keys) if key in UNIT_HEADS), None)
        columns = {place: _COLUMNS[key] for place, key in enumerate(keys) if key in _COLUMNS}
        if unit_at is not None and columns:
            unknown = _unknown_columns(cells, unit_at, columns)
            return _below(left, units, unit_at, columns, unknown)
    raise WorkbookRefused(
        f'Không thấy dòng tiêu đề: cần cột "{UNIT_HEAD}" và ít nhất một cột như "{CATALOGUE[COMPARED[0]].name}".'
    )


def _below(
    rows: Iterator[Row],
    units: Mapping[str, str],
    unit_at: int,
    columns: Mapping[int, str],
    unknown: list[NotCompared],
) -> StatedForm:
    found: list[StatedRow] = []
    left = unknown
    for number, cells in rows:
        text = cells[unit_at] if unit_at < len(cells) else ""
        stated = {place: cells[place] for place in columns if place < len(cells) and cells[place]}
        if not stated:
            continue
        unit = WHOLE if header_key(text) in WHOLE_NAMES else units.get(reference_key(text))
        if unit is None:
            reason = "không biết đơn vị này" if text else "dòng không có tên đơn vị"
            left.append(NotCompared(f"dòng {number}", text, reason))
            continue
        values: dict[str, int] = {}
        for place, cell in stated.items():
            try:
                values[columns[place]] = read_amount(cell)
            except CellProblem as problem:
                where = f"dòng {number}, {CATALOGUE[columns[place]].name}"
                left.append(NotCompared(where, cell, str(problem)))
        found.append(StatedRow(number, unit, values))
    if not found:
        raise WorkbookRefused("Tệp không có dòng nào của đơn vị trong hệ thống.")
    return StatedForm(tuple(found), tuple(left))


def _unknown_columns(cells: Sequence[str], unit_at: int, columns: Mapping[int, str]) -> list[NotCompared]:
    found = []
    for place, text in enumerate(cells):
        if not text or place == unit_at or place in columns:
            continue
        key = header_key(text)
        reason = NOT_CLEAR if key in _BARE else RATE if key.startswith("ty le") else NO_COLUMN
        found.append(NotCompared("cột", text, reason))
    return found


def _columns() -> dict[str, str]:
    return {
        header_key(f"{column_name(CATALOGUE[name])} {word}"): name
        for name in COMPARED
        for word in COUNTED_WORDS[CATALOGUE[name].counted_in]
    }


_COLUMNS = _columns()
_BARE = frozenset(header_key(column_name(CATALOGUE[name])) for name in COMPARED)
