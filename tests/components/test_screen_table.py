"""The list of screens says how each is, without a word that is not so."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from plotly.utils import PlotlyJSONEncoder

from components.screen_table import LOST_AFTER, ScreenRow, legibility, number, screens_table
from domain.screens import ScreenReport, ScreenSettings

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
REPORT = ScreenReport(
    NOW - timedelta(seconds=20), "abcdef123456", "cases", "dense", NOW - timedelta(minutes=4), 61_600_000, 2, 3840, 2160
)
ROW = ScreenRow(
    "s1", ScreenSettings("Sảnh", place="tường tây"), "Toàn tỉnh", False, True, False, REPORT, "abcdef123456", NOW
)


def drawn(**changed: Any) -> str:
    return json.dumps(screens_table([replace(ROW, **changed)]), cls=PlotlyJSONEncoder, ensure_ascii=False)


def test_a_running_screen_shows_what_it_said_last() -> None:
    said = drawn()
    for words in ("Sảnh", "tường tây", "Đang chạy", "Thi hành án", "62 MB · lỡ 2 · có thể tự tắt", "3840×2160", "bản "):
        assert words in said, words
    assert "bản cũ" not in said and "đang giữ" not in said
    assert '"data-lost": 90' in said, "the page itself says when it has fallen silent"


def test_a_screen_on_another_build_and_one_that_is_held_are_marked() -> None:
    assert "bản cũ" in drawn(build="fedcba")
    assert "đang giữ" in drawn(report=replace(REPORT, is_paused=True))
    assert "luôn sáng" in drawn(report=replace(REPORT, is_awake=True))


@pytest.mark.parametrize(
    ("changed", "state", "may_be_asked"),
    [
        ({"is_revoked": True}, "Đã thu hồi", False),
        ({"is_paired": False}, "chưa có thiết bị nhận", True),
        ({"report": None}, "chưa báo lần nào", True),
        ({"now": REPORT.at + LOST_AFTER + timedelta(seconds=1)}, "Mất liên lạc", True),
        ({"settings": ScreenSettings("Sảnh", expires_at=NOW)}, "Hết hạn", True),
    ],
)
def test_every_state_has_its_words(changed: dict[str, Any], state: str, may_be_asked: bool) -> None:
    said = drawn(**changed)
    assert state in said and "Đang chạy" not in said
    assert ('"Thu hồi"' in said) is may_be_asked


def test_what_a_screen_does_not_tell_is_left_out_and_never_zero() -> None:
    said = drawn(report=replace(REPORT, heap_bytes=None, data_at=None))
    assert " MB" not in said and "chưa có số liệu" in said
    assert "chưa khai cỡ" in said
    assert "chiếu" not in drawn(report=replace(REPORT, scene="gone_with_a_build")).lower().replace("đang chiếu", "")


def test_the_formula_is_said_and_warns_in_words() -> None:
    near = legibility(ScreenSettings("x", diagonal_inches=75, distance_m=3))
    assert near == ("chữ 18′ ở 3 m", "")
    said, problem = legibility(ScreenSettings("x", diagonal_inches=43, distance_m=12.5))
    assert said.startswith("chữ ") and said.endswith("ở 12,5 m")
    assert "không đọc được: đứng trong" in problem
    assert "quá nhỏ" in drawn(settings=ScreenSettings("x", diagonal_inches=43, distance_m=12.5))
    wall = ScreenSettings("x", diagonal_inches=55, panels_across=3, distance_m=6)
    assert legibility(wall)[1] == ""


def test_numbers_are_written_with_a_comma() -> None:
    assert [number(value) for value in (3.0, 3.5, 0.5, 100.0)] == ["3", "3,5", "0,5", "100"]


def test_an_empty_list_says_what_to_do() -> None:
    assert "/pairing" in str(screens_table([]).to_plotly_json())
