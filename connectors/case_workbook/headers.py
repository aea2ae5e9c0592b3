"""Finding the header row: below titles, in one row or two merged ones, with columns in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from connectors.case_workbook.cells import Cell
from connectors.case_workbook.fields import FIELDS, PACKED_FIELDS, PACKED_HEADERS, SheetKind, header_key, header_keys

HEADER_WITHIN = 15
_LONGEST_HEADER = 150
# A word found only under a heading nobody knows ("Bản án" above "Ngày") counts when nothing better names the column.
_UNDER_UNKNOWN = 1000
_PACKED = "packed"
_COLUMN_NUMBER = re.compile(r"\(?[A-Za-z0-9]{1,2}\)?(?:\s*=.*)?")


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's columns are. `data_from` is the index (from 0) of the first row below the header.

    `columns` gives the column of each field; fields named in `packed` are read from the packed column instead.
    `missing` and `ignored` hold headers as a person reads them.
    """

    kind: SheetKind
    data_from: int
    columns: dict[str, int]
    packed: frozenset[str]
    ignored: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def required_found(self) -> int:
        """How many required columns are there."""
        return sum(field.required and field.name in self.columns for field in FIELDS[self.kind])


def _names_of(kind: SheetKind) -> dict[str, tuple[str, int]]:
    """Header key -> (field, rank); the lower rank is the more exact name."""
    names: dict[str, tuple[str, int]] = {}
    for field in FIELDS[kind]:
        for rank, header in enumerate(field.headers):
            names.setdefault(header_key(header), (field.name, rank))
    for rank, header in enumerate(PACKED_HEADERS):
        names.setdefault(header_key(header), (_PACKED, rank))
    return names


_NAMES = {kind: _names_of(kind) for kind in SheetKind}


def find_header(rows: Sequence[Sequence[Cell]], kind: SheetKind) -> Header | None:
    """The best header of this kind in the first rows, or None when no row names two of its columns."""
    best: Header | None = None
    best_score = (0, -len(PACKED_FIELDS) - 1, 0, False)
    for index in range(min(HEADER_WITHIN, len(rows))):
        top = [_label(cell) for cell in rows[index]]
        if not any(top):
            continue
        below = [_label(cell) for cell in rows[index + 1]] if index + 1 < len(rows) else []
        for labels, depth in ((_single(top), 1), (_double(top, below), 2)):
            header = _matched(labels, kind, index + depth)
            # A merged heading over number, day and money looks like a packed column until the row below it is read too.
            score = (header.required_found, -len(header.packed), len(header.columns), depth == 1)
            if len(header.columns) >= 2 and score > best_score:
                best, best_score = header, score
        # A title row and the header below it also look like two merged rows, so only a single row ends the search.
        if best is not None and best_score[-1] and not best.missing and not best.packed:
            break
    if best is None or best.data_from >= len(rows) or not _is_numbering(rows[best.data_from]):
        return best
    return Header(best.kind, best.data_from + 1, best.columns, best.packed, best.ignored, best.missing)


def _label(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) and len(cell) <= _LONGEST_HEADER else ""


Labels = list[tuple[str, list[tuple[str, int]]]]


def _single(top: Sequence[str]) -> Labels:
    """Per column: what a person reads there, and the texts it may be matched by with their penalty."""
    return [(text, [(text, 0)] if text else []) for text in top]


def _double(top: Sequence[str], below: Sequence[str]) -> Labels:
    """Two rows, the upper one merged over several columns: its text goes to the right as long as the lower row does."""
    labels: Labels = []
    above = ""
    for column in range(max(len(top), len(below))):
        own = top[column] if column < len(top) else ""
        under = below[column] if column < len(below) else ""
        above = own or (above if under else "")
        if above and under:
            labels.append((f"{above} / {under}", [(f"{above} {under}", 0), (under, _UNDER_UNKNOWN)]))
        else:
            labels.append((above or under, [(above or under, 0)] if above or under else []))
    return labels


def _matched(labels: Labels, kind: SheetKind, data_from: int) -> Header:
    """Give every column to the field it names best; a column that lost its field may still take its second choice."""
    offers: list[tuple[int, int, str]] = []
    for column, (_shown, texts) in enumerate(labels):
        offers.extend((rank, column, field) for field, rank in _fields_named(texts, kind))
    columns: dict[str, int] = {}
    taken: set[int] = set()
    for _rank, column, field in sorted(offers):
        if field not in columns and column not in taken:
            columns[field] = column
            taken.add(column)
    packed_column = columns.pop(_PACKED, None)
    packed: frozenset[str] = frozenset()
    fields = FIELDS[kind]
    if packed_column is not None:
        wanted = {field.name for field in fields if field.name in PACKED_FIELDS}
        packed = frozenset(wanted - columns.keys())
        columns.update(dict.fromkeys(packed, packed_column))
        if not packed:
            taken.discard(packed_column)
    return Header(
        kind,
        data_from,
        columns,
        packed,
        ignored=tuple(shown for column, (shown, _texts) in enumerate(labels) if shown and column not in taken),
        missing=tuple(field.header for field in fields if field.required and field.name not in columns),
    )


def _fields_named(texts: list[tuple[str, int]], kind: SheetKind) -> Iterator[tuple[str, int]]:
    for text, penalty in texts:
        for exactness, key in enumerate(header_keys(text)):
            named = _NAMES[kind].get(key)
            if named is not None:
                yield named[0], named[1] + penalty + exactness
                break


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or A B 1 2."""
    texts = [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip() for cell in row]
    filled = [text for text in texts if text]
    return len(filled) >= 3 and all(_COLUMN_NUMBER.fullmatch(text) for text in filled)
