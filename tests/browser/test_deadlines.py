"""Statutory clocks at a desk: from the figures to a unit, to a day, to the list; the address keeps it all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from case_lives_support import store_lives
from desk_support import a_head_at, a_leader_at
from playwright.sync_api import BrowserContext, expect
from security_support import heard

from domain.cases import DecisionKind, Handling
from factories import a_life

LIST, MONTH, UNITS = "#deadlines-cases-list", "#deadlines-month-list", "#deadlines-units-list"
DOCKETED = date(2025, 7, 7)


def test_a_leader_finds_the_clocks_of_a_unit_and_of_a_day(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    now = served.clock()
    first, second = [unit.code for unit in served.organisation.case_units_on(now.date())][:2]
    store_lives(
        served.database,
        [
            a_life(
                DOCKETED, 100, ((since, DecisionKind.NOT_ENFORCEABLE),), handling=(Handling(DOCKETED, unit, "CHV-01"),)
            )
            for unit, since in ((first, date(2026, 5, 25)), (first, date(2026, 2, 2)), (second, date(2026, 5, 26)))
        ],
    )
    heard(served.database, "cases", now=now)
    page = a_leader_at(served, new_context, "/deadlines")
    rows = page.locator(f"{LIST} tbody tr")
    expect(rows).to_have_count(6)
    expect(page.locator("#deadlines-figures-list")).to_contain_text("Chưa có danh sách ngày nghỉ năm 2028")
    page.locator(f"{MONTH} .deadline-day[title^='25/11/2026']").click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("còn 2 ngày")
    page.reload()
    expect(rows).to_have_count(1)
    page.go_back()
    expect(rows).to_have_count(6)
    page.locator(f"{UNITS} td.is-bad a").first.click()
    expect(rows).to_have_count(1)
    expect(rows.locator(".is-bad")).to_contain_text("quá")
    page.select_option("#deadlines-window-select", "all")
    page.select_option("#deadlines-clock-select", "reverification")
    expect(rows).to_have_count(2)
    page.get_by_role("link", name="Hạn cuối").click()
    expect(rows.first).to_contain_text("25/11/2026")
    page.screenshot(path=tmp_path / "deadlines_desk.png", full_page=True)
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    export = page.get_by_role("link", name="Xuất Excel").get_attribute("href")
    assert page.request.get(f"{served.url}{export}").body()[:2] == b"PK"

    head = a_head_at(served, new_context, "/deadlines", second)
    expect(head.locator(f"{LIST} tbody tr")).to_have_count(2)
    expect(head.locator(f"{UNITS} tbody tr")).to_have_count(1)
