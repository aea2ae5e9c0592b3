"""Alarms worked at the console by keyboard alone: what a key does is what a button does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alarm_support import CAMERA, CROWD, PACE, store_alarms
from camera_support import a_pass
from desk_support import a_leader_at, an_operator_at
from playwright.sync_api import BrowserContext, Page, expect
from reports_support import a_record, store_reports

LIST, DETAIL, SAID = "#console-rows-list", ".console-detail", "#console-said-list"


def a_shift(served: Any) -> None:
    """Three alarms of two units, and the cameras of the first unit."""
    now = served.clock()
    first, second = (unit for unit in served.organisation.case_units_on(now.date())[:2])
    a_pass(served.database, {first.code: 6}, now, lost=[f"{first.code}-02"])
    here, there = {"unit": first.code, "unit_name": ""}, {"unit": second.code, "unit_name": ""}
    store_alarms(
        served.database,
        now - timedelta(minutes=12),
        replace(CROWD, **here),
        replace(CAMERA, members=(f"{first.code}-02",), **here),
        replace(PACE, **there),
    )


@pytest.fixture
def desk(served: Any, new_context: Callable[..., BrowserContext]) -> Page:
    """The operator of the province on the console at 1440."""
    a_shift(served)
    page = an_operator_at(served, new_context, "/console")
    expect(page.locator(f"{LIST} .console-row")).to_have_count(3)
    return page


def test_an_alarm_is_acknowledged_by_keyboard_only(desk: Page, tmp_path: Path) -> None:
    heading = desk.locator(f"{DETAIL} h2")
    expect(heading).to_contain_text("Tụ tập trước trụ sở")
    expect(desk.locator(f"{LIST} [aria-current]")).to_contain_text("Chưa xác nhận")
    desk.keyboard.press("ArrowDown")
    expect(heading).to_contain_text("Camera mất tín hiệu")
    expect(desk).to_have_url(re.compile("alarm="))
    desk.keyboard.press("x")
    expect(desk.locator(SAID)).to_contain_text("Đã ghi")
    current = desk.locator(f"{LIST} [aria-current]")
    expect(current).to_contain_text("Đã xác nhận")
    expect(current).to_be_focused()
    expect(desk.get_by_role("button", name="Xác nhận")).to_be_hidden()
    expect(desk.locator(".console-life")).to_contain_text("truc")
    expect(desk.locator("#console-tabs-list")).to_contain_text("Của tôi 1")
    desk.screenshot(path=tmp_path / "console.png")
    assert not desk.evaluate("() => document.documentElement.scrollWidth > innerWidth")


def test_assigning_shelving_and_noting_need_no_mouse(desk: Page) -> None:
    desk.keyboard.press("ArrowDown")
    expect(desk.locator(f"{DETAIL} h2")).to_contain_text("Camera mất tín hiệu")
    desk.keyboard.press("g")
    expect(desk.locator("#console-unit-select")).to_be_focused()
    assert desk.locator(DETAIL).evaluate("column => column.scrollWidth <= column.clientWidth")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Nguyễn Văn X")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator(SAID)).to_contain_text("không ghi họ tên")
    expect(desk.locator("#console-person-input")).to_have_value("Nguyễn Văn X")
    desk.fill("#console-person-input", "CHV-07")
    desk.get_by_role("button", name="Giao", exact=True).press("Enter")
    expect(desk.locator(f"{LIST} [aria-current]")).to_contain_text("Đã giao CHV-07")
    expect(desk.locator("#console-person-input")).to_be_hidden()
    desk.locator("#console-note-input").focus()
    desk.keyboard.type("xem lại x g h")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".console-life")).to_contain_text("xem lại x g h")
    expect(desk.locator("#console-note-input")).to_have_value("")
    desk.keyboard.press("Escape")
    desk.keyboard.press("h")
    desk.keyboard.type("đang sửa")
    desk.get_by_role("button", name="30 phút").press("Enter")
    expect(desk.locator(f"{LIST} .console-row")).to_have_count(2)
    expect(desk.locator("#console-tabs-list")).to_contain_text("Tạm ẩn 1")


def test_a_draft_stays_with_its_alarm_and_the_search_finds_without_marks(desk: Page) -> None:
    desk.fill("#console-note-input", "gọi lại lúc 10 giờ")
    desk.keyboard.press("Escape")
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("#console-note-input")).to_have_value("")
    desk.keyboard.press("ArrowUp")
    expect(desk.locator("#console-note-input")).to_have_value("gọi lại lúc 10 giờ")
    desk.keyboard.press("/")
    desk.keyboard.type("tu tap")
    expect(desk.locator(f"{LIST} .console-row")).to_have_count(1)


def test_a_leader_sees_the_list_and_no_button(served: Any, new_context: Callable[..., BrowserContext]) -> None:
    a_shift(served)
    page = a_leader_at(served, new_context, "/console")
    expect(page.locator(f"{LIST} .console-row")).to_have_count(3)
    page.keyboard.press("x")
    expect(page.locator(f"{DETAIL} button")).to_have_count(0)
    expect(page.locator(f"{DETAIL} input")).to_have_count(0)
    expect(page.locator(LIST)).not_to_contain_text("Đã xác nhận")


def test_several_alarms_are_answered_together_and_the_screen_lets_go_of_them(desk: Page) -> None:
    expect(desk.locator(".console-picked")).to_be_hidden()
    desk.keyboard.press("v")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("v")
    expect(desk.locator(".console-picked")).to_contain_text("Đã chọn 2 cảnh báo")
    expect(desk.locator('.console-pick[aria-checked="true"]')).to_have_count(2)
    desk.keyboard.press("x")
    expect(desk.locator(SAID)).to_contain_text("Đã ghi cho 2 cảnh báo")
    expect(desk.locator(f"{LIST} .console-row.is-new")).to_have_count(1)
    expect(desk.locator(".console-picked")).to_be_hidden()
    expect(desk.locator('.console-pick[aria-checked="true"]')).to_have_count(0)


def test_the_context_gives_a_report_by_one_key_and_shows_where_alarms_are(served: Any, desk: Page) -> None:
    unit = served.organisation.case_units_on(served.clock().date())[0]
    record = a_record("new", agency=unit.code, state_word="received")
    store_reports(served.database, served.organisation, [record], served.clock())
    desk.reload()
    queue = desk.locator(".console-triage")
    expect(queue).to_contain_text("1 chờ")
    expect(queue).to_contain_text(f"Gợi ý: {unit.short_name}")
    expect(desk.locator(".sign-map .map-sign")).to_have_count(2)
    desk.keyboard.press("1")
    expect(desk.locator("#console-triaged-list")).to_contain_text(f"Đã giao cho {unit.short_name}")
    expect(queue).to_contain_text("Không có phản ánh chờ phân loại")


def test_the_duty_desk_is_called_by_its_number(desk: Page) -> None:
    call = desk.locator(".console-call")
    expect(call).to_contain_text("chưa có số")
    call.get_by_text("Sửa số").click()
    desk.fill("#console-phone-input", "hỏi anh Ba")
    desk.get_by_role("button", name="Ghi số").click()
    expect(call).to_contain_text("chỉ gồm chữ số")
    desk.fill("#console-phone-input", "0234 382 1234")
    desk.get_by_role("button", name="Ghi số").click()
    expect(call.get_by_role("link", name="0234 382 1234")).to_have_attribute("href", "tel:02343821234")
    desk.get_by_role("button", name="Gọi, ghi nhật ký").click()
    expect(desk.locator(".console-life")).to_contain_text("Đã gọi trực ban")


def test_a_tone_sounds_only_for_a_new_urgent_alarm_and_only_when_it_was_switched_on(served: Any, desk: Page) -> None:
    desk.evaluate("""() => {
        window.tones = 0;
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (at) { window.tones++; return start.call(this, at); };
    }""")
    button = desk.locator("#console-sound-button")
    expect(button).to_have_text("Tiếng báo: tắt")
    second = served.organisation.case_units_on(served.clock().date())[1].code
    urgent = replace(CROWD, unit_name="", rule="security_fire", title="Cháy, khói", unit=second)
    store_alarms(served.database, served.clock(), urgent)
    expect(desk.locator(LIST)).to_contain_text("Cháy, khói")
    assert desk.evaluate("window.tones") == 0
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    store_alarms(served.database, served.clock(), replace(PACE, unit=second, unit_name="", title="Chậm"))
    expect(desk.locator(LIST)).to_contain_text("Chậm")
    assert desk.evaluate("window.tones") == 1, "only the sample that says it is on"
    store_alarms(served.database, served.clock(), replace(urgent, rule="security_disorder", title="Gây rối"))
    expect(desk.locator(LIST)).to_contain_text("Gây rối")
    assert desk.evaluate("window.tones") == 4
