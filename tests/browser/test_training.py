"""/training in a browser: the year, the offices, a unit's register under its own address, two workbooks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desk_support import an_operator_at
from playwright.sync_api import BrowserContext, expect
from training_support import a_year_of_training


def test_an_operator_reads_the_year_and_the_offices_and_takes_them_away(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    units = [unit.code for unit in served.organisation.case_units_on(served.clock().date())]
    a_year_of_training(served.database, units, served.clock())
    desk = an_operator_at(served, new_context, "/training")
    expect(desk.locator("#training-units-list tbody tr")).to_have_count(len(units))
    expect(desk.locator("#training-sessions-list tbody tr")).to_have_count(3)
    expect(desk.locator("#equipment-units-list tbody tr")).to_have_count(len(units))
    expect(desk.locator("#equipment-figures-list")).to_contain_text("trụ sở biết được")
    assert not desk.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    desk.screenshot(path=tmp_path / "training.png", full_page=True)
    desk.select_option("#training-unit-select", units[1])
    desk.wait_for_url(re.compile(f"unit={units[1]}"))
    expect(desk.locator("#equipment-lines-list")).to_contain_text("2005")
    for words in ("Xuất Excel đào tạo", "Xuất Excel thiết bị"):
        export = desk.get_by_role("link", name=words).get_attribute("href")
        assert desk.request.get(f"{served.url}{export}").body()[:2] == b"PK"
