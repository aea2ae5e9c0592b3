"""The briefing at a desk: asked for, cancelled, made with its progress, read, and taken away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from briefing_support import a_job_worker
from desk_support import a_leader_at
from playwright.sync_api import BrowserContext, expect
from scenes_support import store_figures

JOBS, ONE, MADE = "#briefing-jobs-list", "#briefing-one-list", "#briefing-made-list"


def test_a_leader_makes_a_briefing_and_takes_it_away(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    store_figures(served.database, served.organisation, served.clock())
    worker = a_job_worker(served.database, served.organisation, served.clock)
    page = a_leader_at(served, new_context, "/briefing")
    expect(page.locator(ONE)).to_contain_text("Chưa có bản tin nào")
    expect(page.locator("#briefing-unit-select")).to_have_value("all")
    expect(page.locator("#briefing-listed-select")).to_have_value("every")
    make = page.get_by_role("button", name="Lập bản tin")
    make.click()
    expect(page.locator(JOBS)).to_contain_text("Đang chờ")
    make.click()
    expect(page.locator("#briefing-said-list")).to_contain_text("Đợi xong hoặc hủy trước")
    page.locator(JOBS).get_by_role("button", name="Hủy").click()
    expect(page.locator(JOBS)).to_contain_text("Đã hủy")

    page.select_option("#briefing-kind-select", "weekly")
    make.click()
    expect(page.locator(f"{JOBS} progress")).to_have_count(1)
    worker(served.clock())
    expect(page.locator(JOBS)).to_contain_text("Đã xong")
    expect(page.locator(f"{JOBS} progress")).to_have_count(0)
    expect(page.locator(ONE)).to_contain_text("Bản tin tuần, Toàn tỉnh")
    charts = page.locator(f"{ONE} img.briefing-chart")
    expect(charts).to_have_count(2)
    page.wait_for_function("() => [...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert "Tỷ lệ thi hành xong về việc theo đơn vị" in (charts.first.get_attribute("alt") or "")
    expect(page.locator(f"{MADE} tbody tr")).to_have_count(1)
    for words, begins in (("Tải Word", b"PK"), ("Tải PDF", b"%PDF")):
        address = page.locator(ONE).get_by_role("link", name=words).first.get_attribute("href")
        assert page.request.get(f"{served.url}{address}").body().startswith(begins)
    for name, begins in (("chart.png", b"\x89PNG"), ("chart.svg", b"<svg")):
        address = page.locator(f"{ONE} a[href*='{name}']").first.get_attribute("href")
        assert page.request.get(f"{served.url}{address}").body().startswith(begins)

    page.fill("#briefing-morning-input", "6h45")
    page.get_by_role("button", name="Lưu lịch").click()
    expect(page.locator("#briefing-decided-list")).to_contain_text("Đã lưu lịch")
    expect(page.locator("#briefing-plan-words")).to_contain_text("06:45")

    page.select_option("#briefing-planned-select", "PHUVANG")
    expect(page.get_by_label("Lập bản tin tuần")).not_to_be_checked()
    page.get_by_label("Lập bản tin tuần").check()
    page.get_by_role("button", name="Lưu lịch").click()
    expect(page.locator("#briefing-plan-words")).to_contain_text(
        "Phú Vang, lập tự động: Bản tin tuần 07:00", timeout=10_000
    )
    expect(page.locator("#briefing-plan-words")).to_contain_text("06:45")
    page.screenshot(path=tmp_path / "briefing.png", full_page=True)
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
