"""/reception as a clerk of an office without a queue system uses it: a ticket, the call, the end, the list beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk_support import a_head_at
from playwright.sync_api import BrowserContext, Page, expect
from reception_support import a_morning_of_visits
from wall_support import BOTH_PACKS

VISITS, DONE = "#reception-visits-list", "#reception-done-list"


@pytest.fixture
def desk(served: Any, new_context: Callable[..., BrowserContext]) -> Page:
    """The head of the second unit at 1440, where a delegation waits."""
    now = served.clock()
    units = [unit.code for unit in served.organisation.case_units_on(now.date())]
    a_morning_of_visits(served.database, units, now)
    page = a_head_at(served, new_context, "/reception", units[1])
    expect(page.locator(f"{VISITS} tbody tr")).to_have_count(6)
    return page


@BOTH_PACKS
def test_a_head_sees_the_own_queue_and_takes_the_month_away(served: Any, desk: Page, tmp_path: Path) -> None:
    expect(desk.locator("#reception-day-list tbody tr")).to_have_count(1)
    expect(desk.locator("#reception-figures-list")).to_contain_text("trong 2 lượt đang chờ")
    expect(desk.locator("#reception-register-list")).to_contain_text("Chưa có sổ")
    desk.screenshot(path=tmp_path / "reception_desk.png", full_page=True)
    assert not desk.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    export = desk.get_by_role("link", name="Xuất Excel").get_attribute("href")
    assert desk.request.get(f"{served.url}{export}").body()[:2] == b"PK"


def test_a_visit_is_taken_called_and_ended_at_the_desk(desk: Page) -> None:
    desk.select_option("#reception-purpose-select", "request")
    desk.get_by_role("button", name="Lấy số, chờ").click()
    expect(desk.locator(DONE)).to_contain_text("TC-001")
    row = desk.locator(f"{VISITS} tbody tr", has_text="TC-001")
    expect(row).to_contain_text("đang chờ")
    desk.select_option("#reception-open-select", label="TC-001, đang chờ")
    desk.get_by_role("button", name="Kết thúc").click()
    expect(desk.locator(DONE)).to_contain_text("chưa được gọi")
    desk.get_by_role("button", name="Gọi").click()
    expect(desk.locator(DONE)).to_contain_text("Đã gọi")
    desk.get_by_role("button", name="Kết thúc").click()
    expect(desk.locator(DONE)).to_contain_text("Đã kết thúc")
    expect(row).to_contain_text("Đã trả lời")


def test_no_age_is_ever_seen_empty_while_the_desk_is_drawn_anew(desk: Page) -> None:
    desk.evaluate(
        """() => { window.bare = 0; window.frames_seen = 0;
          const look = () => { window.frames_seen += 1;
            window.bare += [...document.querySelectorAll("[data-age]")].filter((place) => !place.textContent).length;
            requestAnimationFrame(look); };
          requestAnimationFrame(look); }"""
    )
    for _ in range(3):
        desk.get_by_role("button", name="Tiếp ngay").click()
        expect(desk.locator(DONE)).to_contain_text("Đã ghi lượt")
        desk.wait_for_timeout(700)
    assert desk.evaluate("window.frames_seen") > 20 and desk.evaluate("window.bare") == 0
