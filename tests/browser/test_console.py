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
    expect(current).to_contain_text("Đã xác nhận", timeout=10_000)
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
    expect(desk.locator(f"{LIST} [aria-current]")).to_contain_text("Đã giao CHV-07", timeout=10_000)
    expect(desk.locator("#console-person-input")).to_be_hidden()
    desk.locator("#console-note-input").focus()
    desk.keyboard.type("xem lại x g h")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".console-life")).to_contain_text("xem lại x g h", timeout=10_000)
    expect(desk.locator("#console-note-input")).to_have_value("")
    desk.keyboard.press("Escape")
    desk.keyboard.press("h")
    desk.keyboard.type("đang sửa")
    desk.get_by_role("button", name="30 phút").press("Enter")
    expect(desk.locator(f"{LIST} .console-row")).to_have_count(2, timeout=10_000)
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
