"""What rules, limits and announced work say of themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from components.alarm_rule_forms import preview_words
from components.alarm_rule_tables import maintenance_line, number_words, span_words
from domain.alarms import MaintenanceWindow, Replay

NOW = datetime(2026, 11, 24, 1, 42, tzinfo=UTC)
HOUR = timedelta(hours=1)


def a_window(unit: str, begins_at: datetime) -> MaintenanceWindow:
    return MaintenanceWindow("W", unit, "cameras", "", begins_at, begins_at + HOUR, "thay nguồn", "quantri", NOW)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 giây"), (90, "90 giây"), (120, "2 phút"), (7200, "2 giờ"), (5400, "90 phút")]
)
def test_a_delay_is_said_in_the_largest_unit_that_is_whole(seconds: int, words: str) -> None:
    assert span_words(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(("value", "words"), [("2.0", "2"), ("2.50", "2,5"), ("480", "480"), ("0.3", "0,3")])
def test_a_number_is_written_as_people_do(value: str, words: str) -> None:
    assert number_words(Decimal(value)) == words


def test_the_line_for_the_console_names_what_is_hidden_now_and_until_when() -> None:
    windows = [a_window("PHULOC", NOW), a_window("", NOW), a_window("PHUVANG", NOW + HOUR)]
    line = maintenance_line(windows, {"PHULOC": "Phú Lộc"}, {"source:cameras": "Nguồn: Camera"}, NOW)
    said = "Nguồn: Camera, Phú Lộc, đến 09:42 24/11/2026; Nguồn: Camera, mọi đơn vị, đến 09:42 24/11/2026"
    assert line is not None and line.children == f"Đang bảo trì: {said}"
    assert maintenance_line(windows[2:], {}, {}, NOW) is None


def test_a_preview_never_shows_a_number_it_does_not_have() -> None:
    known = str(preview_words(Replay("Hôm qua", 9, 14)))
    assert "Hôm qua quy tắc này sẽ báo 14 lần (hiện tại: 9)." in known
    unknown = str(preview_words(Replay("Hôm qua", 9, None, ("Không đủ dữ liệu để tính lại.",))))
    assert "Hôm qua đã báo 9 lần." in unknown and "sẽ báo" not in unknown
    assert "báo" not in str(preview_words(Replay("", 0, None, ("Chưa có bản ghi.",))))
