"""Our figures held against another system's export: which differ, and what of it could not be compared. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.indicators import CATALOGUE
from domain.statistical_form import COLUMN_FIELDS, FormRow, unit_rows, whole

WHOLE = ""
WHOLE_NAME = "Toàn tỉnh"
# Rates are reckoned from the other columns, on both sides.
COMPARED = tuple(
    indicator.id
    for indicator in CATALOGUE.values()
    if indicator.field in COLUMN_FIELDS and not indicator.field.endswith("_rate")
)
KEPT = 2_000


@dataclass(frozen=True, slots=True)
class StatedRow:
    """Dòng của tệp đối chiếu: `unit` is a code, WHOLE for the sum of all; values by id of indicator."""

    line: int
    unit: str
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class NotCompared:
    """Phần không đối chiếu được: a column, row or cell, and why in Vietnamese."""

    where: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatedForm:
    """Tệp đối chiếu as it was read."""

    rows: tuple[StatedRow, ...]
    not_compared: tuple[NotCompared, ...]


@dataclass(frozen=True, slots=True)
class StatedDifference:
    """Chênh lệch với số liệu của ngành: one figure of one unit that the file states otherwise."""

    unit: str
    unit_name: str
    indicator: str
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Kết quả đối chiếu. `basis` says in words which of our figures were compared, `compared` how many cells.

    Lists may be cut at KEPT, the counts never are."""

    basis: str
    compared: int
    differences: tuple[StatedDifference, ...]
    difference_count: int
    not_compared: tuple[NotCompared, ...]
    not_compared_count: int


def reconcile(stated: StatedForm, rows: Iterable[FormRow], basis: str) -> Reconciliation:
    """Every stated figure against ours; units of ours that the file does not name are said, never taken as zero."""
    kept = list(rows)
    ours = {row.unit: row for row in unit_rows(kept)}
    ours[WHOLE] = FormRow(WHOLE, WHOLE_NAME, whole(kept))
    left = list(stated.not_compared)
    found: list[StatedDifference] = []
    compared = 0
    seen: set[str] = set()
    for row in stated.rows:
        own = ours.get(row.unit)
        if own is None or row.unit in seen:
            reason = "đơn vị lặp lại trong tệp" if own else "đơn vị không có số liệu trong kỳ này"
            left.append(NotCompared(f"dòng {row.line}", own.unit_name if own else row.unit, reason))
            continue
        seen.add(row.unit)
        compared += len(row.values)
        found += [
            StatedDifference(row.unit, own.unit_name, name, CATALOGUE[name].count(own.figures), theirs)
            for name, theirs in row.values.items()
            if CATALOGUE[name].count(own.figures) != theirs
        ]
    missing = [row for unit, row in ours.items() if unit not in seen and unit != WHOLE]
    left += [NotCompared("đơn vị", row.unit_name, "tệp không có dòng của đơn vị này") for row in missing]
    return Reconciliation(basis, compared, tuple(found[:KEPT]), len(found), tuple(left[:KEPT]), len(left))
