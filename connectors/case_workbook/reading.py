"""Reads a whole workbook in this process: which sheet is which, its header, its rows, the stated export date.

Call `reader_process.read_workbook` for files from outside; it runs this in a child process with limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from connectors.base import WorkbookRefused
from connectors.case_workbook.as_of import StatedAsOf, earlier, stated_in_name, stated_in_rows
from connectors.case_workbook.assembling import Message, assemble
from connectors.case_workbook.book import Book, open_book
from connectors.case_workbook.cells import Cell, is_empty
from connectors.case_workbook.fields import SHEET_TITLES, SheetKind, kind_by_sheet_name
from connectors.case_workbook.headers import HEADER_WITHIN, Header, find_header
from connectors.case_workbook.parsed import Limits, ParsedWorkbook, Reference, RejectedRow, RowRef
from connectors.case_workbook.rows import SheetRows
from connectors.case_workbook.words import looks_like

_SHEETS_BY_HEADER = 10
_LINES_TO_JUDGE_BY = 200
_DEFAULT_LIMITS = Limits()


def parse_workbook(
    path: Path, reference: Reference, limits: Limits = _DEFAULT_LIMITS, *, name: str | None = None
) -> ParsedWorkbook:
    """Read a workbook here and now; raises WorkbookRefused. `name` is the name it was sent under, if not the path's."""
    return assemble(workbook_messages(path, reference, limits, name or path.name))


@dataclass(frozen=True, slots=True)
class _OpenSheet:
    """A recognised sheet: `head` are its first rows, `rest` the rows below them."""

    name: str
    header: Header
    head: list[list[Cell]]
    rest: Iterator[list[Cell]]

    def data(self) -> Iterator[list[Cell]]:
        return chain(self.head[self.header.data_from :], self.rest)


def workbook_messages(path: Path, reference: Reference, limits: Limits, name: str) -> Iterator[Message]:
    """The content as messages for `assembling.assemble`; raises WorkbookRefused, at the latest at the end."""
    book = open_book(path, name, limits)
    kinds = _kinds_by_name(book)
    as_of = stated_in_name(name)
    totals = notes = kept = beyond = found = 0
    for sheet in _open_sheets(book, kinds):
        found += 1
        as_of = earlier(as_of, _stated_above(sheet))
        yield ["part", sheet.header.kind.value, sheet.name]
        yield ["ignored", sheet.name, list(sheet.header.ignored)]
        rows = SheetRows(sheet.name, sheet.header, reference)
        for batch in rows.batches(sheet.data(), sheet.header.data_from + 1):
            yield ["rows", sheet.header.kind.value, batch.row_numbers, batch.rows]
            room = max(0, limits.rejected_kept - kept)
            yield ["rejected", [_as_message(row) for row in batch.rejected[:room]]]
            kept += min(room, len(batch.rejected))
            beyond += max(0, len(batch.rejected) - room)
            totals, notes = totals + batch.totals, notes + batch.notes
    if not found:
        raise WorkbookRefused("Tệp không có dòng nào: các trang Việc, Quyết định, Thu chi đều trống.")
    yield [
        "end",
        {
            "as_of_on": None if as_of is None else as_of.on.toordinal(),
            "as_of_at": None if as_of is None or as_of.at is None else as_of.at.timestamp(),
            "ignored_sheets": [sheet for position, sheet in enumerate(book.sheet_names) if position not in kinds],
            "total_rows": totals,
            "note_rows": notes,
            "rejected_beyond": beyond,
        },
    ]


def row_texts(
    path: Path, reference: Reference, wanted: Mapping[str, frozenset[int]], limits: Limits, name: str
) -> Iterator[tuple[RowRef, SheetKind, tuple[str, ...]]]:
    """The texts of some rows, for rejections that are decided after reading; keys of `wanted` are sheet names."""
    book = open_book(path, name, limits)
    kinds = {position: kind for position, kind in _kinds_by_name(book).items() if book.sheet_names[position] in wanted}
    for sheet in _open_sheets(book, kinds):
        rows = SheetRows(sheet.name, sheet.header, reference)
        for row_number, row in enumerate(sheet.data(), sheet.header.data_from + 1):
            if row_number in wanted[sheet.name]:
                yield RowRef(sheet.name, row_number), sheet.header.kind, rows.texts(row)


