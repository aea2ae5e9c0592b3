"""/cameras as a person at a desk uses it: the list, one camera's ladder, one unit, an Excel file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from camera_support import a_pass
from desk_support import an_operator_at
from playwright.sync_api import BrowserContext, Page, expect

LIST = "#cameras-rows-list"


@pytest.fixture
def desk(served: Any, new_context: Callable[..., BrowserContext]) -> Page:
    """The operator at 1440, after a pass in which one camera did not answer."""
    units = [unit.code for unit in served.organisation.case_units_on(served.clock().date())][:3]
    a_pass(served.database, dict.fromkeys(units, 4), served.clock(), lost=[f"{units[1]}-02"])
    page = an_operator_at(served, new_context, "/cameras")
    expect(page.locator(f"{LIST} tbody tr")).to_have_count(12)
    return page


def test_what_gives_no_picture_stands_first_and_its_ladder_says_why(served: Any, desk: Page, tmp_path: Path) -> None:
    first = desk.locator(f"{LIST} tbody tr").first
    expect(first).to_contain_text("mất tín hiệu")
    first.locator("a").click()
    card = desk.locator("#cameras-one-list")
    expect(card).to_contain_text("Kết nối được")
    expect(card).to_contain_text("Không trả lời.")
    expect(card).to_contain_text("Chưa kiểm tra được vì bậc dưới lỗi.")
    desk.screenshot(path=tmp_path / "cameras_desk.png", full_page=True)
    assert not desk.evaluate("() => document.documentElement.scrollWidth > innerWidth")


def test_a_unit_is_an_address_and_its_file_is_taken_away(served: Any, desk: Page) -> None:
    unit = served.organisation.case_units_on(served.clock().date())[0]
    desk.select_option("#cameras-unit-select", unit.code)
    expect(desk).to_have_url(re.compile(f"unit={unit.code}$"))
    expect(desk.locator(f"{LIST} tbody tr")).to_have_count(4)
    export = desk.get_by_role("link", name="Xuất Excel").get_attribute("href")
    assert export == f"/cameras/export.xlsx?unit={unit.code}"
    assert desk.request.get(f"{served.url}{export}").body()[:2] == b"PK"
