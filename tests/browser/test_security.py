"""Security as a wall shows it and as a department head records it: list, incident, outcome, an Excel file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from camera_support import a_pass
from desk_support import a_head_at
from playwright.sync_api import BrowserContext, Page, expect
from security_support import a_record, heard, store
from wall_support import BOTH_PACKS, open_scene, open_wall

from domain.local_time import local
from domain.security import EventOrigin, EventOutcome, SecurityKind

LIST, RECORDED, ONE = "#security-rows-list", "#security_incident-recorded-list", "#security-one-list"
LOG = EventOrigin.GUARD_LOG


def a_day(served: Any) -> list[str]:
    """Events of the three origins in some units, after a pass in which one camera did not answer."""
    now = served.clock()
    units = [unit.code for unit in served.organisation.case_units_on(now.date())]
    a_pass(served.database, dict.fromkeys(units[:4], 6), now, lost=[f"{units[1]}-02"])
    heard(served.database, "security", "guard_log", now=now)
    minute = timedelta(minutes=1)
    store(
        served.database,
        a_record(units[0], SecurityKind.TAMPER, now - 12 * minute, f"{units[0]}-01"),
        a_record(units[0], SecurityKind.TAMPER, now - 6 * minute, f"{units[0]}-01"),
        a_record(units[2], SecurityKind.GATHERING, now - 73 * minute, "", LOG, EventOutcome.ACCEPTED),
        a_record(units[3], SecurityKind.STORAGE, now - 105 * minute, f"{units[3]}-01"),
        a_record(units[2], SecurityKind.INCIDENT, now - 193 * minute, "", LOG, EventOutcome.HANDLED),
        a_record(units[3], SecurityKind.MOTION, now - 443 * minute, f"{units[3]}-04", outcome=EventOutcome.HANDLED),
        now=now,
    )
    return units


@pytest.fixture
def desk(served: Any, new_context: Callable[..., BrowserContext]) -> Page:
    """The head of the first unit at 1440."""
    units = a_day(served)
    page = a_head_at(served, new_context, "/security", units[0])
    expect(page.locator(f"{LIST} tbody tr")).to_have_count(1)
    return page


@BOTH_PACKS
def test_a_wall_lists_the_day_and_nothing_is_cut_off(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    a_day(served)
    served.publish()
    page = new_context(1920).new_page()
    open_wall(page, served.wall_url())
    panel = page.locator("#security-events-panel")
    open_scene(page, "cameras")
    rows = panel.locator(".security-row")
    expect(rows).to_have_count(6)
    expect(rows.first).to_contain_text("Camera")
    expect(panel).to_contain_text("Camera bị che, bị xoay (2 lần)")
    expect(panel).to_contain_text("đã tiếp nhận")
    page.wait_for_function("() => getComputedStyle(document.querySelector('.scene--cameras')).opacity === '1'")
    page.screenshot(path=tmp_path / "security_wall.png")
    cut = (
        "nodes => nodes.filter(n => n.scrollHeight > n.clientHeight + 1 || n.scrollWidth > n.clientWidth + 1)"
        ".map(n => n.innerText)"
    )
    parts = panel.locator(".panel, .security-rows, .security-row :is(span, em)")
    assert parts.evaluate_all(cut) == []
    strip = page.locator(".wall--dense .freshness-strip")
    assert strip.evaluate("strip => strip.scrollWidth <= strip.clientWidth")
    inside = "row => row.getBoundingClientRect().bottom <= row.closest('.panel').getBoundingClientRect().bottom"
    assert rows.last.evaluate(inside)


def test_a_head_records_an_incident_and_later_how_it_ended(served: Any, desk: Page, tmp_path: Path) -> None:
    other = served.organisation.case_units_on(served.clock().date())[1]
    expect(desk.locator(f"#security_incident-unit-select option[value={other.code}]")).to_have_count(0)
    desk.locator("#security_incident-unit-select").select_option(index=1)
    desk.select_option("#security_incident-kind-select", "disorder")
    desk.get_by_role("button", name="Ghi sự kiện").click()
    expect(desk.locator(RECORDED)).to_contain_text("Ghi thời điểm")
    at = local(served.clock() - timedelta(minutes=20))
    desk.fill("#security_incident-when-input", f"{at:%H:%M %d/%m/%Y}")
    desk.get_by_role("button", name="Ghi sự kiện").click()
    expect(desk.locator(RECORDED)).to_contain_text("Đã ghi sự kiện")
    row = desk.locator(f"{LIST} tbody tr", has_text="Gây rối trật tự")
    expect(row).to_contain_text("chưa xử lý")
    row.locator("a").click()
    expect(desk.locator(ONE)).to_contain_text("người trực nhập")
    desk.select_option("#security-outcome-select", "referred")
    desk.get_by_role("button", name="Ghi kết quả").click()
    expect(desk.locator(ONE)).to_contain_text("đã chuyển công an")
    expect(row).to_contain_text("đã chuyển công an")
    desk.screenshot(path=tmp_path / "security_desk.png", full_page=True)
    assert not desk.evaluate("() => document.documentElement.scrollWidth > innerWidth")


def test_a_kind_is_an_address_and_its_file_is_taken_away(served: Any, desk: Page) -> None:
    desk.select_option("#security-kind-select", "motion")
    expect(desk).to_have_url(re.compile("kind=motion$"))
    expect(desk.locator(LIST)).to_contain_text("Không có sự kiện nào")
    export = desk.get_by_role("link", name="Xuất Excel").get_attribute("href")
    assert export == "/security/export.xlsx?kind=motion"
    assert desk.request.get(f"{served.url}{export}").body()[:2] == b"PK"
