"""/observations as a clerk uses it: what is owed, one indicator by unit and period, a figure typed and refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from desk_support import a_head_at
from observations_support import an_observation
from playwright.sync_api import BrowserContext, expect

from data_access.observations import save_observations

LIST, UNITS, DONE = "#observations-list-table", "#observations-units-table", "#observations-entry_done-message"


def test_a_head_sees_what_is_owed_and_types_the_missing_figure(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    now = served.clock()
    unit = served.organisation.case_units_on(now.date())[1].code
    with served.database.writing() as session:
        told = an_observation(unit, "2026-09", now - timedelta(days=40), 33, 40)
        save_observations(session, [told], "sheet", "x.csv", now)
    page = a_head_at(served, new_context, "/observations?system=digital_signature", unit)
    row = page.locator(f"{LIST} tbody tr", has_text="Văn bản đi được ký số")
    expect(row).to_contain_text("82,5%")
    expect(row).to_contain_text("tháng 10/2026: thiếu 1 đơn vị")
    expect(page.locator(f"{LIST} tbody tr")).to_have_count(3)
    row.get_by_role("link").click()
    expect(page.locator(UNITS)).to_contain_text("thiếu")
    page.select_option("#observations-entry_indicator-select", "signature_documents")
    page.select_option("#observations-entry_unit-select", unit)
    page.fill("#observations-entry_period-input", "2026-10")
    page.fill("#observations-entry_numerator-input", "41")
    page.fill("#observations-entry_denominator-input", "40")
    page.get_by_role("button", name="Lưu số liệu").click()
    expect(page.locator(DONE)).to_contain_text("Tử số lớn hơn mẫu số")
    page.fill("#observations-entry_numerator-input", "38")
    page.get_by_role("button", name="Lưu số liệu").click()
    expect(page.locator(DONE)).to_contain_text("tháng 10/2026: 95,0%")
    expect(page.locator(UNITS)).to_contain_text("95,0%")
    page.screenshot(path=tmp_path / "observations_desk.png", full_page=True)
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
