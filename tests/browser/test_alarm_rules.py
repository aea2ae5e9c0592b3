"""An administrator decides about a rule and a limit, looks before saving, and announces work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from alarm_support import CAMERA, store_alarms
from desk_support import an_administrator_at
from playwright.sync_api import BrowserContext, expect

from domain.local_time import local


def test_a_rule_is_looked_at_before_it_is_changed_and_work_is_announced(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    now = served.clock()
    store_alarms(served.database, now - timedelta(days=2), CAMERA)
    page = an_administrator_at(served, new_context, "/alarm-rules")
    row = page.locator("#alarm_rules-table tbody tr", has_text="Chờ tiếp quá ngưỡng")
    expect(row).to_contain_text("Dữ liệu mẫu")
    row.get_by_role("button", name="Sửa").click()
    page.fill("#alarm_rules-on_delay-input", "120")
    page.fill("#alarm_rules-hysteresis-input", "5")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#alarm_rules-previewed-words")).to_contain_text("Hôm qua quy tắc này sẽ báo 0 lần")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("#alarm_rules-previewed-words")).to_contain_text("Ghi lý do")
    page.fill("#alarm_rules-reason-input", "thử một tuần")
    page.get_by_role("button", name="Lưu").click()
    expect(row).to_contain_text("2 phút")
    expect(row).to_contain_text("5 phút")
    expect(row).not_to_contain_text("Dữ liệu mẫu")
    expect(page.locator("#alarm_rules-history-panel")).to_contain_text("thử một tuần")
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")

    page.get_by_role("tab", name="Lịch bảo trì").click()
    page.select_option("#maintenance-what-select", "source:cameras")
    page.fill("#maintenance-ends-input", f"{local(now) + timedelta(hours=3):%H:%M %d/%m/%Y}")
    page.fill("#maintenance-reason-input", "thay nguồn điện")
    page.get_by_role("button", name="Đặt lịch").click()
    listed = page.locator("#maintenance-list-panel")
    expect(listed).to_contain_text("Đang bảo trì")
    page.screenshot(path=tmp_path / "alarm_rules_desk.png", full_page=True)
    listed.get_by_role("button", name="Kết thúc sớm").click()
    expect(listed).to_contain_text("Không có lịch bảo trì nào")