def _as_message(row: RejectedRow) -> Message:
    return [row.kind.value, row.sheet, row.row_number, row.column, row.value, row.reason, list(row.cells)]


def _kinds_by_name(book: Book) -> dict[int, SheetKind | None]:
    """Which sheets to read, by position. When no name is known, all of the first sheets are tried by their headers."""
    named = {position: kind_by_sheet_name(name) for position, name in enumerate(book.sheet_names)}
    known = {position: kind for position, kind in named.items() if kind is not None}
    return dict(known) if known else dict.fromkeys(list(named)[:_SHEETS_BY_HEADER])


def _open_sheets(book: Book, kinds: Mapping[int, SheetKind | None]) -> Iterator[_OpenSheet]:
    """Recognised sheets with content; a named sheet without its required columns refuses the file."""
    refused: list[str] = []
    recognised = 0
    for position, kind in kinds.items():
        name = book.sheet_names[position]
        rows = book.rows(position)
        head = list(islice(rows, HEADER_WITHIN + 2))
        if not any(not is_empty(cell) for row in head for cell in row):
            recognised += kind is not None
            continue
        header, head = _header(head, rows, kind)
        if header is None or header.missing:
            reason = _refusal(name, header, kind)
            if kind is not None:
                raise WorkbookRefused(reason)
            refused.append(reason)
            continue
        recognised += 1
        yield _OpenSheet(name, header, head, rows)
    if not recognised:
        raise WorkbookRefused(" ".join(refused) or "Tệp không có dòng nào.")


def _header(
    head: list[list[Cell]], rows: Iterator[list[Cell]], kind: SheetKind | None
) -> tuple[Header | None, list[list[Cell]]]:
    """The header of a sheet, and its first rows, of which more may have been needed to tell the kind."""
    by_kind = {each: find_header(head, each) for each in SheetKind}
    if kind is not None and (expected := by_kind[kind]) is not None and not expected.missing:
        return expected, head
    complete = [header for header in by_kind.values() if header is not None and not header.missing]
    if not complete:
        # Nothing fits: what the name says, or what comes nearest, is what to complain about.
        near = [header for header in by_kind.values() if header is not None]
        nearest = max(near, key=lambda header: (header.required_found, -len(header.missing)), default=None)
        return (by_kind[kind] if kind is not None else nearest), head
    if len(complete) > 1 and not any("withdrawn" in header.columns for header in complete):
        head = [*head, *islice(rows, _LINES_TO_JUDGE_BY)]
        return max(complete, key=lambda header: _words_of(header, head)), head
    return max(complete, key=lambda header: len(header.columns)), head


def _words_of(header: Header, head: Sequence[Sequence[Cell]]) -> int:
    """How many cells of the column "Loại" are words of this kind of sheet."""
    if header.kind is SheetKind.CASES:
        return 0
    column = header.columns["kind"]
    return sum(looks_like(header.kind, row[column]) for row in head[header.data_from :] if len(row) > column)


def _refusal(name: str, header: Header | None, kind: SheetKind | None) -> str:
    if header is None:
        as_what = f" ({SHEET_TITLES[kind]})" if kind is not None else ""
        return f"Trang “{name}”{as_what}: không thấy dòng tiêu đề trong {HEADER_WITHIN} dòng đầu."
    missing = ", ".join(f"“{title}”" for title in header.missing)
    return f"Trang “{name}” thiếu cột bắt buộc: {missing}."


def _stated_above(sheet: _OpenSheet) -> StatedAsOf | None:
    return stated_in_rows(sheet.head[: max(0, sheet.header.data_from - 1)])
