"""/agenda as a leader uses it: what falls due, a day entered and taken back, the secret address shown once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from desk_support import a_leader_at
from playwright.sync_api import BrowserContext, expect

LIST, DONE = "#agenda-list-table", "#agenda-done-message"


def test_a_leader_enters_a_day_takes_it_back_and_subscribes(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = a_leader_at(served, new_context, "/agenda")
    expect(page.locator(LIST)).to_contain_text("Hết 3 tháng năm 2027")
    page.fill("#agenda-title-input", "Họp giao ban quý")
    page.fill("#agenda-day-input", (served.clock() + timedelta(days=2)).date().isoformat())
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.locator(DONE)).to_contain_text("Đã ghi «Họp giao ban quý»")
    row = page.locator(f"{LIST} tbody tr", has_text="Họp giao ban quý")
    expect(row).to_have_count(1)
    page.screenshot(path=tmp_path / "agenda_desk.png", full_page=True)
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    row.get_by_role("button", name="Bỏ").click()
    expect(row).to_have_count(0)
    page.get_by_role("link", name="Đăng ký lịch").click()
    page.get_by_role("button", name="Tạo địa chỉ mới").click()
    address = page.locator("code").inner_text()
    feed = page.request.get(address)
    assert feed.headers["content-type"].startswith("text/calendar") and b"BEGIN:VEVENT" in feed.body()
    page.goto(f"{served.url}/agenda/subscribe")
    expect(page.locator("code")).to_have_count(0)
