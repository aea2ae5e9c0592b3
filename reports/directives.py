"""The workbook of directives a desk takes to a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from domain.directives import ORIGIN_NAMES, STATE_NAMES, Directive, deadline_words
from reports.table import Cell, Table, write_table

COLUMNS = (
    ("Đơn vị", 30), ("Tiêu đề", 40), ("Nội dung", 50), ("Căn cứ", 20), ("Mã căn cứ", 20), ("Giao lúc", 18),
    ("Người giao", 16), ("Hạn trả lời", 14), ("Thời hạn", 18), ("Trạng thái", 26), ("Trả lời", 50), ("Trả lời lúc", 18),
)  # fmt: skip


def write_directives(
    path: Path, found: Sequence[Directive], names: Mapping[str, str], notes: Sequence[str], today: date
) -> None:
    """`names` are units by code, `notes` say of which units and states. Raises OSError."""
    write_table(path, Table("Chỉ đạo", COLUMNS, [_row(each, names, today) for each in found], notes))


def _row(directive: Directive, names: Mapping[str, str], today: date) -> tuple[Cell, ...]:
    return (
        names.get(directive.unit, directive.unit),
        directive.title,
        directive.detail or None,
        ORIGIN_NAMES[directive.origin],
        directive.reference or None,
        directive.issued_at,
        directive.issued_by,
        directive.due_on.strftime("%d/%m/%Y"),
        deadline_words(directive, today) or None,
        STATE_NAMES[directive.state],
        directive.answer or None,
        directive.answered_at,
    )
