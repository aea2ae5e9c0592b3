"""/public-services in a browser: from the province down to one unit's requests, every filter in the address."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desk_support import an_operator_at
from playwright.sync_api import BrowserContext, expect
from services_support import some_months_of_requests


def test_an_operator_goes_down_to_the_requests_and_takes_them_away(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    units = [unit.code for unit in served.organisation.case_units_on(served.clock().date())]
    some_months_of_requests(served.database, units, served.clock())
    desk = an_operator_at(served, new_context, "/public-services")
    rows = desk.locator("#public_services-units-list tbody tr")
    expect(rows).to_have_count(len(units) + 1)
    expect(desk.locator("#public_services-figures-list")).to_contain_text("lượt đánh giá")
    assert not desk.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    desk.screenshot(path=tmp_path / "public_services.png", full_page=True)
    rows.first.get_by_role("link").click()
    desk.wait_for_url(re.compile(f"unit={units[0]}"))
    expect(rows).to_have_count(1)
    desk.select_option("#public_services-state-select", "all")
    desk.wait_for_url(re.compile("state=all"))
    expect(desk.locator("#public_services-rows-list tbody tr")).to_have_count(5)
    desk.select_option("#public_services-origin-select", "outside")
    expect(desk.locator("#public_services-rows-list tbody tr")).to_have_count(1)
    export = desk.get_by_role("link", name="Xuất Excel").get_attribute("href")
    assert f"unit={units[0]}" in str(export)
    assert desk.request.get(f"{served.url}{export}").body()[:2] == b"PK"
