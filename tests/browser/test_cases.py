"""Cases at a desk in a browser: drilling down by clicks, filters that are the address, the search, one case."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cases_support import take_in_cases
from desk_support import a_head_at, a_leader_at
from playwright.sync_api import BrowserContext, Page, expect
from wall_support import BOTH_PACKS

CLIPPED = """() => [...document.querySelectorAll(".kpi-card, .today-line, .handler-table, .dumbbell")]
  .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.className)"""


def choose(page: Page, select: str, value: str) -> None:
    page.locator(".case-more-box > summary").click()
    page.select_option(select, value)


@BOTH_PACKS
def test_a_leader_drills_from_the_province_to_a_case_and_back(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    take_in_cases(served.database, served.organisation, tmp_path, served.clock())
    unit = served.organisation.case_units_on(served.clock().date())[1]
    page = a_leader_at(served, new_context, "/cases")
    expect(page.locator(".kpi-card")).to_have_count(5, timeout=15_000)
    tops = page.locator(".kpi-card").evaluate_all("cards => cards.map((card) => card.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    page.locator(".handler-table tbody th a", has_text=unit.short_name).first.click()
    expect(page.locator("h1")).to_have_text(unit.name, timeout=15_000)
    expect(page.locator(".today-line")).to_contain_text("Hôm nay tại đơn vị")
    expect(page.locator(".strips tr")).to_have_count(5, timeout=15_000)
    assert page.evaluate(CLIPPED) == []
    page.screenshot(path=tmp_path / "unit.png", full_page=True)
    page.locator(".handler-table tbody th a", has_text="CHV-01").click()
    expect(page.locator(".handler-case")).not_to_have_count(0, timeout=15_000)
    page.locator(".handler-case a", has_text="QĐ-THA").first.click()
    expect(page.locator(".case-facts")).to_contain_text("Chấp hành viên", timeout=15_000)
    expect(page.locator(".life-list li")).not_to_have_count(0)
    page.go_back()
    expect(page.locator(".handler-case").first).to_be_visible(timeout=15_000)
    assert f"/units/{unit.code}" in page.url and "open=CHV-01" in page.url


def test_filters_are_the_address_and_survive_a_reload(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    take_in_cases(served.database, served.organisation, tmp_path, served.clock())
    page = a_leader_at(served, new_context, "/cases")
    expect(page.locator(".kpi-card")).to_have_count(5, timeout=15_000)
    choose(page, "#cases-group-select", "TD")
    page.wait_for_url(re.compile("group=TD"))
    units = len(served.organisation.case_units_on(served.clock().date()))
    expect(page.locator("#cases-rows-words")).to_contain_text(f"{2 * units} việc", timeout=15_000)
    page.reload()
    expect(page.locator("#cases-group-select")).to_have_value("TD")
    expect(page.locator("#cases-rows-words")).to_contain_text(f"{2 * units} việc", timeout=15_000)
    expect(page.locator(".ag-center-cols-container [role=row]").first).to_be_visible(timeout=15_000)
    page.get_by_role("link", name="Tiền", exact=True).click()
    page.wait_for_url(re.compile("counted_in=amount"))
    expect(page.locator("#cases-flow-card")).to_contain_text("tỷ đồng", timeout=15_000)
    expect(page.locator(".case-more-box > summary")).to_contain_text("Tín dụng, ngân hàng")
    page.locator(".case-more-box > summary").click()
    page.fill("#cases-view-input", "Tín dụng")
    page.get_by_role("button", name="Lưu góc nhìn").click()
    expect(page.locator("#cases-views-list")).to_contain_text("Tín dụng")
    page.go_back()
    expect(page.locator("#cases-flow-card")).not_to_contain_text("tỷ đồng", timeout=15_000)


def test_a_head_finds_a_decision_by_keyboard_alone(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    take_in_cases(served.database, served.organisation, tmp_path, served.clock())
    unit = served.organisation.case_units_on(served.clock().date())[0]
    page = a_head_at(served, new_context, "/units", unit.code)
    expect(page.locator(".handler-table")).to_contain_text(unit.short_name, timeout=15_000)
    page.keyboard.press("/")
    expect(page.locator("#search-typed-input")).to_be_focused()
    page.keyboard.type("7/2026")
    expect(page.locator("#search-typed-input")).to_have_value("7/2026")
    found = page.locator("#search-found-list a")
    expect(found).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(found).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".case-facts")).to_contain_text("7/2026/QĐ-THA", timeout=15_000)
