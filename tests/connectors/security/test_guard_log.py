"""Guard logs: coded rows are read, quiet shifts are no events, names are masked, what cannot be used says why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from security_support import NOW

from connectors.base import WorkbookRefused
from connectors.security.guard_log import parse_guard_log, read_guard_log
from domain.security import EventOrigin, EventOutcome, GuardShift, SecurityKind

UNITS = {"PHUVANG": "PHUVANG", "phuvang": "PHUVANG", "huongtra": "HUONGTRA"}
HEAD = ["Đơn vị", "Thời điểm", "Ca trực", "Loại", "Kết quả", "Mã người trực", "Ghi chú tự do"]
GOOD = ["PHUVANG", "24/11/2026 02:17", "Ca đêm", "Xâm nhập", "Đã xử lý", "BV-02", "ông A ở thôn B"]


def rows(*lines: list[str]) -> list[tuple[int, list[str]]]:
    return list(enumerate([["SỔ TRỰC"], HEAD, *lines], start=1))


def test_a_row_becomes_a_coded_event_and_free_text_is_not_read() -> None:
    log = parse_guard_log(rows(GOOD), UNITS, NOW)
    (record,) = log.records
    assert (record.unit, record.kind, record.outcome) == ("PHUVANG", SecurityKind.INTRUSION, EventOutcome.HANDLED)
    assert (record.origin, record.shift, record.guard) == (EventOrigin.GUARD_LOG, GuardShift.NIGHT, "BV-02")
    assert record.happened_at == datetime(2026, 11, 23, 19, 17, tzinfo=UTC) == log.newest_at
    assert "thôn" not in repr(log)


def test_the_same_row_has_the_same_key_whatever_its_outcome() -> None:
    later = [*GOOD[:4], "chuyển công an", *GOOD[5:]]
    one, two = (parse_guard_log(rows(line), UNITS, NOW).records[0] for line in (GOOD, later))
    assert one.key == two.key and one.outcome is not two.outcome


def test_a_quiet_shift_is_heard_and_is_no_event() -> None:
    quiet = ["PHUVANG", "24/11/2026 06:00", "đêm", "Bình thường", "", ""]
    log = parse_guard_log(rows(quiet), UNITS, NOW)
    assert (log.records, log.quiet, log.newest_at) == ([], 1, datetime(2026, 11, 23, 23, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("place", "cell", "column", "said"),
    [
        (0, "Phòng lạ", "Đơn vị", ""),
        (1, "hôm qua", "Thời điểm", "ghi ngày và giờ"),
        (1, "25/11/2026 02:17", "Thời điểm", "tương lai"),
        (1, "24/11/2020 02:17", "Thời điểm", "quá cũ"),
        (2, "Ca ba", "Ca trực", "Ca sáng, Ca chiều, Ca đêm"),
        (3, "Ma xuất hiện", "Loại", "Xâm nhập khu vực cấm"),
        (4, "ổn", "Kết quả", "đã xử lý"),
        (5, "Nguyễn Văn An", "Mã người trực", "không nhận họ tên"),
    ],
)
def test_a_row_that_cannot_be_used_says_which_cell_and_why(place: int, cell: str, column: str, said: str) -> None:
    line = [*GOOD]
    line[place] = cell
    log = parse_guard_log(rows(line, GOOD), UNITS, NOW)
    (refused,) = log.refused
    assert (len(log.records), refused.reference, refused.field) == (1, "dòng 3", column)
    assert said in refused.reason and "An" not in refused.value + refused.raw.partition("Mã người trực=")[2]


def test_a_sheet_without_its_header_names_the_columns() -> None:
    with pytest.raises(WorkbookRefused, match="Đơn vị, Thời điểm, Ca trực, Loại, Kết quả"):
        parse_guard_log([(1, ["a", "b"]), (2, GOOD)], UNITS, NOW)


def test_a_file_is_opened_in_a_child_and_its_rows_come_back(tmp_path: Path) -> None:
    path = tmp_path / "so-truc.csv"
    path.write_text("\n".join(",".join(line) for line in (HEAD, GOOD)), encoding="utf-8-sig")
    assert len(read_guard_log(path, UNITS, NOW).records) == 1
