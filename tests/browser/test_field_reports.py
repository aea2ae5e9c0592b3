"""/field-reports as a person at a desk uses it: filters that stand in the address, one report, a unit named by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk_support import an_operator_at
from playwright.sync_api import BrowserContext, Page, expect
from reports_support import a_morning, a_record, store_reports
from wall_support import BOTH_PACKS

LIST = "#field_reports-rows-list"


@pytest.fixture
def desk(served: Any, new_context: Callable[..., BrowserContext]) -> Page:
    """The operator at 1440, over a morning of reports."""
    units = [unit.code for unit in served.organisation.case_units_on(served.clock().date())]
    nowhere = a_record("nowhere", agency="", requested_at=served.clock(), updated_at=served.clock())
    store_reports(served.database, served.organisation, [*a_morning(units, served.clock()), nowhere], served.clock())
    page = an_operator_at(served, new_context, "/field-reports")
    expect(page.locator(f"{LIST} tbody tr").first).to_be_visible()
    return page


def test_a_filter_is_an_address_and_an_address_a_filter(served: Any, desk: Page, tmp_path: Path) -> None:
    desk.screenshot(path=tmp_path / "field_reports_desk.png", full_page=True)
    assert not desk.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    desk.select_option("#field_reports-showing-select", "overdue")
    expect(desk).to_have_url(re.compile(r"\?showing=overdue$"))
    rows = desk.locator(f"{LIST} tbody tr")
    expect(rows).to_have_count(2)
    expect(desk.locator("#field_reports-figures-list")).to_contain_text("Quá hạn2")
    address = desk.url
    desk.goto(f"{served.url}/field-reports?showing=all&days=7")
    expect(desk.locator("#field_reports-showing-select")).to_have_value("all")
    desk.goto(address)
    expect(rows).to_have_count(2)
    export = desk.get_by_role("link", name="Xuất Excel").get_attribute("href")
    assert export == "/field-reports/export.xlsx?showing=overdue"
    assert desk.request.get(f"{served.url}{export}").body()[:2] == b"PK"


@BOTH_PACKS
def test_one_report_is_read_and_given_to_a_unit(served: Any, desk: Page) -> None:
    desk.select_option("#field_reports-unit-select", "none")
    expect(desk.locator(f"{LIST} tbody tr")).to_have_count(1)
    desk.locator(f"{LIST} tbody tr a").click()
    card = desk.locator("#field_reports-one-list")
    expect(card).to_contain_text("Lời của người dân")
    expect(card).to_contain_text("ngoài địa bàn")
    unit = served.organisation.case_units_on(served.clock().date())[1]
    desk.select_option("#field_report-unit-select", unit.code)
    desk.get_by_role("button", name="Chỉ định đơn vị").click()
    expect(card).to_contain_text(f"{unit.short_name} do người trực chỉ định")
