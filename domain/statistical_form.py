"""The statistical form: its columns, its rows, what is checked in it, and its frozen content with a hash. Pure.

No number is reckoned here: columns are indicators of the catalogue, values those of domain.statistics.Measure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from domain.cases import CASE_KIND_NAMES
from domain.data_quality import impossible_figures
from domain.indicators import CATALOGUE, COUNTED_NAMES, CountedIn, Indicator
from domain.statistics import MEASURE_KEYS, Figures, Measure, percentage, total
from domain.vietnamese_numbers import dotted

TITLE = "Biểu tổng hợp kết quả THADS (theo cấu trúc Thông tư 05/2024/TT-BTP)"
# In the order of the form; `separate_register` stands at the end because it is outside of what is to be enforced.
COLUMN_FIELDS = (
    "total_docketed",
    "carried_over",
    "newly_docketed",
    "entrusted",
    "revoked",
    "taken_up",
    "reduced",
    "to_enforce",
    "enforceable",
    "completed",
    "terminated",
    "enforceable_in_progress",
    "not_enforceable",
    "other",
    "carried_forward",
    "completion_rate",
    "separate_register",
)
ALL_KINDS = ""
KIND_NAMES = {ALL_KINDS: "Tất cả", **{kind.value: name for kind, name in CASE_KIND_NAMES.items()}}
_WHOLE_KEYS = tuple(key for key in MEASURE_KEYS if not key.endswith("_rate"))
_FIELDS = tuple(item.name for item in fields(Measure))


@dataclass(frozen=True, slots=True)
class FormRow:
    """Dòng biểu: figures of a unit (`officer` '') or of an officer, in all or by `kind` (a CaseKind, '' for both)."""

    unit: str
    unit_name: str
    figures: Figures
    officer: str = ""
    kind: str = ALL_KINDS

    @property
    def key(self) -> tuple[str, str, str]:
        return self.unit, self.officer, self.kind


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """Kiểm tra đồng nhất thức: one identity on one row with its numbers, such as 'T = A + B' and '12 = 8 + 4'."""

    rule: str
    symbols: str
    numbers: str
    holds: bool


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """Chênh lệch: one figure of one row before and after; None where the row was not there."""

    unit_name: str
    unit: str
    officer: str
    kind: str
    counted_in: CountedIn
    field: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class FrozenForm:
    """Biểu đã chốt: what a version of a closed period holds; nothing in it is ever changed.

    `previous` is the hash of the version before it, `recorded_in` the period in which it was written: the next one for
    a correction.
    """

    period: str
    version: int
    regime: str
    regime_name: str
    organisation: str
    as_of_at: datetime | None
    closed_at: datetime
    closed_by: str
    recorded_in: str
    reason: str
    previous: str
    rows: tuple[FormRow, ...]


def columns(counted_in: CountedIn, names: Sequence[str] = COLUMN_FIELDS) -> list[Indicator]:
    """The columns of the form in việc or in đồng."""
    return [CATALOGUE[f"{name}_{counted_in}"] for name in names]


def column_name(indicator: Indicator) -> str:
    """Its name without 'về việc', which the table says above."""
    return indicator.name.removesuffix(f" về {COUNTED_NAMES[indicator.counted_in]}")


def unit_rows(rows: Iterable[FormRow], kind: str = ALL_KINDS) -> list[FormRow]:
    """The rows of units, in all or of one kind."""
    return [row for row in rows if not row.officer and row.kind == kind]


def officer_rows(rows: Iterable[FormRow], unit: str, kind: str = ALL_KINDS) -> list[FormRow]:
    """The rows of a unit's officers, in all or of one kind."""
    return [row for row in rows if row.officer and row.unit == unit and row.kind == kind]


def whole(rows: Iterable[FormRow], kind: str = ALL_KINDS) -> Figures:
    """The province, or all that is shown: units are disjoint, so it is their sum."""
    return total(row.figures for row in unit_rows(rows, kind))


def identity_checks(published: Mapping[str, int | str | None]) -> list[IdentityCheck]:
    """I1, I2, I3, I7, I8 over published columns (those of Measure.as_dict), so that numbers of others can be held to
    them too; raises KeyError for a missing column."""
    at = {key: int(published[key] or 0) for key in _WHOLE_KEYS}
    sums = (
        ("I1", "T = A + B", "total_docketed", ("carried_over", "newly_docketed"), 1),
        ("I2", "P = T − U − H − R − G", "to_enforce", ("entrusted", "revoked", "taken_up", "reduced"), -1),
        ("I3", "P = C + K + O", "to_enforce", ("enforceable", "not_enforceable", "other"), 1),
        ("I8", "N = P − X", "carried_forward", ("completed",), -1),
    )
    found = []
    for rule, symbols, left, parts, sign in sums:
        values = [at[part] for part in parts]
        if sign < 0:
            begin = at["total_docketed" if rule == "I2" else "to_enforce"]
            right, words = begin - sum(values), " − ".join(dotted(value) for value in (begin, *values))
        else:
            right, words = sum(values), " + ".join(dotted(value) for value in values)
        found.append(IdentityCheck(rule, symbols, f"{dotted(at[left])} = {words}", at[left] == right))
    rate = percentage(at["completed"], at["enforceable"])
    stated = published["completion_rate"]
    told = f"{dotted(at['completed'])} / {dotted(at['enforceable'])}"
    words = "không có mẫu số" if rate is None else f"{str(rate).replace('.', ',')}% = {told}"
    found.insert(3, IdentityCheck("I7", "Tỷ lệ = X / C", words, stated == (None if rate is None else str(rate))))
    return found


