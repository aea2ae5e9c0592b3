"""The line about duty on the console's head: who is on since when, who should have handed over, or nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from components.duty_desk import duty_line
from domain.duty import DutyLimits, DutyShift

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LIMITS = DutyLimits(timedelta(hours=12))


def test_the_line_says_who_is_on_and_leads_to_the_page() -> None:
    shifts = [
        DutyShift("S1", "truc.dem", "o1", "", NOW - timedelta(hours=17)),
        DutyShift("S2", "truc", "o2", "", NOW - timedelta(hours=8)),
    ]
    line = duty_line(shifts, NOW, LIMITS)
    assert line.children == "Đang trực: truc.dem (từ 22:00 23/11, chưa bàn giao), truc (từ 07:00)"
    assert line.href == "/duty"
    assert duty_line([], NOW, LIMITS).children == "Chưa có người nhận ca"
