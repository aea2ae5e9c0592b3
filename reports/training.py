"""A year of training and outreach as a workbook: one row for each unit's part in a session, then the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.training import SESSION_KIND_NAMES, ProficiencyRecord, SessionRecord
from reports.table import Cell, Table, write_table

COLUMNS = (
    ("Đơn vị", 30), ("Mã", 16), ("Nội dung", 46), ("Loại", 16), ("Ngày", 12), ("Số người mời", 12), ("Số người dự", 12),
    ("Tài liệu", 30), ("Số văn bản, liên kết", 30), ("Tổng số cán bộ", 14), ("Số dự kiểm tra", 14), ("Số đạt", 10),
)  # fmt: skip
LEGEND = "Ô trống: chưa có số liệu, không phải bằng không."
TEST = "Kiểm tra kỹ năng"


def write_training(
    path: Path,
    sessions: Sequence[SessionRecord],
    tests: Sequence[ProficiencyRecord],
    names: Mapping[str, str],
    notes: Sequence[str],
) -> None:
    """`names` are units by code, `notes` say of which year and as of when. Raises OSError."""
    rows = [*(_session(one, names) for one in sessions), *(_test(one, names) for one in tests)]
    write_table(path, Table("Đào tạo, truyền thông", COLUMNS, rows, notes, [LEGEND]))


def _session(one: SessionRecord, names: Mapping[str, str]) -> tuple[Cell, ...]:
    return (
        names.get(one.unit, one.unit),
        one.code,
        one.title,
        SESSION_KIND_NAMES[one.kind],
        one.held_on,
        one.invited,
        one.attended,
        one.material or None,
        one.reference or None,
        None,
        None,
        None,
    )


def _test(one: ProficiencyRecord, names: Mapping[str, str]) -> tuple[Cell, ...]:
    head = (names.get(one.unit, one.unit), one.code, TEST, TEST, one.tested_on)
    return (*head, None, None, None, None, one.staff, one.tested, one.passed)