def broken_rules(rows: Iterable[FormRow]) -> list[str]:
    """What keeps a period from being closed, in Vietnamese: an identity that a unit's figures break, or kinds that do
    not add up to the unit, though both were counted."""
    kept = list(rows)
    found: list[str] = []
    for row in unit_rows(kept):
        for name, published in row.figures.as_dict().items():
            where = f"{row.unit_name}, {COUNTED_NAMES[CountedIn(name)]}"
            checks = [check for check in identity_checks(published) if not check.holds]
            found += [f"{where}: {check.rule} {check.symbols} sai ({check.numbers})" for check in checks]
        kinds = [each.figures for each in kept if each.unit == row.unit and not each.officer and each.kind]
        if kinds and total(kinds) != row.figures:
            found.append(f"{row.unit_name}: chủ động và theo yêu cầu không cộng thành tổng")
    return found


def remarks(rows: Iterable[FormRow]) -> list[str]:
    """Counts below zero, in Vietnamese: a reorganisation inside the period moves results out of a unit, so they may be
    right and do not keep a period open, but somebody has to look."""
    return [
        f"{row.unit_name}, {contradiction.detail}"
        for row in unit_rows(rows)
        for contradiction in impossible_figures(row.unit, row.figures)
    ]


def differences(before: Iterable[FormRow], after: Iterable[FormRow]) -> list[FigureDifference]:
    """Every count that differs, row by row and column by column; rates follow from them. Officers by kind count only
    where both sides part them: versions closed before they were parted hold them in all, which is no change."""
    sides = [list(before), list(after)]
    if not all(any(row.officer and row.kind for row in side) for side in sides):
        sides = [[row for row in side if not (row.officer and row.kind)] for side in sides]
    old, new = ({row.key: row for row in side} for side in sides)
    found = []
    for key in [*old, *(key for key in new if key not in old)]:
        was, now = old.get(key), new.get(key)
        row = now or was
        assert row is not None
        told = was.figures.as_dict() if was else {}, now.figures.as_dict() if now else {}
        for counted_in in CountedIn:
            for field in _WHOLE_KEYS:
                values = [_count(part.get(counted_in.value, {}).get(field)) for part in told]
                if (values[0] or 0) != (values[1] or 0):
                    found.append(FigureDifference(row.unit_name, *row.key, counted_in, field, *values))
    return found


def canonical(form: FrozenForm) -> str:
    """The one text of a frozen form: sorted keys, no spaces, every published column as it was."""
    content = {
        "period": form.period,
        "version": form.version,
        "regime": form.regime,
        "regime_name": form.regime_name,
        "organisation": form.organisation,
        "as_of_at": form.as_of_at.isoformat() if form.as_of_at else None,
        "closed_at": form.closed_at.isoformat(),
        "closed_by": form.closed_by,
        "recorded_in": form.recorded_in,
        "reason": form.reason,
        "previous": form.previous,
        "rows": [[row.unit, row.unit_name, row.officer, row.kind, row.figures.as_dict()] for row in form.rows],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(text: str) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def frozen_form(text: str) -> FrozenForm:
    """The form of a canonical text; raises ValueError, KeyError or TypeError for what is none."""
    content = json.loads(text)
    rows = tuple(
        FormRow(unit, name, Figures(_measure(figures["cases"]), _measure(figures["amount"])), officer, kind)
        for unit, name, officer, kind, figures in content["rows"]
    )
    as_of = content["as_of_at"]
    return FrozenForm(
        period=content["period"],
        version=content["version"],
        regime=content["regime"],
        regime_name=content["regime_name"],
        organisation=content["organisation"],
        as_of_at=datetime.fromisoformat(as_of) if as_of else None,
        closed_at=datetime.fromisoformat(content["closed_at"]),
        closed_by=content["closed_by"],
        recorded_in=content["recorded_in"],
        reason=content["reason"],
        previous=content["previous"],
        rows=rows,
    )


def is_untouched(text: str, stated_hash: str) -> bool:
    """Whether a stored text still has its hash, and its base figures still give every column that was frozen."""
    if content_hash(text) != stated_hash:
        return False
    try:
        return canonical(frozen_form(text)) == text
    except (ValueError, KeyError, TypeError):
        return False


def _measure(values: Mapping[str, Any]) -> Measure:
    return Measure(**{name: int(values[name]) for name in _FIELDS})


def _count(value: int | str | None) -> int | None:
    return None if value is None else int(value)
