"""/attendance as a department head uses it: the day, the people by code, the month, a correction, an Excel file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attendance_support import a_staffed_morning
from desk_support import a_head_at
from playwright.sync_api import BrowserContext, Page, expect

MONTH, PEOPLE = "#attendance-month-list", "#attendance-people-list"


@pytest.fixture
def desk(served: Any, new_context: Callable[..., BrowserContext]) -> Page:
    """The head of the first unit at 1440, on a morning when two of its people did not come."""
    now = served.clock()
    units = [unit.code for unit in served.organisation.case_units_on(now.date())]
    a_staffed_morning(served.database, units, now)
    page = a_head_at(served, new_context, "/attendance", units[0])
    expect(page.locator(f"{PEOPLE} tbody tr")).to_have_count(12)
    return page


def test_a_head_sees_the_own_unit_by_code_and_takes_the_month_away(served: Any, desk: Page, tmp_path: Path) -> None:
    other = served.organisation.case_units_on(served.clock().date())[1]
    expect(desk.locator(f"#attendance-unit-select option[value={other.code}]")).to_have_count(0)
    expect(desk.locator("#attendance-day-list tbody tr")).to_have_count(1)
    expect(desk.locator(PEOPLE)).to_contain_text("Vắng chưa rõ lý do")
    expect(desk.locator(f"{MONTH} tbody tr")).to_have_count(12)
    desk.screenshot(path=tmp_path / "attendance_desk.png", full_page=True)
    assert not desk.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    export = desk.get_by_role("link", name="Xuất Excel").get_attribute("href")
    assert desk.request.get(f"{served.url}{export}").body()[:2] == b"PK"


def test_a_day_is_corrected_with_a_reason_and_not_without(served: Any, desk: Page) -> None:
    row = desk.locator(f"{PEOPLE} tbody tr", has_text="CHV-01")
    expect(row).to_contain_text("Vắng chưa rõ lý do")
    desk.select_option("#attendance-code-select", "CHV-01")
    desk.fill("#attendance-on-input", f"{served.clock().date():%d/%m/%Y}")
    desk.select_option("#attendance-status-select", "field_duty")
    desk.get_by_role("button", name="Điều chỉnh").click()
    expect(desk.locator("#attendance-corrected-list")).to_contain_text("Ghi lý do")
    desk.fill("#attendance-reason-input", "Đi xác minh tại xã theo giao việc")
    desk.get_by_role("button", name="Điều chỉnh").click()
    expect(desk.locator("#attendance-corrected-list")).to_contain_text("Đã điều chỉnh")
    expect(row).to_contain_text("Điều chỉnh: Đi xác minh")
